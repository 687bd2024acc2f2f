using System.Collections.Concurrent;
using System.Text.Json;

namespace WaCr.Web.Data;

/// <summary>
/// Property names as the API has them: <c>FirstName</c> becomes <c>firstname</c>, <c>StatusId</c> becomes <c>status_id</c>.
/// </summary>
internal static class AuditFields
{
    public const string Groups = "groups";

    /// <summary>Whether a contact wants marketing.</summary>
    public const string ConsentMarketing = "consent_marketing";

    /// <summary>Whether a contact wants messages at all.</summary>
    public const string ConsentService = "consent_service";

    private static readonly ConcurrentDictionary<string, string> Names = new(
        [new("FirstName", "firstname"), new("LastName", "lastname")], StringComparer.Ordinal);

    public static string Name(string property) => Names.GetOrAdd(property, JsonNamingPolicy.SnakeCaseLower.ConvertName);
}
