using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Api.V2;

/// <summary>A conversation on the wire.</summary>
internal static class ConversationWire
{
    public const string LastMessageAt = "last_message_at";

    // Each stands for its index.
    private static readonly string[] NoAndYes = ["false", "true"];

    public static readonly WireShape<ConversationDetails> Shape = new(
        "Conversation",
        WireField.Id<ConversationDetails>(conversation => conversation.Id),
        WireField.Integer<ConversationDetails>("contact_id", conversation => conversation.ContactId, "Whom it is with.", 12),
        WireField.Integer<ConversationDetails>("channel_id", conversation => conversation.ChannelId, "The workspace's number that it runs over.", 1),
        WireField.IntegerOrNull<ConversationDetails>("assigned_id", conversation => conversation.AssignedId, "The user who looks after it.", 3),
        WireField.Integer<ConversationDetails>("unread_count", conversation => conversation.Unread, "Messages of the contact that no user has read.", 2),
        WireField.IntegerOrNull<ConversationDetails>("last_message_id", conversation => conversation.LastMessageId, "What `GET /messages/{id}` takes.", 4711),
        WireField.TimeOrNull<ConversationDetails>(
            LastMessageAt, conversation => conversation.LastMessageAt, "When somebody wrote last; null if only broadcasts went out."),
        WireField.TimeOrNull<ConversationDetails>("last_inbound_at", conversation => conversation.LastInboundAt, "When the contact wrote last."),
        WireField.Boolean<ConversationDetails>("window_open", conversation => conversation.IsWindowOpen, "Whether messages other than templates can be sent now."),
        WireField.TimeOrNull<ConversationDetails>("window_closes_at", conversation => conversation.WindowClosesAt, "Until when they can, or could."),
        WireField.Time<ConversationDetails>("created_at", conversation => conversation.CreatedAt, "When it began."),
        WireField.Time<ConversationDetails>("updated_at", conversation => conversation.UpdatedAt, "When it was last changed."));

    public static readonly ListSpec List = new(Shape)
    {
        Sorts = [LastMessageAt],
        HasSearch = false,
        Filters =
        [
            new FilterField(ConversationFilterFields.AssignedId, FilterKind.Id),
            new FilterField(ConversationFilterFields.ContactId, FilterKind.Id),
            new FilterField(ConversationFilterFields.ChannelId, FilterKind.Id),
            new FilterField(ConversationFilterFields.Unread, FilterKind.Word, NoAndYes),
            new FilterField(ConversationFilterFields.WindowOpen, FilterKind.Word, NoAndYes),
        ],
    };

    public static JsonObject BodySchema() => Schemas.Object(
        (ConversationFilterFields.AssignedId, Schemas.Integer("Id of a user of the workspace; null unassigns.", null).OrNull()));

    public static JsonObject Example() => new() { [ConversationFilterFields.AssignedId] = null };

    public static Optional<long?> Read(JsonElement body, FieldErrors errors)
    {
        var reader = new ObjectReader(body);
        var assigned = reader.Integer(ConversationFilterFields.AssignedId);
        errors.AddAll(reader.Unreadable);
        return assigned;
    }
}
