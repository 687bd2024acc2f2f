using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Conversations;

/// <summary>
/// Moves the conversations of a merged contact to the survivor, and back when the merge is undone. Conversations of both on the same
/// channel become one. Runs inside the caller's write, which has locked both contacts.
/// </summary>
public sealed class ConversationMerge(TimeProvider time)
{
    /// <summary>Moves the conversations; returns what <see cref="GiveBackAsync"/> needs to undo it.</summary>
    /// <param name="to">Changed but not saved yet: it may have taken the other's number.</param>
    public async Task<string> MoveAsync(AppDbContext db, Contact from, Contact to)
    {
        var (fromId, toId, key) = (from.Id, to.Id, to.PhoneKey);
        var keyBefore = db.Entry(to).Property(contact => contact.PhoneKey).OriginalValue;
        db.NoteChange(ChangeKind.MovedMessages);
        await MoveIdentityKeysAsync(db, toId, keyBefore, key);
        await MoveIdentityKeysAsync(db, fromId, from.PhoneKey, key);
        var identities = await db.ChannelIdentities.Where(identity => identity.ContactId == fromId)
            .Select(identity => identity.Id)
            .ToListAsync();
        await db.ChannelIdentities.Where(identity => identities.Contains(identity.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(identity => identity.ContactId, toId));
        await LockAsync(db, db.Conversations.Where(c => c.ContactId == fromId || c.ContactId == toId));
        await MoveConversationKeysAsync(db, toId, keyBefore, key);
        await MoveConversationKeysAsync(db, fromId, from.PhoneKey, key);
        var kept = await db.Conversations.AsNoTracking().Where(c => c.ContactId == toId).ToDictionaryAsync(c => c.ChannelId);
        var (whole, joined) = (new List<long>(), new List<JoinedConversation>());
        foreach (var conversation in await db.Conversations.AsNoTracking().Where(c => c.ContactId == fromId).OrderBy(c => c.Id)
            .ToListAsync())
        {
            await GiveMessagesAsync(db, db.Messages.Where(m => m.ConversationId == conversation.Id && m.ContactId == fromId), toId);
            if (kept.TryGetValue(conversation.ChannelId, out var into))
            {
                joined.Add(await JoinAsync(db, conversation, into, key));
                continue;
            }

            var now = time.GetUtcNow();
            await db.Conversations.Where(c => c.Id == conversation.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.ContactId, toId).SetProperty(c => c.UpdatedAt, now));
            whole.Add(conversation.Id);
        }

        var windows = await db.UsageWindows.Where(window => window.ContactId == fromId).Select(window => window.OpenedAt).ToListAsync();
        await MoveWindowsAsync(db, windows, fromId, toId);
        return JsonSerializer.Serialize(new Moved(identities, whole, joined, windows));
    }

