using WaCr.Web.Common;
using WaCr.Web.Features.Conversations;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.Features.Messaging.Media;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Tells pages and jobs of this process what an event has changed.</summary>
public sealed class InboundSignals(MessageSignal live, AsyncSignal<MediaFetcher> media, AsyncSignal<TemplateSyncStep> templates, MessageGeneration moved)
{
    public void Notify(long tenantId, InboundEffect effect)
    {
        if (effect.MediaWaits)
        {
            media.Notify();
        }

        if (effect.TemplatesWait)
        {
            templates.Notify();
        }

        if (effect.MessagesMoved)
        {
            moved.Notify(tenantId);
        }

        if (effect.ConversationId is { } conversationId)
        {
            live.Notify(tenantId, conversationId);
        }
    }
}
