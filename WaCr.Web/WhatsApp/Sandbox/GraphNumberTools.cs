using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>What a number offers to whoever opens its chat: a username, openers and commands, the catalogue's switches. Kept while the
/// sandbox runs.</summary>
internal sealed partial class GraphNumberTools(GraphAccess access)
{
    private const int MaxPrompts = 4;
    private const int MaxPrompt = 80;
    private const int MaxCommands = 30;
    private const int MaxCommand = 32;
    private const int MaxDescription = 256;

    private static readonly string[] Switches = ["is_cart_enabled", "is_catalog_visible"];

    private readonly Dictionary<string, string> _usernames = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonObject> _commerce = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonObject> _automation = new(StringComparer.Ordinal);

    public GraphAnswer Username(string? token, string id) => access.OnNumber(token, id, _ => GraphAnswer.Ok(
        _usernames.TryGetValue(id, out var name) ? new JsonObject { ["username"] = name, ["status"] = "approved" } : []));

    public GraphAnswer SetUsername(string? token, string id, JsonElement body) => access.OnNumber(token, id, _ =>
    {
        if (body.Text("username") is not { } name || !UsernameForm.IsMatch(name))
        {
            return access.Refuse(Refusal.BadParameter(
                "Param username must have 3 to 30 of the characters a-z, 0-9, '.' and '_', one letter among them."));
        }

        if (_usernames.Any(taken => taken.Value == name && taken.Key != id))
        {
            return access.Refuse(Refusal.BadParameter("Param username is taken."));
        }

        _usernames[id] = name;
        return GraphAnswer.Ok(new JsonObject { ["status"] = "approved" });
    });

    public GraphAnswer DeleteUsername(string? token, string id) => access.OnNumber(token, id, _ =>
    {
        _usernames.Remove(id);
        return GraphAnswer.Success();
    });

    public GraphAnswer SuggestUsernames(string? token, string id) => access.OnNumber(token, id, number =>
    {
        var letters = string.Concat(number.VerifiedName.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        var word = letters.Length >= 3 ? letters : "shop";
        var suggestions = new JsonArray(word, word + ".official", word + "_chat");
        return GraphAnswer.Ok(new JsonObject { ["data"] = new JsonArray(new JsonObject { ["username_suggestions"] = suggestions }) });
    });

    public GraphAnswer Commerce(string? token, string id) => access.OnNumber(token, id, _ => GraphAnswer.Ok(new JsonObject
    {
        ["data"] = new JsonArray(CommerceOf(id).DeepClone()),
    }));

    public GraphAnswer SetCommerce(string? token, string id, JsonElement body) => access.OnNumber(token, id, _ =>
    {
        foreach (var name in Switches)
        {
            CommerceOf(id)[name] = body.Flag(name) ?? body.Text(name)?.ToUpperInvariant() switch
            {
                "TRUE" => true,
                "FALSE" => false,
                _ => (bool)CommerceOf(id)[name]!,
            };
        }

        return GraphAnswer.Success();
    });

    /// <summary>Openers and commands; what the body does not name stays.</summary>
    public GraphAnswer SetAutomation(string? token, string id, JsonElement body) => access.OnNumber(token, id, _ =>
    {
        var (prompts, commands) = (body.FindArray("prompts") ?? [], body.FindArray("commands") ?? []);
        if (prompts.Count > MaxPrompts
            || prompts.Any(prompt => prompt.ValueKind != JsonValueKind.String || IsBad(prompt.GetString(), MaxPrompt)))
        {
            return access.Refuse(Refusal.BadParameter($"Param prompts must be at most {MaxPrompts} texts of 1 to {MaxPrompt} characters."));
        }

        if (commands.Count > MaxCommands || commands.Any(command =>
            IsBad(command.Text("command_name"), MaxCommand) || IsBad(command.Text("command_description"), MaxDescription)))
        {
            return access.Refuse(Refusal.BadParameter(
                $"Param commands must be at most {MaxCommands}, with command_name up to {MaxCommand} and "
                + $"command_description up to {MaxDescription} characters."));
        }

        var kept = AutomationOf(id);
        foreach (var member in body.EnumerateObject().Where(member => member.Name is "prompts" or "commands" or "enable_welcome_message"))
        {
            kept[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return GraphAnswer.Success();
    });

    /// <summary>The field <c>conversational_automation</c> of a number.</summary>
    public JsonObject AutomationOf(string id) => _automation.GetOrAdd(id, _ => new JsonObject { ["id"] = id });

    private static bool IsBad(string? text, int longest) => text is null || Json.Length(text) is 0 || Json.Length(text) > longest;

    private JsonObject CommerceOf(string id) => _commerce.GetOrAdd(id, _ => new JsonObject
    {
        ["id"] = "4" + id,
        ["is_cart_enabled"] = true,
        ["is_catalog_visible"] = false,
    });

    [GeneratedRegex(@"^(?=.*[a-z])[a-z0-9._]{3,30}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UsernameForm { get; }
}
