using System.Text.Json;

namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>Reads a stored <see cref="WebhookPart"/>. A part without its required members is an <see cref="UnknownEvent"/>.</summary>
public static class WebhookReader
{
    private const string LiveField = "messages";
    private const string HistoryField = "history";

    /// <summary>
    /// What comes as items of a list, whatever the field: the list, the fields that WhatsApp uses for it, and how an item is read.
    /// </summary>
    private static readonly (string List, string[] Fields, Func<string, JsonElement, JsonElement, WhatsAppEvent?> Read)[] Lists =
    [
        ("statuses", [LiveField], (_, value, status) => Status(value, status)),
        ("messages", [LiveField, HistoryField], (field, value, message) => Message(value, message, isLive: field == LiveField)),
        ("message_echoes", ["smb_message_echoes"], (field, value, echo) =>
            MessageReader.Read(echo, value, isHistory: field == HistoryField) is { } sent ? Echo(value, echo, sent) : null),
        ("user_id_update", ["user_id_update"], (_, value, update) => Update(value, update)),
        ("state_sync", ["smb_app_state_sync"], (_, _, entry) => Named(entry)),
        ("user_preferences", ["user_preferences"], (_, value, preference) => Preference(value, preference)),
        ("calls", ["calls"], (_, value, call) => Call(value, call)),
    ];

    /// <summary>What comes alone, by field.</summary>
    private static readonly Dictionary<string, Func<JsonElement, WhatsAppEvent?>> Values = new(StringComparer.Ordinal)
    {
        ["message_template_status_update"] = value => Template(value) is { } template && value.Text("event") is { } happened
            ? new TemplateStatusChanged(template, happened, Reason(value)) : null,
        ["message_template_components_update"] = value => Template(value) is { } template ? new TemplateContentChanged(template) : null,
        ["message_template_quality_update"] = value => Template(value) is { } template && value.Text("new_quality_score") is { } quality
            ? new TemplateQualityChanged(template, quality) : null,
        ["template_category_update"] = value => Template(value) is { } template && value.Text("new_category") is { } category
            ? new TemplateCategoryChanged(template, category) : null,
    };

    /// <summary>The fields that have something to read.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        [.. Lists.SelectMany(list => list.Fields).Concat(Values.Keys).Concat(AccountReader.Fields).Distinct(StringComparer.Ordinal)];

