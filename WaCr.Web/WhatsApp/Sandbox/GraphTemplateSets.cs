using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Calls about several templates: a one-time code in many languages, and how templates compare.</summary>
internal sealed class GraphTemplateSets(SandboxWorld world, GraphAccess access, GraphTemplateChanges changes)
{
    private const int MaxLanguages = 80;

    /// <summary>Makes a template for one-time codes in each language, or replaces what is there. A refusal of one changes none.</summary>
    public GraphAnswer Upsert(string? token, string account, JsonElement body) => access.OnTemplates(token, account, () =>
    {
        if (body.Text("category") != "AUTHENTICATION")
        {
            return access.Refuse(Refusal.BadParameter("Param category must be AUTHENTICATION."));
        }

        if (body.FindArray("languages") is not { Count: > 0 and <= MaxLanguages } languages)
        {
            return access.Refuse(Refusal.BadParameter($"The parameter languages is required: an array of at most {MaxLanguages} codes."));
        }

        var asked = languages.Select(language => InLanguage(body, language.ToString())).ToList();
        if (asked.Select(TemplateRules.Check).FirstOrDefault(refusal => refusal is not null) is { } refusal)
        {
            return access.Refuse(refusal);
        }

        var done = new JsonArray();
        foreach (var one in asked)
        {
            var (name, language) = (one.Text("name")!, one.Text("language")!);
            if (world.Templates.Find(account, name, language) is { } known)
            {
                changes.Replace(known, one);
            }
            else if (changes.Add(account, one) is { Status: not 200 } refused)
            {
                return refused; // the account is full
            }

            var template = world.Templates.Find(account, name, language)!;
            done.Add(new JsonObject
            {
                ["id"] = template.Id,
                ["status"] = template.Status,
                ["language"] = language,
                ["category"] = template.Category,
            });
        }

        return GraphAnswer.Ok(new JsonObject { ["data"] = done });
    });

    /// <summary>How often each was sent, and by how many it was blocked: here nobody blocks because of a template.</summary>
    /// <param name="others">Ids with commas in between.</param>
    public GraphAnswer Compare(string? token, string id, string? others, string? start, string? end) => access.Serve(
        new(token, "templates"), numbers =>
    {
        var ids = (others ?? "").Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(other => other.Trim('"')).Prepend(id).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Find(one => world.Templates.Find(one) is not { } found
            || numbers.All(number => number.BusinessAccountId != found.BusinessAccountId)) is { } unknown)
        {
            return access.Refuse(Refusal.Unknown(unknown));
        }

        if (ids.Count < 2 || TimeOf(start) is not { } from || TimeOf(end) is not { } until || from >= until)
        {
            return access.Refuse(Refusal.BadParameter("The parameters template_ids, start and end, times in seconds, are required."));
        }

        var sends = ids.Select(one => (Id: one, Count: CountSends(world.Templates.Find(one)!, from, until))).ToList();
        return GraphAnswer.Ok(new JsonObject
        {
            ["data"] = new JsonArray(
                new JsonObject
                {
                    ["metric"] = "BLOCK_RATE",
                    ["type"] = "RELATIVE",
                    ["order_by_relative_metric"] = new JsonArray([.. ids.Select(one => JsonValue.Create(one))]),
                },
                new JsonObject
                {
                    ["metric"] = "MESSAGE_SENDS",
                    ["type"] = "NUMBER_VALUES",
                    ["number_values"] = new JsonArray(
                        [.. sends.Select(sent => new JsonObject { ["key"] = sent.Id, ["value"] = sent.Count })]),
                },
                new JsonObject
                {
                    ["metric"] = "TOP_BLOCK_REASON",
                    ["type"] = "STRING_VALUES",
                    ["string_values"] = new JsonArray(
                        [.. ids.Select(one => new JsonObject { ["key"] = one, ["value"] = "UNKNOWN_BLOCK_REASON" })]),
                }),
        });
    });

    private int CountSends(SandboxTemplate template, DateTimeOffset from, DateTimeOffset until) =>
        world.Chats.All.Count(message =>
        message is { FromCustomer: false, Type: "template" } && message.At >= from && message.At <= until
        && message.Content is JsonObject content && content["name"].Text() == template.Name
        && content["language"] is JsonObject language && language["code"].Text() == template.Language
        && world.FindNumber(message.PhoneNumberId)?.BusinessAccountId == template.BusinessAccountId);

    private static DateTimeOffset? TimeOf(string? seconds) =>
        long.TryParse(seconds, CultureInfo.InvariantCulture, out var count) && count is >= 0 and < 100_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(count)
            : null;

    private static JsonElement InLanguage(JsonElement body, string language)
    {
        var one = JsonNode.Parse(body.GetRawText())!.AsObject();
        one.Remove("languages");
        one["language"] = language;
        return JsonSerializer.SerializeToElement(one);
    }
}
