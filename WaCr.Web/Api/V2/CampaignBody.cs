using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using WaCr.Web.Api.OpenApi;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Api.V2;

/// <summary>A campaign in a request.</summary>
internal static class CampaignBody
{
    private static readonly string[] Audiences =
        [CreateCampaignFields.GroupIds, CreateCampaignFields.ContactIds, CreateCampaignFields.Filter];

    public static CreateCampaign Read(JsonElement body)
    {
        var reader = new ObjectReader(body);
        var errors = reader.Unreadable;
        var given = Audiences.Where(field => body.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null).ToList();
        if (given.Count != 1)
        {
            errors.Add(given.Count == 0 ? CreateCampaignFields.GroupIds : given[1], "Give one of group_ids, contact_ids and filter");
        }

        return new CreateCampaign
        {
            Name = reader.Text(CreateCampaignFields.Name).Or(null),
            TemplateName = reader.Text(CreateCampaignFields.TemplateName).Or(null),
            Language = reader.Text(CreateCampaignFields.Language).Or(null),
            FallbackLanguage = reader.Text(CreateCampaignFields.FallbackLanguage).Or(null),
            Values = Variables(body, errors),
            GroupIds = Ids(CreateCampaignFields.GroupIds, int.MaxValue),
            ContactIds = Ids(CreateCampaignFields.ContactIds, CreateCampaign.MaxContacts),
            Filter = given.Contains(CreateCampaignFields.Filter, StringComparer.Ordinal)
                ? Filter(body.GetProperty(CreateCampaignFields.Filter), errors)
                : null,
            SendAt = Time(reader),
            PerMinute = reader.Integer(CreateCampaignFields.PerMinute).Or(null) is { } pace
                ? (int)Math.Clamp(pace, int.MinValue, int.MaxValue)
                : null,
            Unreadable = errors,
        };

        IReadOnlyList<long>? Ids(string field, int max) => given.Contains(field, StringComparer.Ordinal)
            ? IdList.Read(body, field, max, "At least one id is required", "Must be an array of integers", errors)
            : null;
    }

    public static JsonObject Schema()
    {
        var pace = Schemas.Integer($"Messages a minute at most; {Campaign.DefaultPerMinute} where it is left out.", Campaign.DefaultPerMinute).OrNull();
        (pace["minimum"], pace["maximum"]) = (1, Campaign.MaxPerMinute);
        var contacts = Schemas.ArrayOf(Schemas.Integer("Id of a contact.", 12), "To these contacts.");
        contacts["maxItems"] = CreateCampaign.MaxContacts;
        return Schemas.Object(
            (CreateCampaignFields.Name, Schemas.Text("What staff call it; recipients never see it.", "Spring offer", Campaign.NameMaxLength)),
            (CreateCampaignFields.TemplateName, Schemas.Text("An approved template; not one for one-time codes.", "order_update", Template.NameMaxLength)),
            (CreateCampaignFields.Language, Schemas.Text(
                "A language of the template, or `contact` for each contact's own. Left out: the first that the template has.", "en_US", Template.LanguageMaxLength).OrNull()),
            (CreateCampaignFields.FallbackLanguage, Schemas.Text(
                "With `contact`: for those whose language the template lacks.", "en_US", Template.LanguageMaxLength).OrNull()),
            (CreateCampaignFields.Variables, Variables()),
            (CreateCampaignFields.GroupIds, Schemas.ArrayOf(Schemas.Integer("Id of a group.", 1), "To who is in one of these groups when it starts.")),
            (CreateCampaignFields.ContactIds, contacts),
            (CreateCampaignFields.Filter, Schemas.RefTo(OpenApiFilters.NameOf(ContactWire.List))),
            (CreateCampaignFields.SendAt, Schemas.Time("When it is sent, once it is started; left out: at once.").OrNull()),
            (CreateCampaignFields.PerMinute, pace))
            .Required(CreateCampaignFields.Name, CreateCampaignFields.TemplateName);
    }