    /// <summary>Null if it is no JSON.</summary>
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
        return Read(field, value, document.RootElement.Time("time")) ?? new UnknownEvent(field);
    }

    private static WhatsAppEvent? Read(string field, JsonElement value, DateTimeOffset? at)
    {
        foreach (var (list, _, read) in Lists)
        {
            if (value.Items(list).FirstOrDefault() is { ValueKind: JsonValueKind.Object } item)
            {
                return read(field, value, item);
            }
        }

        return Values.TryGetValue(field, out var readValue) ? readValue(value)
            : AccountReader.Fields.Contains(field) ? AccountReader.Read(field, value, at)
            : null;
    }

    // All other fields report earlier messages.
    private static WhatsAppEvent? Message(JsonElement value, JsonElement message, bool isLive)
    {
        if (MessageReader.Read(message, value, isHistory: !isLive) is not { } read)
        {
            return null;
        }

        if (IsOwnNumber(value, message.Text("from")))
        {
            return Echo(value, message, read);
        }

        return Sender(value, message) is var from && (from.IsKnown || read.GroupId is not null) ? new MessageReceived(from, read) : null;
    }

    // A call is told when it ends, as a message of its own; the business's own calls are none.
    private static MessageReceived? Call(JsonElement value, JsonElement call)
    {
        var from = Sender(value, call);
        return call.Text("event") == "terminate" && call.Text("direction") != "BUSINESS_INITIATED" && from.IsKnown
            && call.Text("id") is { Length: <= MessageReader.IdMaxLength } id
            ? new(from, new InboundMessage(id, call.Time("timestamp") ?? DateTimeOffset.UnixEpoch, "call", null, call.Clone(), null))
            : null;
    }

    private static MessageEchoed? Echo(JsonElement value, JsonElement message, InboundMessage read)
    {
        var contact = value.Items("contacts").FirstOrDefault();
        var to = message.Text("to") ?? (IsOwnNumber(value, contact.Text("wa_id")) ? null : contact.Text("wa_id"));
        var person = Person.Of(
            to,
            message.Text("to_user_id") ?? message.Text("recipient_user_id") ?? contact.Text("user_id"),
            NameOf(contact),
            message.Text("to_parent_user_id") ?? message.Text("recipient_parent_user_id") ?? contact.Text("parent_user_id"),
            UsernameOf(contact));
        return person.IsKnown || read.GroupId is not null ? new MessageEchoed(person, read) : null;
    }

    private static bool IsOwnNumber(JsonElement value, string? waId) =>
        waId is not null && TextKey.Digits(value.Member("metadata").Text("display_phone_number")) is { Length: > 0 } own
        && (waId == own || NumberingPlans.OneForm(waId) == NumberingPlans.OneForm(own));

    // WhatsApp's own messages about a person may name only their old id.
    private static Person Sender(JsonElement value, JsonElement message)
    {
        var (contact, system) = (value.Items("contacts").FirstOrDefault(), message.Member("system"));
        return Person.Of(
            message.Text("from") ?? contact.Text("wa_id") ?? system.Text("customer"),
            message.Text("from_user_id") ?? system.Text("previous_user_id") ?? contact.Text("user_id"),
            NameOf(contact),
            message.Text("from_parent_user_id") ?? contact.Text("parent_user_id"),
            UsernameOf(contact));
    }

    private static string? NameOf(JsonElement contact) =>
        contact.Member("profile").Text("name") ?? contact.Member("profile").Text("username");

    private static string? UsernameOf(JsonElement contact) => contact.Member("profile").Text("username");

    // Somebody removed from the phone's address book stays a contact here.
    private static PersonNamed? Named(JsonElement entry)
    {
        var contact = entry.Member("contact");
        var person = Person.Of(
            TextKey.Digits(contact.Text("phone_number")) is { Length: > 0 } digits ? digits : null,
            contact.Text("user_id"),
            contact.Text("full_name") ?? contact.Text("first_name"),
            contact.Text("parent_user_id"),
            contact.Text("username"));
        return person.IsKnown && entry.Text("type") is null or "contact" && entry.Text("action") is not "remove" ? new(person) : null;
    }

    private static PersonChanged? Update(JsonElement value, JsonElement update)
    {
        var (contact, ids) = (value.Items("contacts").FirstOrDefault(), update.Member("user_id"));
        var previous = ids.Text("previous") ?? update.Text("previous_user_id");
        var parents = update.Member("parent_user_id");
        var person = Person.Of(
            update.Text("wa_id") ?? contact.Text("wa_id"), previous, NameOf(contact), parents.Text("previous"), UsernameOf(contact));
        return person.IsKnown
            && (ids.Text("current")
                ?? update.Text("user_id")
                ?? update.Text("new_user_id")) is { Length: <= Person.UserIdMaxLength } current
            ? new(person, new PersonChange("user_id_update", null, current, previous)
            {
                NewParentUserId = parents.Text("current") ?? update.Text("parent_user_id"),
            })
            : null;
    }

    private static StatusReported? Status(JsonElement value, JsonElement status) =>
        status.Text("id") is { Length: <= MessageReader.IdMaxLength } id && status.Text("status") is { } word
            ? new(
                id,
                word,
                status.Time("timestamp") ?? DateTimeOffset.UnixEpoch,
                status.Text("biz_opaque_callback_data"),
                Person.Of(
                    status.Text("recipient_id"), status.Text("recipient_user_id"), null, status.Text("recipient_parent_user_id"),
                    UsernameOf(value.Items("contacts").FirstOrDefault())),
                MessageReader.Error(status),
                status.Member("pricing") is { } pricing
                    ? new(((JsonElement?)pricing).Flag("billable"), pricing.Text("category"), pricing.Text("type"), pricing.Text("pricing_model"))
                    : null)
            : null;

    private static PreferenceChanged? Preference(JsonElement value, JsonElement preference)
    {
        var contact = value.Items("contacts").FirstOrDefault();
        var person = Person.Of(
            preference.Text("wa_id") ?? contact.Text("wa_id"),
            preference.Text("user_id") ?? contact.Text("user_id"),
            contact.Member("profile").Text("name"),
            preference.Text("parent_user_id") ?? contact.Text("parent_user_id"));
        return person.IsKnown && preference.Text("category") is { } category && preference.Text("value") is { } word
            ? new(person, category, word) { SignUpId = preference.Text("signup_id") }
            : null;
    }

    private static TemplateName? Template(JsonElement value) =>
        value.Text("message_template_name") is { } name && value.Text("message_template_language") is { } language
            ? new(value.Text("message_template_id"), name, language.Replace('-', '_'))
            : null;

    private static string? Reason(JsonElement value) =>
        value.Text("reason") is { } reason && reason != "NONE" ? reason : value.Member("other_info").Text("title");
}
