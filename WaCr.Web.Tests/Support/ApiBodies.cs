using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Support;

internal static class ApiBodies
{
    private static long _nextPhone = 7_000_000_000;

    public static string NextPhone() => $"+91{Interlocked.Increment(ref _nextPhone)}";

    /// <summary>All that a contact must have, with a phone that no other has.</summary>
    public static JsonObject Contact(TestTenant tenant, params (string Field, JsonNode? Value)[] more)
    {
        var body = new JsonObject
        {
            ["firstname"] = "Asha",
            ["lastname"] = "Patel",
            ["type"] = "lead",
            ["phone"] = NextPhone(),
            ["status_id"] = tenant.StatusId,
            ["source_id"] = tenant.SourceId,
        };
        foreach (var (field, value) in more)
        {
            body[field] = value;
        }

        return body;
    }
}
