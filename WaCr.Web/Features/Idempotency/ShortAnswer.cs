using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.Features.Idempotency;

/// <summary>Shortens an error answer that is too long to store: keeps code and message, drops the details.</summary>
internal static class ShortAnswer
{
    private static readonly string[] Kept = ["code", "message"];

    public static byte[] Of(byte[] answer)
    {
        var json = JsonNode.Parse(answer)!.AsObject();
        if (json["error"] is JsonObject error)
        {
            var kept = new JsonObject(Kept.Where(error.ContainsKey).Select(name => KeyValuePair.Create(name, error[name]?.DeepClone())));
            kept["details"] = new JsonObject
            {
                ["idempotency"] = new JsonArray("The details of this answer were too long to be kept for a repetition"),
            };
            json["error"] = kept;
        }

        json.Remove("errors");
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }
}