    /// <summary>
    /// Undoes the move. Newer messages stay with the survivor, except in a conversation that was the other's alone. Conversations merged
    /// further stay where they are.
    /// </summary>
    /// <param name="keyBefore">The survivor's number while merged.</param>
    public async Task GiveBackAsync(AppDbContext db, string moved, long survivorId, long otherId, string keyBefore)
    {
        db.NoteChange(ChangeKind.MovedMessages);
        var keyOf = await db.Contacts.Where(c => c.Id == survivorId || c.Id == otherId).ToDictionaryAsync(c => c.Id, c => c.PhoneKey);
        var (identities, whole, joined, windows) = moved == "{}" ? Moved.Nothing : JsonSerializer.Deserialize<Moved>(moved)!;
        await db.ChannelIdentities.Where(identity => identities.Contains(identity.Id) && identity.ContactId == survivorId)
            .ExecuteUpdateAsync(set => set.SetProperty(identity => identity.ContactId, otherId));
        foreach (var (id, key) in keyOf)
        {
            await MoveIdentityKeysAsync(db, id, keyBefore, key);
        }

        var shared = joined.ConvertAll(one => one.Into.Id);
        await LockAsync(db, db.Conversations.Where(c => whole.Contains(c.Id) || shared.Contains(c.Id)));
        var now = time.GetUtcNow();
        foreach (var id in whole)
        {
            var back = await db.Conversations.Where(c => c.Id == id && c.ContactId == survivorId)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.ContactId, otherId).SetProperty(c => c.UpdatedAt, now));
            if (back > 0)
            {
                await GiveMessagesAsync(db, db.Messages.Where(m => m.ConversationId == id && m.ContactId == survivorId), otherId);
            }
        }

        foreach (var one in joined)
        {
            await SplitAsync(db, one, survivorId, otherId);
        }

        await MoveWindowsAsync(db, windows, survivorId, otherId);
        foreach (var (id, key) in keyOf)
        {
            await MoveConversationKeysAsync(db, id, keyBefore, key);
        }
    }

    // Identities and conversations of the old number now count as the new one's: the merge changes the contact's number, not who wrote.
    private static async Task MoveIdentityKeysAsync(AppDbContext db, long contactId, string keyBefore, string key)
    {
        foreach (var identity in await db.ChannelIdentities.Where(identity => identity.ContactId == contactId).ToListAsync())
        {
            identity.ContactPhoneKey = identity.StandsFor(keyBefore) ? key : identity.ContactPhoneKey;
        }

        await db.SaveChangesAsync();
    }

    private static async Task MoveConversationKeysAsync(AppDbContext db, long contactId, string keyBefore, string key)
    {
        foreach (var conversation in await db.Conversations.Where(c => c.ContactId == contactId).ToListAsync())
        {
            conversation.ContactPhoneKey = conversation.StandsFor(keyBefore) ? key : conversation.ContactPhoneKey;
        }

        await db.SaveChangesAsync();
    }

    // Whatever is sent or comes in meanwhile waits, or it would go with a conversation that is deleted, or its count be overwritten.
    // Identities before, as inbound messages lock them.
    private static async Task LockAsync(AppDbContext db, IQueryable<Conversation> conversations) =>
        await db.LockConversationsAsync(db.CurrentTenantId, await conversations.Select(c => c.Id).ToListAsync());

    // A contact gets a campaign once: if both got it or will get it, the second message stays with the merged contact and is not sent.
    private static Task<int> GiveMessagesAsync(AppDbContext db, IQueryable<Message> messages, long contactId) => messages
        .Where(m => m.CampaignId == null || !db.Messages.Any(twin => twin.CampaignId == m.CampaignId && twin.ContactId == contactId))
        .ExecuteUpdateAsync(set => set.SetProperty(m => m.ContactId, contactId));

    private async Task<JoinedConversation> JoinAsync(AppDbContext db, Conversation conversation, Conversation into, string key)
    {
        var messages = await db.Messages.Where(m => m.ConversationId == conversation.Id).Select(m => m.Id).ToListAsync();
        var comments = await db.Comments.Where(comment => comment.ConversationId == conversation.Id)
            .Select(comment => comment.Id)
            .ToListAsync();
        await db.Messages.Where(m => m.ConversationId == conversation.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ConversationId, into.Id));
        await db.Comments.Where(comment => comment.ConversationId == conversation.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(comment => comment.ConversationId, into.Id));
        await db.Notifications.Where(n => n.ConversationId == conversation.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ConversationId, into.Id));
        await db.Conversations.Where(c => c.Id == conversation.Id).ExecuteDeleteAsync();

        // Replies go to the number the contact wrote from last.
        var latest = conversation.StandsFor(key)
            && (!into.StandsFor(key) || conversation.LastInboundAt > (into.LastInboundAt ?? DateTimeOffset.MinValue))
            ? conversation
            : into;
        var newest = (conversation.LastMessageAt, conversation.LastMessageId ?? 0)
            .CompareTo((into.LastMessageAt, into.LastMessageId ?? 0)) > 0
            ? conversation
            : into;
        var now = time.GetUtcNow();
        var waits = into.WaitingSince < (conversation.WaitingSince ?? DateTimeOffset.MaxValue)
            ? into.WaitingSince
            : conversation.WaitingSince;
        var paced = Later(conversation.PacedUntil, into.PacedUntil);
        var blocked = latest.BlockedAt;
        var readUpTo = Math.Min(conversation.ReadUpToId, into.ReadUpToId);
        await db.Conversations.Where(c => c.Id == into.Id).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.WaId, latest.WaId)
            .SetProperty(c => c.UserId, latest.UserId)
            .SetProperty(c => c.ContactPhoneKey, latest.ContactPhoneKey)
            .SetProperty(c => c.LastInboundAt, latest.LastInboundAt)
            .SetProperty(c => c.LastMessageAt, newest.LastMessageAt)
            .SetProperty(c => c.LastMessageId, newest.LastMessageId)
            .SetProperty(c => c.WaitingSince, waits)
            .SetProperty(c => c.UnreadCount, c => c.UnreadCount + conversation.UnreadCount)
            .SetProperty(c => c.ReadUpToId, readUpTo)
            .SetProperty(c => c.AssignedId, into.AssignedId ?? conversation.AssignedId)
            .SetProperty(c => c.PacedUntil, paced)
            .SetProperty(c => c.BlockedAt, blocked)
            .SetProperty(c => c.UpdatedAt, now));
        return new JoinedConversation(conversation, into, messages, comments);
    }

    private static async Task SplitAsync(AppDbContext db, JoinedConversation joined, long survivorId, long otherId)
    {
        var (own, into) = (joined.Own, joined.Into);
        if (await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == into.Id && c.ContactId == survivorId) is not { } shared)
        {
            return; // merged further, or erased
        }

        // The assignee may have left since.
        own.AssignedId = await db.Memberships.AnyAsync(member => member.UserId == own.AssignedId) ? own.AssignedId : null;
        own.UnreadCount = await UnreadAsync(db, joined.Messages, own.ReadUpToId);
        db.Conversations.Add(own);
        await db.SaveChangesAsync();
        foreach (var ids in joined.Messages.Chunk(1_000))
        {
            await db.Messages.Where(m => ids.Contains(m.Id) && m.ConversationId == into.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.ConversationId, own.Id));
            await GiveMessagesAsync(
                db, db.Messages.Where(m => ids.Contains(m.Id) && m.ConversationId == own.Id && m.ContactId == survivorId), otherId);
        }

        await db.Comments.Where(comment => joined.Comments.Contains(comment.Id) && comment.ConversationId == into.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(comment => comment.ConversationId, own.Id));
        var waits = await WaitingSinceAsync(db, own.Id);
        await db.Conversations.Where(c => c.Id == own.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.WaitingSince, waits));
        await RecalculateAsync(db, shared, into);
    }

    private static async Task<int> UnreadAsync(AppDbContext db, List<long> messages, long readUpTo)
    {
        var unread = 0;
        foreach (var ids in messages.Where(id => id > readUpTo).Chunk(1_000))
        {
            unread += await db.Messages.CountAsync(m => ids.Contains(m.Id) && m.Direction == MessageDirection.Inbound);
        }

        return unread;
    }

    private static async Task<DateTimeOffset?> WaitingSinceAsync(AppDbContext db, long conversationId)
    {
        var own = db.Messages.Where(m => m.ConversationId == conversationId && m.Type != MessageType.Reaction);
        var answered = await own
            .Where(m => m.Direction == MessageDirection.Outbound && m.CampaignId == null
                && m.Status > MessageStatus.Pending && m.Status != MessageStatus.Failed)
            .MaxAsync(m => (DateTimeOffset?)m.CreatedAt) ?? DateTimeOffset.MinValue;
        return await own.Where(m => m.Direction == MessageDirection.Inbound && !MessageTypes.AskNothing.Contains(m.Type) && m.CreatedAt > answered)
            .MinAsync(m => (DateTimeOffset?)m.CreatedAt);
    }

    // Recalculates the survivor's conversation from its own messages.
    private static async Task RecalculateAsync(AppDbContext db, Conversation shared, Conversation before)
    {
        var own = db.Messages.Where(m => m.ConversationId == shared.Id);
        var last = await own.Where(m => m.CampaignId == null).OrderByDescending(m => m.CreatedAt)
            .ThenByDescending(m => m.Id)
            .Select(m => new { m.Id, m.CreatedAt })
            .FirstOrDefaultAsync();
        var heard = await own.Where(m => m.Direction == MessageDirection.Inbound && !MessageTypes.AskNothing.Contains(m.Type))
            .OrderByDescending(m => m.CreatedAt)
                .ThenByDescending(m => m.Id)
                .Select(m => (DateTimeOffset?)m.CreatedAt)
                .FirstOrDefaultAsync();
        var readUpTo = Math.Max(before.ReadUpToId, shared.ReadUpToId);
        var unread = await own.CountAsync(m => m.Direction == MessageDirection.Inbound && m.Id > readUpTo);
        var waits = await WaitingSinceAsync(db, shared.Id);
        var lastAt = last?.CreatedAt ?? before.LastMessageAt;
        var (waId, userId, key) = heard > before.LastInboundAt
            ? (shared.WaId, shared.UserId, shared.ContactPhoneKey)
            : (before.WaId, before.UserId, before.ContactPhoneKey);
        await db.Conversations.Where(c => c.Id == shared.Id).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.WaId, waId)
            .SetProperty(c => c.UserId, userId)
            .SetProperty(c => c.ContactPhoneKey, key)
            .SetProperty(c => c.LastInboundAt, heard ?? before.LastInboundAt)
            .SetProperty(c => c.LastMessageAt, lastAt)
            .SetProperty(c => c.LastMessageId, last == null ? null : last.Id)
            .SetProperty(c => c.WaitingSince, waits)
            .SetProperty(c => c.ReadUpToId, readUpTo)
            .SetProperty(c => c.UnreadCount, unread));
    }

    private static async Task MoveWindowsAsync(AppDbContext db, List<DateTimeOffset> windows, long fromId, long toId)
    {
        foreach (var times in windows.Chunk(500))
        {
            await db.UsageWindows
                .Where(window => window.ContactId == fromId && times.Contains(window.OpenedAt)
                    && !db.UsageWindows.Any(other => other.ContactId == toId && other.OpenedAt == window.OpenedAt))
                .ExecuteUpdateAsync(set => set.SetProperty(window => window.ContactId, toId).SetProperty(window => window.IsLatest, false));
        }

        foreach (var id in new[] { fromId, toId })
        {
            var latest = await db.UsageWindows.Where(window => window.ContactId == id).MaxAsync(window => (DateTimeOffset?)window.OpenedAt);
            await db.UsageWindows.Where(window => window.ContactId == id && window.IsLatest && window.OpenedAt != latest)
                .ExecuteUpdateAsync(set => set.SetProperty(window => window.IsLatest, false));
            await db.UsageWindows.Where(window => window.ContactId == id && !window.IsLatest && window.OpenedAt == latest)
                .ExecuteUpdateAsync(set => set.SetProperty(window => window.IsLatest, true));
        }
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private sealed record Moved(List<long> Identities, List<long> Whole, List<JoinedConversation> Joined, List<DateTimeOffset> Windows)
    {
        /// <summary>For merges older than the moving of conversations.</summary>
        public static readonly Moved Nothing = new([], [], [], []);
    }

    /// <param name="Own">The moved conversation, as it was.</param>
    /// <param name="Into">The survivor's conversation, as it was.</param>
    private sealed record JoinedConversation(Conversation Own, Conversation Into, List<long> Messages, List<long> Comments);
}
