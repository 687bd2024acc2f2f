using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>The business's usernames, one a number. Kept while the sandbox runs.</summary>
internal sealed partial class GraphUsernames(GraphAccess access)
{
    private readonly Dictionary<string, string> _usernames = new(StringComparer.Ordinal);

    public GraphAnswer Find(string? token, string id) => access.OnNumber(token, id, _ => GraphAnswer.Ok(
        _usernames.TryGetValue(id, out var name) ? new JsonObject { ["username"] = name, ["status"] = "approved" } : []));

    public GraphAnswer Set(string? token, string id, JsonElement body) => access.OnNumber(token, id, _ =>
    {
        if (body.Text("username") is not { } name || !UsernameForm.IsMatch(name))
        {
            return access.Refuse(Refusal.BadParameter(
                "Param username must have 3 to 35 of the characters a-z, 0-9, '.' and '_', one letter among them."));
        }

        if (_usernames.Any(taken => taken.Value == name && taken.Key != id))
        {
            return access.Refuse(Refusal.BadParameter("Param username is taken."));
        }

        _usernames[id] = name;
        return GraphAnswer.Ok(new JsonObject { ["status"] = "approved" });
    });

    public GraphAnswer Delete(string? token, string id) => access.OnNumber(token, id, _ =>
    {
        _usernames.Remove(id);
        return GraphAnswer.Success();
    });

    public GraphAnswer Suggest(string? token, string id) => access.OnNumber(token, id, number =>
    {
        var letters = string.Concat(number.VerifiedName.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        var word = letters.Length >= 3 ? letters : "shop";
        var suggestions = new JsonArray(word, word + ".official", word + "_chat");
        return GraphAnswer.Ok(new JsonObject { ["data"] = new JsonArray(new JsonObject { ["username_suggestions"] = suggestions }) });
    });

    [GeneratedRegex(@"^(?=.*[a-z])[a-z0-9._]{3,35}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UsernameForm { get; }
}
