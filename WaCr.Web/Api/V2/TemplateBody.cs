using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Templates.Authoring;

namespace WaCr.Web.Api.V2;

/// <summary>A template as it is written: for a new one and for a change.</summary>
internal static class TemplateBody
{
    private const string AlsoName = "name";

    private const string ComponentsText =
        "The parts as WhatsApp has them: HEADER, BODY, FOOTER, BUTTONS, CAROUSEL, LIMITED_TIME_OFFER. Each variable needs an example. The sample of a header with a "
        + "file (`example.header_handle`) is a handle of WhatsApp, or the public https address of a file, which is uploaded there.";

    public static JsonObject Schema(bool isNew)
    {
        var schema = Schemas.Object(
            (TemplateAuthoringFields.Category, Schemas.Word("An approved template keeps its category.", [.. TemplateRules.Categories])),
            (TemplateAuthoringFields.Components, Schemas.ArrayOf(
                new JsonObject { ["type"] = "object", ["description"] = "One part, with its `type`." }, ComponentsText)),
            (TemplateAuthoringFields.Ttl, Schemas.Integer(
                "How long WhatsApp tries to deliver: 30 to 900 for AUTHENTICATION, 30 to 43200 for UTILITY, 43200 to 2592000 for MARKETING; -1 for 30 days.",
                43_200).OrNull()));
        if (!isNew)
        {
            return schema;
        }

        var properties = schema["properties"]!.AsObject();
        properties[TemplateAuthoringFields.Name] = Schemas.Text(
            "a to z, 0 to 9 and underscores; `name` is taken too.", "order_confirmation", Template.NameMaxLength);
        properties[TemplateAuthoringFields.Language] = Schemas.Text(
            "WhatsApp's code. Each name has one template a language.", "en_US", Template.LanguageMaxLength);
        properties[TemplateAuthoringFields.ParameterFormat] = Schemas.Word(
            "Whether variables are numbers, {{1}}, or names, {{first_name}}.", "POSITIONAL", "NAMED");
        properties[TemplateAuthoringFields.Channel] = Schemas.Integer(
            "The number whose business account gets it; left out: the first.", null)
            .OrNull();
        return schema.Required(
            TemplateAuthoringFields.Name, TemplateAuthoringFields.Language, TemplateAuthoringFields.Category,
            TemplateAuthoringFields.Components);
    }

    /// <summary>Without variables: their `example` beside a `type` is taken for a schema by linters of OpenAPI documents.</summary>
    public static JsonObject Example(bool isNew)
    {
        var example = new JsonObject();
        if (isNew)
        {
            example[TemplateAuthoringFields.Name] = "order_on_its_way";
            example[TemplateAuthoringFields.Language] = "en_US";
            example[TemplateAuthoringFields.Category] = "UTILITY";
        }

        example[TemplateAuthoringFields.Components] = new JsonArray(
            new JsonObject
            {
                ["type"] = "BODY",
                ["text"] = "Your order is on its way. It arrives tomorrow between 9 and 12.",
            },
            new JsonObject { ["type"] = "FOOTER", ["text"] = "Thank you for your order" },
            new JsonObject
            {
                ["type"] = "BUTTONS",
                ["buttons"] = new JsonArray(new JsonObject
                {
                    ["type"] = "URL",
                    ["text"] = "Track",
                    ["url"] = "https://example.com/track",
                }),
            });
        return example;
    }

    public static TemplatePatch Read(JsonElement body)
    {
        var reader = new ObjectReader(body);
        return new TemplatePatch
        {
            Name = reader.Text(TemplateAuthoringFields.Name) is { IsGiven: true } name ? name : reader.Text(AlsoName),
            Language = reader.Text(TemplateAuthoringFields.Language),
            Category = reader.Text(TemplateAuthoringFields.Category),
            ParameterFormat = reader.Text(TemplateAuthoringFields.ParameterFormat),
            Components = reader.Raw(TemplateAuthoringFields.Components),
            MessageSendTtlSeconds = reader.Integer(TemplateAuthoringFields.Ttl),
            ChannelId = reader.Integer(TemplateAuthoringFields.Channel),
            Unreadable = reader.Unreadable,
        };
    }
}
