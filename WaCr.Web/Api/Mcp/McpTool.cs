using System.Text.Json;
using ModelContextProtocol.Protocol;
using WaCr.Web.Api.OpenApi;

namespace WaCr.Web.Api.Mcp;

/// <summary>An operation of the API as a tool.</summary>
internal sealed record McpTool(CatalogEntry Entry, Tool Tool)
{
    /// <summary>What is wrong with the names of a call's arguments, as a model can act on it; null if nothing is.</summary>
    public string? ProblemOf(IDictionary<string, JsonElement> arguments)
    {
        var known = Tool.InputSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name).ToList();
        var missing = Tool.InputSchema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!)
            .Where(name =>
                !arguments.TryGetValue(name, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined).ToList();
        var unknown = arguments.Keys.Except(known, StringComparer.Ordinal).ToList();
        return missing.Count > 0 ? $"{Tool.Name} needs {string.Join(", ", missing)}"
            : unknown.Count > 0 ? $"{Tool.Name} takes no {string.Join(", ", unknown)}; it takes {string.Join(", ", known)}"
            : null;
    }

    /// <summary>Reading and changing take the operation's scope; sending also takes a scope of its own.</summary>
    public bool IsOpenTo(CurrentActor actor) =>
        actor.May(Entry.Operation.Scope) && (!Entry.Operation.Sends || actor.May(Permissions.McpSend));
}
