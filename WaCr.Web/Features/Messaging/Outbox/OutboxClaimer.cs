using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Notifications;
using WaCr.Web.Features.Plans;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging.Outbox;

/// <summary>A message claimed for sending until its lease ends.</summary>
internal sealed record ClaimedMessage(
    long Id, long ConversationId, long ContactId, Recipient To, string Reference, string? ReplyTo, OutboundContent Content, int Attempts)
{
    /// <summary>User to notify if it cannot be sent; null for the API and campaigns.</summary>
    public long? AuthorId { get; init; }

    public bool IsBroadcast { get; init; }

    /// <inheritdoc cref="OutboundMessage.IsMarketing"/>
    public bool IsMarketing { get; init; }
}

/// <summary>
/// Claims what may be sent now, in one transaction: within the rates of number and recipients, the plan and the current 24-hour window.
/// Messages that may not be sent are failed at once, with the reason.
/// </summary>
public sealed class OutboxClaimer(ConversationUsage usage, DirectSends direct, TimeProvider time)
{
    /// <summary>Longer than a send takes with all its attempts.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const int Size = 64;

    // Messages examined to find recipients below their rate limit; the others are postponed.
    private const int Looked = 4 * Size;

    internal async Task<List<ClaimedMessage>> ClaimAsync(AppDbContext db, long channelId, Guid owner)
    {
        var now = time.GetUtcNow();

        // The channel row is the lock on the number's throughput: a process that does not get it knows another is claiming. It is locked
        // before the counter of conversations, as refused sends lock them.
        var channel = await db.Channels.AsNoTracking().Where(c => c.Id == channelId && c.PausedAt == null && c.CredentialRefusedAt == null)
            .TagWith(RowLocks.SkipLocked).SingleOrDefaultAsync();
        if (channel is null)
        {
            return [];
        }

        // Direct sends delay the outbox by a second at most.
        var pace = GcraPacer.OfNumber(channel.MessagesPerSecond);
        var sent = Math.Min(direct.Take(channelId), channel.MessagesPerSecond);
        var pacedUntil = sent == 0 ? channel.PacedUntil : pace.Spend(channel.PacedUntil, now, sent);
        var allowed = pace.Allows(pacedUntil, now);
        var chosen = allowed == 0 ? [] : await ChooseAsync(db, channel, await LoadAsync(db, channelId, now), Math.Min(allowed, Size), now);
        if (chosen.Count > 0)
        {
            await LeaseAsync(db, chosen, owner, now);
            pacedUntil = pace.Spend(pacedUntil, now, chosen.Count);
        }

        if (pacedUntil != channel.PacedUntil)
        {
            await db.Channels.Where(c => c.Id == channelId).ExecuteUpdateAsync(set => set.SetProperty(c => c.PacedUntil, pacedUntil));
        }

        return chosen;
    }

    private Task<int> LeaseAsync(AppDbContext db, List<ClaimedMessage> chosen, Guid owner, DateTimeOffset now)
    {
        var ids = chosen.ConvertAll(message => message.Id);
        return MessageTransitions.ClaimAsync(db.Messages.Where(m => ids.Contains(m.Id)), owner, now + Lease, time.UtcNowInSeconds(), now);
    }

