using WaCr.Web.Common;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.Features.Messaging.Media;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Tells pages and jobs of this process what an event has changed.</summary>
public sealed class InboundSignals(MessageSignal live, WorkSignal<MediaFetcher> media, WorkSignal<TemplateSync> templates)
{
    public void Tell(long tenantId, InboundEffect effect)
    {
        if (effect.MediaWaits)
        {
            media.Tell();
        }

        if (effect.TemplatesWait)
        {
            templates.Tell();
        }

        if (effect.ConversationId is { } conversationId)
        {
            live.Tell(tenantId, conversationId);
        }
    }
}
