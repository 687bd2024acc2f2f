using System.Text.Json;

namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>Reads a stored <see cref="WebhookPart"/>. What lacks the members that make it what it says is an <see cref="UnknownEvent"/>.</summary>
public static class WebhookReader
{
    /// <summary>Null where it is no JSON at all.</summary>
    public static WhatsAppEvent? TryRead(string body)
    {
        try
        {
            return Read(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static WhatsAppEvent Read(string body)
    {
        using var document = JsonDocument.Parse(body);
        var change = document.RootElement.Items("changes").FirstOrDefault();
        var field = change.Text("field") ?? "";
        var value = change.Member("value") ?? default;
        return Read(field, value) ?? new UnknownEvent(field);
    }

    private static WhatsAppEvent? Read(string field, JsonElement value)
    {
        if (value.Items("statuses").FirstOrDefault() is { ValueKind: JsonValueKind.Object } status)
        {
            return Status(status);
        }

        if (value.Items("messages").FirstOrDefault() is { ValueKind: JsonValueKind.Object } message)
        {
            return MessageReader.Read(message) is { } received && Sender(value, message) is { IsKnown: true } from ? new MessageReceived(from, received) : null;
        }

        if (value.Items("message_echoes").FirstOrDefault() is { ValueKind: JsonValueKind.Object } echo)
        {
            var to = Person.Of(echo.Text("to"), echo.Text("to_user_id") ?? echo.Text("recipient_user_id"), null);
            return MessageReader.Read(echo) is { } sent && to.IsKnown ? new MessageEchoed(to, sent) : null;
        }

        if (value.Items("user_preferences").FirstOrDefault() is { ValueKind: JsonValueKind.Object } preference)
        {
            return Preference(value, preference);
        }

        return field switch
        {
            "message_template_status_update" => Template(value) is { } template && value.Text("event") is { } happened
                ? new TemplateStatusChanged(template, happened, Reason(value))
                : null,
            "message_template_quality_update" => Template(value) is { } template && value.Text("new_quality_score") is { } quality
                ? new TemplateQualityChanged(template, quality)
                : null,
            "template_category_update" => Template(value) is { } template && value.Text("new_category") is { } category
                ? new TemplateCategoryChanged(template, category)
                : null,
            "account_update" or "account_alerts" or "account_review_update" or "phone_number_quality_update" or "phone_number_name_update"
                or "business_capability_update" or "security" => new AccountChanged(field, value.Text("event")),
            _ => null,
        };
    }

    private static Person Sender(JsonElement value, JsonElement message)
    {
        var contact = value.Items("contacts").FirstOrDefault();
        return Person.Of(
            message.Text("from") ?? contact.Text("wa_id"),
            message.Text("from_user_id") ?? contact.Text("user_id"),
            contact.Member("profile").Text("name") ?? contact.Member("profile").Text("username"));
    }

    private static StatusReported? Status(JsonElement status) =>
        status.Text("id") is { Length: <= MessageReader.IdMaxLength } id && status.Text("status") is { } word
            ? new(
                id,
                word,
                status.Time("timestamp") ?? DateTimeOffset.UnixEpoch,
                status.Text("biz_opaque_callback_data"),
                Person.Of(status.Text("recipient_id"), status.Text("recipient_user_id"), null),
                MessageReader.Error(status),
                status.Member("pricing") is { } pricing
                    ? new(((JsonElement?)pricing).Flag("billable"), pricing.Text("category"), pricing.Text("type"))
                    : null)
            : null;

    private static PreferenceChanged? Preference(JsonElement value, JsonElement preference)
    {
        var contact = value.Items("contacts").FirstOrDefault();
        var person = Person.Of(
            preference.Text("wa_id") ?? contact.Text("wa_id"),
            preference.Text("user_id") ?? contact.Text("user_id"),
            contact.Member("profile").Text("name"));
        return person.IsKnown && preference.Text("category") is { } category && preference.Text("value") is { } word
            ? new(person, category, word)
            : null;
    }

    private static TemplateName? Template(JsonElement value) =>
        value.Text("message_template_name") is { } name && value.Text("message_template_language") is { } language
            ? new(value.Text("message_template_id"), name, language.Replace('-', '_'))
            : null;

    private static string? Reason(JsonElement value) =>
        value.Text("reason") is { } reason && reason != "NONE" ? reason : value.Member("other_info").Text("title");
}
