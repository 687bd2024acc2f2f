using System.Text.Json;

namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>Reads one message of any type. Unknown types are kept whole.</summary>
internal static class MessageReader
{
    /// <summary>Stands for a file among earlier messages; the file comes in a later event, if it does.</summary>
    public const string PlaceholderType = "media_placeholder";

    public const int IdMaxLength = 255;
    public const int GroupIdMaxLength = 255;

    /// <param name="value">The surrounding value: an error may be next to the message.</param>
    public static InboundMessage? Read(JsonElement message, JsonElement value, bool isHistory) =>
        message.Text("id") is { Length: <= IdMaxLength } id
            ? Read(message, id, message.Time("timestamp")) with
            {
                GroupId = message.Text("group_id").Cut(GroupIdMaxLength),
                IsHistory = isHistory,
                HistoryStatus = isHistory ? message.Member("history_context").Text("status") : null,
                Error = Error(message) ?? Error(value),
                Errors = (ListOf(message, "errors") ?? ListOf(value, "errors"))?.Clone(),
            }
            : null;

    public static WebhookError? Error(JsonElement element) =>
        element.Items("errors").FirstOrDefault() is { ValueKind: JsonValueKind.Object } error
            ? new(
                error.Number("code") ?? 0,
                error.Text("title") ?? error.Text("message") ?? "WhatsApp error",
                error.Member("error_data").Text("details") ?? error.Text("message"))
            : null;

    private static InboundMessage Read(JsonElement message, string id, DateTimeOffset? sentAt)
    {
        var type = message.Text("type") ?? "unknown";
        var content = message.Member(type);
        return new(
            id, sentAt ?? DateTimeOffset.UnixEpoch, type, TextOf(type, content), (content ?? message).Clone(),
            ReplyTo(message, type, content))
        {
            Media = MediaOf(type, content),
            Change = type == "system" ? ChangeOf(content) : null,
            Edited = type == "edit" && content.Member("message") is { ValueKind: JsonValueKind.Object } edited
                ? Read(edited, id, sentAt)
                : null,
            Context = message.Member("context")?.Clone(),
            Referral = message.Member("referral")?.Clone(),
        };
    }

    private static JsonElement? ListOf(JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list : null;

    private static string? TextOf(string type, JsonElement? content) => type switch
    {
        "text" or "system" => content.Text("body"),
        "image" or "video" or "document" or "sticker" or "audio" => content.Text("caption"),
        "button" or "order" => content.Text("text"),
        "interactive" => content.Member("button_reply").Text("title")
            ?? content.Member("list_reply").Text("title")
            ?? content.Member("nfm_reply").Text("body"),
        "location" => content.Text("name") ?? content.Text("address") ?? Coordinates(content),
        "contacts" => Names(content),
        "reaction" => content.Text("emoji"),
        _ => null,
    };

    private static string? Coordinates(JsonElement? location) =>
        location.Member("latitude") is { ValueKind: JsonValueKind.Number } latitude
            && location.Member("longitude") is { ValueKind: JsonValueKind.Number } longitude
                ? $"{latitude.GetRawText()}, {longitude.GetRawText()}"
                : null;

    private static string? Names(JsonElement? contacts) =>
        contacts is { ValueKind: JsonValueKind.Array } list
            && string.Join(
                ", ",
                list.EnumerateArray()
                    .Select(contact => contact.Member("name").Text("formatted_name"))
                    .OfType<string>()) is { Length: > 0 } names
                ? names
                : null;

    private static string? ReplyTo(JsonElement message, string type, JsonElement? content) => type switch
    {
        "reaction" => content.Text("message_id"),
        "edit" or "revoke" => content.Text("original_message_id"),
        _ => message.Member("context").Text("id"),
    };

    private static InboundMedia? MediaOf(string type, JsonElement? content) =>
        type is "image" or "video" or "document" or "sticker" or "audio" && content.Text("id") is { } id
            ? new(id, content.Text("mime_type"), content.Text("filename"))
            : null;

    private static PersonChange? ChangeOf(JsonElement? content) =>
        content.Text("type") is { } kind
            ? new(
                kind,
                content.Text("wa_id") ?? content.Text("new_wa_id"),
                content.Text("user_id") ?? content.Text("new_user_id"),
                content.Text("previous_user_id"))
            {
                NewParentUserId = content.Text("parent_user_id") ?? content.Text("new_parent_user_id"),
            }
            : null;
}
