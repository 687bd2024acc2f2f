using System.Collections.Concurrent;
using System.Text.Json;

namespace WaCr.Web.Data;

/// <summary>Property names in the words of the API: <c>FirstName</c> is <c>firstname</c> there, <c>StatusId</c> is <c>status_id</c>.</summary>
internal static class AuditFields
{
    public const string Groups = "groups";

    private static readonly ConcurrentDictionary<string, string> Names = new(
        [new("FirstName", "firstname"), new("LastName", "lastname")], StringComparer.Ordinal);

    public static string Name(string property) => Names.GetOrAdd(property, JsonNamingPolicy.SnakeCaseLower.ConvertName);
}