    private static async Task<List<Candidate>> LoadAsync(AppDbContext db, long channelId, DateTimeOffset now)
    {
        var messages = await db.Messages.AsNoTracking()
            .Where(m => m.ChannelId == channelId && m.State == OutboxState.Waiting && m.DueAt <= now)
            .OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(Looked)
            .TagWith(RowLocks.SkipLocked).ToListAsync();
        var conversations = messages.Select(m => m.ConversationId).Distinct().ToList();
        var contacts = messages.Select(m => m.ContactId).Distinct().ToList();
        var conversationOf = await db.Conversations.AsNoTracking().Where(c => conversations.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        var contactOf = await db.Contacts.AsNoTracking().Where(c => contacts.Contains(c.Id))
            .Select(c => new Addressee(c.Id, c.FirstName, c.LastName, c.Email, c.Phone, c.PhoneKey, c.IsOptedOut, c.OptedOutOf,
                c.AssignedId)).ToDictionaryAsync(c => c.ContactId);
        return messages.ConvertAll(m => new Candidate(m, conversationOf[m.ConversationId], contactOf.GetValueOrDefault(m.ContactId)));
    }

    /// <summary>Campaigns stopped by a user or a limit; their messages are held again, including retries.</summary>
    private static async Task<HashSet<long>> StoppedAsync(AppDbContext db, List<Candidate> candidates)
    {
        var campaigns = candidates.Select(candidate => candidate.Message.CampaignId).OfType<long>().Distinct().ToList();
        return campaigns.Count == 0 ? [] : await db.Campaigns
            .Where(c => campaigns.Contains(c.Id) && (c.State == CampaignState.Paused || c.State == CampaignState.Cancelled))
            .Select(c => c.Id).ToHashSetAsync();
    }

    /// <summary>Marketing templates among the messages.</summary>
    private static async Task<HashSet<long>> MarketingAsync(AppDbContext db, List<Candidate> candidates)
    {
        var templates = candidates.Select(candidate => candidate.Message).Where(message => message.TemplateName is not null).ToList();
        var names = templates.Select(message => message.TemplateName).Distinct().ToList();
        var known = names.Count == 0 ? [] : await db.Templates.Where(t => names.Contains(t.Name))
            .Select(t => new { t.Name, t.Language, t.Category }).ToListAsync();
        return [.. templates.Where(message => known.Exists(template =>
            template.Name == message.TemplateName && template.Language == message.TemplateLanguage
                && SendConsent.IsMarketing(template.Category)))
            .Select(message => message.Id)];
    }

    private async Task<List<ClaimedMessage>> ChooseAsync(
        AppDbContext db, Channel channel, List<Candidate> candidates, int most, DateTimeOffset now)
    {
        var chosen = new List<ClaimedMessage>();
        var spent = new Dictionary<DateTimeOffset, List<long>>();
        var stopped = await StoppedAsync(db, candidates);
        var marketing = await MarketingAsync(db, candidates);
        if (db.HasReplicas && candidates.Count(candidate => candidate.Message.UsageWindowOpenedAt is null) > 1)
        {
            await usage.LockAsync(db);
        }

        // One message per conversation: the next is sent after WhatsApp answered, so they arrive in order.
        foreach (var (message, conversation, contact) in candidates.DistinctBy(candidate => candidate.Message.ConversationId))
        {
            if (chosen.Count == most)
            {
                break;
            }

            if (message.CampaignId is { } campaign && stopped.Contains(campaign))
            {
                await MessageTransitions.HoldAsync(db.Messages.Where(m => m.Id == message.Id), null, now);
                continue;
            }

            if (GcraPacer.OfRecipient.Allows(conversation.PacedUntil, now) == 0)
            {
                var next = GcraPacer.OfRecipient.NextAt(conversation.PacedUntil!.Value);
                await PostponeAsync(db, conversation.Id, next, now);
                continue;
            }

            var route = contact?.RouteIn(conversation);
            var isMarketing = marketing.Contains(message.Id);
            var isStopped = isMarketing && channel.MarketingStoppedAt is not null;
            if (isStopped && message.CampaignId is not null)
            {
                // Its broadcast is paused, and goes on once marketing is allowed again.
                await MessageTransitions.HoldAsync(db.Messages.Where(m => m.Id == message.Id), OutboxErrors.MarketingStopped, now);
                continue;
            }

            if ((isStopped ? OutboxErrors.MarketingStopped : Obstacle(message, contact, route, isMarketing, now)) is { } obstacle)
            {
                await GiveUpAsync(db, message, obstacle, now);
                continue;
            }

            if (await CountAsync(db, message) is { } limit)
            {
                // A campaign over the plan's limit waits for a larger plan or the next month.
                if (message.CampaignId is null)
                {
                    await GiveUpAsync(db, message, limit.Message, now);
                }
                else
                {
                    await MessageTransitions.HoldAsync(db.Messages.Where(m => m.Id == message.Id), limit.Message, now);
                }

                continue;
            }

            chosen.Add(new ClaimedMessage(
                message.Id, conversation.Id, message.ContactId, route!.To, message.Reference,
                message.ReplyToWamid, ContentOf(message), message.Attempts + 1)
            {
                AuthorId = AuthorOf(message),
                IsBroadcast = message.CampaignId is not null,
                IsMarketing = isMarketing && message.CampaignId is not null,
            });
            var until = GcraPacer.OfRecipient.Spend(conversation.PacedUntil, now);
            (spent.TryGetValue(until, out var same) ? same : spent[until] = []).Add(conversation.Id);
        }

        foreach (var (until, ids) in spent)
        {
            await db.Conversations.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.PacedUntil, until));
        }

        return chosen;
    }

    // Leaves out rows that another write holds: it may be waiting for the counter of conversations, which this one holds.
    private static async Task PostponeAsync(AppDbContext db, long conversationId, DateTimeOffset due, DateTimeOffset now)
    {
        var free = await db.Messages.Where(m => m.ConversationId == conversationId && m.State == OutboxState.Waiting && m.DueAt <= now)
            .TagWith(RowLocks.SkipLocked).Select(m => m.Id).ToListAsync();
        await MessageTransitions.PostponeAsync(db.Messages.Where(m => free.Contains(m.Id)), due);
    }

    private static async Task GiveUpAsync(AppDbContext db, Message message, string obstacle, DateTimeOffset now)
    {
        db.NoteChange(ChangeKind.Conversation, message.ConversationId);
        await MessageTransitions.FailAsync(db, message.Id, null, obstacle, now);
        if (AuthorOf(message) is { } author)
        {
            await db.Messages.Where(m => m.Id == message.Id && m.Attempts == 0)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.CreatedAt, now));
            NotificationWriter.Add(db, new NewNotification(author, NotificationKind.NotSent, message.ConversationId, null, message.Text));
            await db.SaveChangesAsync();
        }
    }

    private static long? AuthorOf(Message message) => message.CampaignId is null ? message.StaffId : null;

    // Usage counted by an earlier attempt is still counted.
    private async Task<AppError?> CountAsync(AppDbContext db, Message message)
    {
        if (message.UsageWindowOpenedAt is not null)
        {
            return null;
        }

        var counted = await usage.TakeAsync(db, message.ContactId);
        if (!counted.Succeeded)
        {
            return counted.Error;
        }

        await db.Messages.Where(m => m.Id == message.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.UsageWindowOpenedAt, counted.Value));
        return null;
    }

    private static OutboundContent ContentOf(Message message) =>
        message.Content is { } kept ? new StoredContent(kept) : new TextContent(message.Text);

    private static string? Obstacle(Message message, Addressee? contact, MessageRoute? route, bool isMarketing, DateTimeOffset now) =>
        contact switch
        {
            null => OutboxErrors.ContactGone,
            _ when SendConsent.Forbids(contact.Unwanted, isMarketing || message.CampaignId is not null) =>
                contact.OptedOutOf == ConsentPurpose.Everything ? OutboxErrors.OptedOut : OutboxErrors.OptedOutOfMarketing,
            _ when route is null => OutboxErrors.NoAddress,
            _ when message.Type != MessageType.Template && !route.WindowIsOpen(now) => OutboxErrors.WindowClosed,
            _ => null,
        };

    private sealed record Candidate(Message Message, Conversation Conversation, Addressee? Contact);
}