    public static JsonObject Example() => new()
    {
        [CreateCampaignFields.Name] = "Spring offer",
        [CreateCampaignFields.TemplateName] = "hello_world",
        [CreateCampaignFields.Language] = "en_US",
        [CreateCampaignFields.GroupIds] = new JsonArray(1),
        [CreateCampaignFields.PerMinute] = 60,
    };

    private static JsonObject Variables()
    {
        var value = Schemas.Object(
            ("source", Schemas.Word("Where it comes from: `text`, or a field of the contact.", [.. CampaignSource.All])),
            ("text", Schemas.Text("With the source `text`; merge fields are filled in.", "Asha", 2000)),
            ("fallback", Schemas.Text("For contacts without a value; without it they get none.", "friend", 2000))).Required("source");
        value["title"] = "CampaignVariableSource";
        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = "The template's values by their names (`field_1`, `header_field_1`, `button_0`, `header_image_url` …): a text, or where it comes from.",
            ["additionalProperties"] = new JsonObject
            {
                ["title"] = "CampaignVariable",
                ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, value),
            },
        };
    }

    private static Dictionary<string, CampaignValue> Variables(JsonElement body, FieldErrors errors)
    {
        var values = new Dictionary<string, CampaignValue>(StringComparer.Ordinal);
        if (!body.TryGetProperty(CreateCampaignFields.Variables, out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return values;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            errors.Add(CreateCampaignFields.Variables, "Must be an object");
            return values;
        }

        foreach (var variable in given.EnumerateObject())
        {
            var name = $"{CreateCampaignFields.Variables}.{variable.Name}";
            var isText = variable.Value.ValueKind == JsonValueKind.String;
            var reader = isText ? new ObjectReader(given) : new ObjectReader(variable.Value);
            var value = isText
                ? new CampaignValue(CampaignSource.Text, reader.Text(variable.Name).Or(null) ?? "")
                : new CampaignValue(reader.Text("source").Or(null) ?? "", reader.Text("text").Or(null) ?? "", reader.Text("fallback").Or(null) ?? "");
            errors.AddAll(reader.Unreadable, isText ? CreateCampaignFields.Variables + "." : name + ".");
            if (!isText && variable.Value.ValueKind != JsonValueKind.Object)
            {
                errors.Add(name, "Must be a string or an object");
            }
            else if (!CampaignSource.All.Contains(value.Source, StringComparer.Ordinal))
            {
                errors.Add(name + ".source", $"Must be one of {string.Join(", ", CampaignSource.All)}");
            }

            values[variable.Name] = value;
        }

        return values;
    }

    // The same names, operators and rules as the filter of the contacts' list.
    private static IReadOnlyList<FilterTerm> Filter(JsonElement given, FieldErrors errors)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            errors.Add(CreateCampaignFields.Filter, "Must be an object");
            return [];
        }

        if (!given.HasStorableTexts())
        {
            errors.Add(CreateCampaignFields.Filter, TextRule.Unprintable);
            return [];
        }

        var query = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var field in given.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var op in field.Value.EnumerateObject())
                {
                    query[$"filter[{field.Name}][{op.Name}]"] = op.Value.ToString();
                }
            }
            else
            {
                query[$"filter[{field.Name}]"] = field.Value.ToString();
            }
        }

        FieldErrors? wrong = null;
        var terms = FilterReader.Read(new QueryCollection(query), ContactWire.List, ref wrong);
        foreach (var (name, reasons) in wrong ?? [])
        {
            foreach (var reason in reasons)
            {
                errors.Add(name.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal), reason);
            }
        }

        if (terms.Count == 0 && wrong is null)
        {
            errors.Add(CreateCampaignFields.Filter, "At least one filter is required");
        }

        return terms;
    }

    private static DateTimeOffset? Time(ObjectReader reader)
    {
        if (reader.Text(CreateCampaignFields.SendAt).Or(null) is not { } text)
        {
            return null;
        }

        if (text.Contains('T', StringComparison.Ordinal) && TimeValue.TryParse(text.Trim(), out var span))
        {
            return new DateTimeOffset(span.From, TimeSpan.Zero);
        }

        reader.Unreadable.Add(CreateCampaignFields.SendAt, "Must be an ISO 8601 date-time");
        return null;
    }
}
