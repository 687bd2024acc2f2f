using WaCr.Web.Common;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>What others are to be told once an event's effects are on disk.</summary>
public sealed record InboundEffect(long? ConversationId, bool MediaWaits = false, bool TemplatesWait = false, bool MessagesMoved = false)
{
    public static readonly InboundEffect None = new((long?)null);

    /// <summary>The message that an event speaks of is not here yet.</summary>
    public static readonly NotFoundError TooEarly = new("message.too_early", "The message that it speaks of is not known.");
}
