using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Api.V2;

/// <summary>Templates on the wire: in full, and in the short form listed for one-time codes.</summary>
internal static class TemplateWire
{
    private const string Category = "MARKETING, UTILITY or AUTHENTICATION.";
    private const string Status = "APPROVED, PENDING, REJECTED, and what WhatsApp adds.";
    private const string HeaderFormat = "TEXT, IMAGE, VIDEO, DOCUMENT, NONE, and what WhatsApp adds.";

    public static readonly WireShape<TemplateDetails> Shape = new(
        "Template",
        WireField.Id<TemplateDetails>(template => template.Id),
        WireField.Text<TemplateDetails>("template_id", template => template.WhatsAppId, "WhatsApp's id.", "1627019861106475"),
        WireField.Text<TemplateDetails>("template_name", template => template.Name, "Its name.", "order_confirmation"),
        WireField.Text<TemplateDetails>("name", template => template.Name, "The same as `template_name`.", "order_confirmation"),
        WireField.Text<TemplateDetails>("language", template => template.Language, "A name has one template for each language.", "en_US"),
        WireField.Text<TemplateDetails>("category", template => template.Category, Category, "UTILITY"),
        WireField.Text<TemplateDetails>("status", template => template.Status, Status, "APPROVED"),
        WireField.Text<TemplateDetails>("header_data_format", template => template.HeaderFormat, HeaderFormat, "TEXT"),
        WireField.TextOrNull<TemplateDetails>(
            "header_data_text", template => template.Components.HeaderText, "Of a text header.", "Order {{1}}"),
        WireField.Integer<TemplateDetails>(
            "header_params_count", template => template.Form.HeaderParameterCount, "Values that the header's text takes.", 1),
        WireField.TextOrNull<TemplateDetails>(
            "header_file_url", template => template.Components.HeaderFileUrl, "The example file of a media header.", null),
        WireField.TextOrNull<TemplateDetails>(
            "header_variable_value", template => template.HeaderExamplesJson, "Example values, a JSON array.", "[\"123\"]"),
        WireField.TextOrNull<TemplateDetails>(
            "body_data", template => template.Components.BodyText, "The text, with its variables.", "Hi {{1}}"),
        WireField.Integer<TemplateDetails>(
            "body_params_count", template => template.Form.BodyParameterCount, "Values that the body takes.", 1),
        WireField.TextOrNull<TemplateDetails>(
            "body_variable_value", template => template.BodyExamplesJson, "Example values, a JSON array.", "[\"Jessica\"]"),
        WireField.TextOrNull<TemplateDetails>(
            "footer_data", template => template.Components.FooterText, "The line below the text.", "Shop"),
        WireField.Integer<TemplateDetails>(
            "footer_params_count", template => template.FooterParametersCount, "Values that the footer takes; WhatsApp allows none.", 0),
        WireField.TextOrNull<TemplateDetails>(
            "buttons_data", template => template.ButtonsJson, "The buttons as WhatsApp has them, a JSON array.", null),
        WireField.IntegerOrNull<TemplateDetails>(
            "message_send_ttl_seconds", template => template.MessageSendTtlSeconds, "How long WhatsApp tries to deliver.", 600),
        WireField.Boolean<TemplateDetails>(
            "add_security_recommendation", template =>
                template.Components.HasSecurityRecommendation, "Whether WhatsApp adds a warning not to share the code."),
        WireField.IntegerOrNull<TemplateDetails>(
            "code_expiration_minutes", template => template.Components.CodeExpirationMinutes, "What the footer says of the code.", 10),
        new WireField<TemplateDetails>(
            "otp_button_config",
            (json, template) => Write(json, template.CodeButton),
            Raw("The button of a one-time code, as WhatsApp has it.", "object").OrNull()),
        new WireField<TemplateDetails>("components", (json, template) => WriteComponents(json, template.Components.Raw), Schemas.ArrayOf(
            Raw("One component.", "object"), "All parts, as WhatsApp has them.")),
        WireField.Time<TemplateDetails>("created_at", template => template.CreatedAt, "When it was first synced."),
        WireField.Time<TemplateDetails>("updated_at", template => template.UpdatedAt, "When it was last found changed."));

    public static readonly ListSpec List = new(Shape)
    {
        Sorts = [TemplateFields.Name, TemplateFields.CreatedAt, TemplateFields.UpdatedAt],
        Filters = [Text(TemplateFields.Category), Text(TemplateFields.Status), Text(TemplateFields.Language), Text(TemplateFields.Name)],
    };

    public static readonly WireShape<TemplateDetails> ForCodes = new(
        "CodeTemplate",
        WireField.Id<TemplateDetails>(template => template.Id),
        WireField.Text<TemplateDetails>("template_name", template => template.Name, "Its name.", "otp_code"),
        WireField.Text<TemplateDetails>("language", template => template.Language, "A name has one template for each language.", "en_US"),
        WireField.TextOrNull<TemplateDetails>(
            "body_text", template => template.Components.BodyText, "The text, with its variables.", "{{1}} is your code"),
        WireField.Integer<TemplateDetails>(
            "body_params_count", template => template.Form.BodyParameterCount, "Values that the body takes, the code among them.", 1),
        WireField.Text<TemplateDetails>("header_format", template => template.HeaderFormat, HeaderFormat, "NONE"),
        WireField.TextOrNull<TemplateDetails>("header_text", template => template.Components.HeaderText, "Of a text header.", null),
        WireField.TextOrNull<TemplateDetails>(
            "footer_text", template => template.Components.FooterText, "The line below the text.", "Expires in 10 minutes."),
        WireField.Text<TemplateDetails>("status", template => template.Status, "Always APPROVED.", "APPROVED"),
        WireField.Time<TemplateDetails>("created_at", template => template.CreatedAt, "When it was first synced."));

    public static readonly ListSpec ListForCodes = new(ForCodes)
    {
        Sorts = [TemplateFields.Name, TemplateFields.CreatedAt, TemplateFields.Language],
        Filters = [Text(TemplateFields.Language), Text(TemplateFields.Name)],
    };

    private static FilterField Text(string name) => new(name, FilterKind.Text);

    private static JsonObject Raw(string description, string type) => new() { ["type"] = type, ["description"] = description };

    private static void Write(Utf8JsonWriter json, JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.Object } found)
        {
            json.WriteRawValue(found.GetRawText(), skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WriteComponents(Utf8JsonWriter json, JsonElement components)
    {
        json.WriteStartArray();
        if (components.ValueKind == JsonValueKind.Array)
        {
            foreach (var component in components.EnumerateArray().Where(component => component.ValueKind == JsonValueKind.Object))
            {
                json.WriteRawValue(component.GetRawText(), skipInputValidation: true);
            }
        }

        json.WriteEndArray();
    }
}
