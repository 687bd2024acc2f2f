namespace WaCr.Web.Features.Messaging.Inbound;

/// <param name="ConversationId">The changed conversation.</param>
public sealed record InboundEffect(long? ConversationId)
{
    public static readonly InboundEffect None = new((long?)null);

    /// <summary>The message the event refers to has not arrived yet.</summary>
    public static readonly NotFoundError TooEarly = new("message.too_early", "The message that it speaks of is not known.");
}
