using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Api.V2;

/// <summary>A message on the wire.</summary>
internal static class MessageWire
{
    private static readonly WireField<MessageDetails>[] Listed =
    [
        WireField.Id<MessageDetails>(message => message.Id),
        WireField.Integer<MessageDetails>("interaction_id", message => message.ConversationId, "The conversation.", 7),
        WireField.TextOrNull<MessageDetails>(
            "sender_id", MessageJson.SenderOf, "The number that it came from, or the id of somebody who hides theirs.", "919587422369"),
        WireField.Word<MessageDetails>("type", message => MessageJson.Types[(int)message.Type], "What it is.", [.. MessageJson.Types]),
        WireField.Text<MessageDetails>(
            "message", message => message.Text, "What a reader sees: text, caption, or the filled template.", "Hello Asha"),
        WireField.Word<MessageDetails>(
            "status", MessageJson.StatusOf, "How far it got.", [.. MessageJson.Statuses, MessageJson.Scheduled, MessageJson.Cancelled]),
        WireField.TextOrNull<MessageDetails>(
            "message_id", message => message.Wamid, "WhatsApp's id; null until WhatsApp took it.", "wamid.HBgLMTY1"),
        WireField.TimeOrNull<MessageDetails>("sent_at", MessageJson.SentAtOf, "When it was sent, or came in."),
        WireField.Boolean<MessageDetails>("is_read", message => message.Status >= MessageStatus.Read, "Whether its receiver has read it."),
        WireField.Word<MessageDetails>(
            "direction", message => MessageJson.Directions[(int)message.Direction], "Who wrote it.", [.. MessageJson.Directions]),
        WireField.Integer<MessageDetails>("contact_id", message => message.ContactId, "The contact.", 12),
        WireField.TimeOrNull<MessageDetails>("edited_at", message => message.EditedAt, "When the customer changed it last."),
        WireField.TimeOrNull<MessageDetails>("revoked_at", message => message.RevokedAt, "When the customer took it back. Its text stays."),
        WireField.TimeOrNull<MessageDetails>(
            "send_at", message => message.SendAt, "When it will be sent; null of one that is not scheduled."),
        WireField.Time<MessageDetails>("created_at", message => message.CreatedAt, "When it was made."),
        WireField.Time<MessageDetails>("updated_at", message => message.UpdatedAt, "When it was last changed."),
    ];

    public static readonly WireShape<MessageDetails> Shape = new("Message", [.. Listed, Content(isInclude: true)]);

    public static readonly WireShape<MessageDetails> WholeShape = new(
        "MessageDetails",
        [
            .. Listed,
            WireField.TextOrNull<MessageDetails>(
                "status_message", message => OutboxErrors.TextOf(message.Error), "Why it failed.", "Message undeliverable"),
            WireField.TextOrNull<MessageDetails>(
                "ref_message_id", message => message.ReplyToWamid, "WhatsApp's id of the message that it quotes.", "wamid.HBgLMTY1"),
            WireField.TextOrNull<MessageDetails>(
                "url",
                MessageJson.UrlOf,
                "Where its file is. Of a file that is kept here a path of this API, which takes the same token.",
                "/api/v2/messages/4711/media"),
            WireField.IntegerOrNull<MessageDetails>(
                "staff_id", message => message.StaffId, "Who wrote it in the staff app; null for the API and bots.", 3),
            Content(isInclude: false),
        ]);

    /// <summary>Whether the selected fields of a list, or of one message, include the content.</summary>
    public static bool AsksForContent(this WireShape<MessageDetails> shape, ulong fields) => (fields & shape.BitOf("content")) != 0;

    public static readonly ListSpec List = new(Shape)
    {
        Sorts = MessageSortFields.All,
        Filters =
        [
            new FilterField(MessageFilterFields.Type, FilterKind.Word, MessageJson.Types),
            new FilterField(MessageFilterFields.Status, FilterKind.Word, MessageJson.Statuses),
            new FilterField(MessageFilterFields.ConversationId, FilterKind.Id),
            new FilterField(MessageFilterFields.ContactId, FilterKind.Id),
            new FilterField(MessageFilterFields.Direction, FilterKind.Word, MessageJson.Directions),
        ],
    };

    public static readonly ListSpec Single = new(WholeShape);

    private static readonly (string Name, JsonObject Schema)[] SentFields =
    [
        ("message_id", Schemas.Text("WhatsApp's id of the message; null while it is scheduled.", "wamid.HBgLMTY1").OrNull()),
        ("contact_id", Schemas.Integer("The contact, found or made.", 12)),
        ("phone", Schemas.Text("The phone as digits; null of somebody who hides it.", "919587422369").OrNull()),
        ("status", Schemas.Word("`sent`, and deliveries follow; or `scheduled`.", "sent", MessageJson.Scheduled)),
        ("sent_at", Schemas.Time("When WhatsApp took it; null while it is scheduled.").OrNull()),
        ("chat_id", Schemas.Integer("The conversation.", 7)),
        ("chat_message_id", Schemas.Integer("What `GET /messages/{id}` takes.", 4711)),
    ];

    /// <summary>The schema of a send's answer, with further properties.</summary>
    public static JsonObject Sent(params (string Name, JsonObject Schema)[] more)
    {
        (string Name, JsonObject Schema)[] fields =
        [
            .. SentFields.Select(field => (field.Name, field.Schema.DeepClone().AsObject())),
            .. more
        ];
        return Schemas.Object([.. fields, ("send_at", Schemas.Time("When it will be sent; only of one that is scheduled."))])
            .Required([.. fields.Select(field => field.Name)]);
    }

    public static void WriteSent(Utf8JsonWriter json, SentMessage sent)
    {
        json.WriteString("message_id"u8, sent.Wamid);
        json.WriteNumber("contact_id"u8, sent.ContactId);
        json.WriteString("phone"u8, sent.Phone.Length == 0 ? null : sent.Phone);
        json.WriteString("status"u8, sent.SendAt is null ? "sent" : MessageJson.Scheduled);
        json.WritePropertyName("sent_at"u8);
        json.WriteTimeOrNull(sent.SentAt);
        if (sent.SendAt is { } sendAt)
        {
            json.WritePropertyName("send_at"u8);
            json.WriteTime(sendAt);
        }

        json.WriteNumber("chat_id"u8, sent.ConversationId);
        json.WriteNumber("chat_message_id"u8, sent.Id);
    }

    private static WireField<MessageDetails> Content(bool isInclude) =>
        new("content", (json, message) => MessageContentJson.Write(json, message.Content), MessageContentSchema.Make(), isInclude);
}
