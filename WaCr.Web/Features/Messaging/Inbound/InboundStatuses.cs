using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Costs;
using WaCr.Web.Features.Plans;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// Applies statuses from WhatsApp. One conditional update moves them forwards only, so order and repeats do not matter. If the answer to a
/// send was lost, the message is found by the reference in its status and is no longer uncertain.
/// </summary>
public sealed class InboundStatuses(ConversationUsage usage, MessagePricing pricing, OptOuts optOuts, TimeProvider time)
{
    private static readonly Expression<Func<Message, Found>> AsFound = m => new Found
    {
        Id = m.Id,
        ConversationId = m.ConversationId,
        ContactId = m.ContactId,
        Nonce = m.Nonce,
        Wamid = m.Wamid,
        Direction = m.Direction,
        State = m.State,
        PricedOn = m.PricedOn,
    };

    private static readonly CompiledQuery<string, Found> ByWamid = new((db, wamid) => db.Messages
        .Where(m => m.Wamid == wamid)
        .Select(AsFound));

    private static readonly CompiledQuery<long, Found> ById = new((db, id) => db.Messages
        .Where(m => m.Id == id)
        .Select(AsFound));

    public async Task<Result<InboundEffect>> ApplyAsync(AppDbContext db, StatusReported reported)
    {
        if (StatusOf(reported.Status) is not { } status)
        {
            return InboundEffect.None; // a status without delivery progress (deleted, warning)
        }

        if (await FindAsync(db, reported) is not { } message)
        {
            return InboundEffect.TooEarly;
        }

        if (message.Direction != MessageDirection.Outbound)
        {
            return InboundEffect.None;
        }

        var stopsMarketing = status == MessageStatus.Failed && reported.Error is { } error
            && GraphErrorCodes.KindOf(error.Code) == GraphErrorKind.MarketingStopped;
        if (stopsMarketing)
        {
            await db.LockContactsAsync([message.ContactId]);
        }

        if (reported.Recipient.Username is { } username)
        {
            await SenderResolver.KeepUsernameAsync(db, message.ContactId, username);
        }

        var (report, now) = (ReportOf(status, reported), time.GetUtcNow());
        var climbed = await MessageTransitions.ReportAsync(db, message.Id, report, now) > 0;
        var added = !climbed && await MessageTransitions.ReportLateAsync(db, message.Id, report) > 0;
        if (added || (climbed && status >= MessageStatus.Delivered && message.PricedOn is null))
        {
            await pricing.CountAsync(db, message.Id, reported.Recipient);
        }

        if (!climbed)
        {
            return InboundEffect.None;
        }

        // The answer to the send was lost, or WhatsApp held the message until now.
        if (status != MessageStatus.Failed && (message.Wamid is null || message.State == OutboxState.HeldByWhatsApp))
        {
            await MessageTransitions.AnswerAsync(db, message.ConversationId, message.Id);
        }

        if (status == MessageStatus.Failed)
        {
            await usage.GiveBackAsync(db, message.Id);
            if (stopsMarketing)
            {
                await optOuts.SetAsync(db, message.ContactId, null, ConsentChange.StopsMarketing);
            }
        }

        return new InboundEffect(message.ConversationId);
    }

    private static MessageStatus? StatusOf(string word) => word switch
    {
        "sent" => MessageStatus.Sent,
        "delivered" => MessageStatus.Delivered,
        "read" => MessageStatus.Read,
        "played" => MessageStatus.Played,
        "failed" => MessageStatus.Failed,
        _ => null,
    };

    private static async Task<Found?> FindAsync(AppDbContext db, StatusReported reported)
    {
        if (await ByWamid.SingleOrDefaultAsync(db, reported.MessageId, CancellationToken.None) is { } known)
        {
            return known;
        }

        // A status may arrive before the answer to our send, or be all we get.
        return MessageReference.Parse(reported.Reference) is { } reference
            && await ById.SingleOrDefaultAsync(db, reference.Id, CancellationToken.None) is { Wamid: null } sent
            && sent.Nonce == reference.Nonce
                ? sent
                : null;
    }

    private ReportedProgress ReportOf(MessageStatus status, StatusReported reported)
    {
        var now = time.GetUtcNow();
        var failed = status == MessageStatus.Failed;
        var reason = reported.Error is { } why ? why.Details ?? why.Title : "WhatsApp gave no reason.";
        var category = reported.Pricing?.Category is { Length: > 0 and <= Message.PriceCategoryMaxLength } told ? told : null;
        return new(status, reported.MessageId, reported.At > now ? now : reported.At)
        {
            Code = failed ? reported.Error?.Code : null,
            Reason = failed ? reason : null,
            PriceCategory = category,
            IsBillable = category is null ? null : reported.Pricing?.IsBillable ?? true,
        };
    }

    private sealed class Found
    {
        public long Id { get; init; }
        public long ConversationId { get; init; }
        public long ContactId { get; init; }
        public int Nonce { get; init; }
        public string? Wamid { get; init; }
        public MessageDirection Direction { get; init; }
        public OutboxState? State { get; init; }
        public DateOnly? PricedOn { get; init; }
    }
}
