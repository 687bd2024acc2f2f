using System.Text.Json;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Features.Messaging;

/// <summary>A message as in the API, with its content, for events. A test compares it with <c>GET /messages/{id}</c>.</summary>
internal static class MessageJson
{
    /// <summary>Indexed by <see cref="MessageType"/>.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        "text", "template", "image", "video", "document", "audio", "interactive", "sticker", "location", "contacts", "reaction", "button", "order", "system", "unknown", "call",
    ];

    /// <summary>Indexed by <see cref="ShownStatus"/>.</summary>
    public static readonly IReadOnlyList<string> Statuses = ["sent", "delivered", "read", "failed", "pending"];

    public const string Scheduled = "scheduled";
    public const string Cancelled = "cancelled";

    /// <summary>Indexed by <see cref="MessageDirection"/>.</summary>
    public static readonly IReadOnlyList<string> Directions = ["inbound", "outbound"];

    public static void WriteProperties(Utf8JsonWriter json, MessageDetails message)
    {
        json.WriteNumber("id"u8, message.Id);
        json.WriteNumber("interaction_id"u8, message.ConversationId);
        json.WriteString("sender_id"u8, SenderOf(message));
        json.WriteString("type"u8, Types[(int)message.Type]);
        json.WriteString("message"u8, message.Text);
        json.WriteString("status"u8, StatusOf(message));
        json.WriteString("message_id"u8, message.Wamid);
        WriteTime(json, "sent_at"u8, SentAtOf(message));
        json.WriteBoolean("is_read"u8, message.Status >= MessageStatus.Read);
        json.WriteString("direction"u8, Directions[(int)message.Direction]);
        json.WriteNumber("contact_id"u8, message.ContactId);
        WriteTime(json, "edited_at"u8, message.EditedAt);
        WriteTime(json, "revoked_at"u8, message.RevokedAt);
        WriteTime(json, "send_at"u8, message.SendAt);
        WriteTime(json, "created_at"u8, message.CreatedAt);
        WriteTime(json, "updated_at"u8, message.UpdatedAt);
        json.WriteString("status_message"u8, OutboxErrors.TextOf(message.Error));
        json.WriteString("ref_message_id"u8, message.ReplyToWamid);
        json.WriteString("url"u8, UrlOf(message));
        json.WritePropertyName("staff_id"u8);
        json.WriteNumberOrNull(message.StaffId);
        json.WritePropertyName("content"u8);
        MessageContentJson.Write(json, message.Content);
    }

    /// <summary>Digits of the number, whatever format WhatsApp shows.</summary>
    public static string? SenderOf(MessageDetails message) =>
        message is { Direction: MessageDirection.Outbound, SenderId: { } number } ? TextKey.Digits(number) : message.SenderId;

    public static string StatusOf(MessageDetails message) =>
        message.IsCancelled ? Cancelled : message.SendAt is not null ? Scheduled : Statuses[(int)ShownStatuses.Of(message.Status)];

    /// <summary>Where its file is: of one that is kept here, where the API serves it.</summary>
    public static string? UrlOf(MessageDetails message) => message.Direction == MessageDirection.Inbound && IsFile(message.Type)
        ? PathOf(message.Id)
        : UrlOf(message.Id, message.Url);

    public static string? UrlOf(SentMessage message) => UrlOf(message.Id, message.Url);

    private static string? UrlOf(long id, string? url) => FileQueries.IsPath(url) ? PathOf(id) : url;

    private static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"/api/v2/messages/{id}/media");

    private static bool IsFile(MessageType type) =>
        type is MessageType.Image or MessageType.Video or MessageType.Document or MessageType.Audio or MessageType.Sticker;

    public static DateTimeOffset? SentAtOf(MessageDetails message) =>
        message.SentAt ?? (message.Direction == MessageDirection.Inbound ? message.CreatedAt : null);

    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        json.WritePropertyName(name);
        json.WriteTimeOrNull(value);
    }
}
