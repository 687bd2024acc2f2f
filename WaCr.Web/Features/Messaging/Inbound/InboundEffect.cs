using WaCr.Web.Common;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <param name="ConversationId">The one that moved.</param>
/// <param name="MediaWaits">There is work for the loop of files.</param>
/// <param name="TemplatesWait">There is work for the loop of templates.</param>
public sealed record InboundEffect(long? ConversationId, bool MediaWaits = false, bool TemplatesWait = false)
{
    public static readonly InboundEffect None = new((long?)null);

    /// <summary>The message that an event speaks of is not here yet.</summary>
    public static readonly NotFoundError TooEarly = new("message.too_early", "The message that it speaks of is not known.");
}
