using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// A contact's conversation on a channel. Runs inside the caller's write; of two that would open the same one, the second waits and finds
/// it.
/// </summary>
public sealed class ConversationService(TimeProvider time)
{
    // One or two rows: a tenant has few channels.
    private static readonly CompiledQuery<long, Conversation> OfContact = new((db, contactId) =>
        db.Conversations.Where(conversation => conversation.ContactId == contactId));

    public static async Task<Conversation?> FindAsync(AppDbContext db, long contactId, long channelId) =>
        (await OfContact.ToListAsync(db, contactId, CancellationToken.None)).Find(conversation => conversation.ChannelId == channelId);

    /// <summary>The result is tracked, so the caller's changes are saved with its write.</summary>
    public async Task<Conversation> FindOrCreateAsync(AppDbContext db, Addressee contact, long channelId)
    {
        var known = contact.IsNew ? null : await db.FindOrLockAsync(
            () => FindAsync(db, contact.ContactId, channelId), found => found is not null, _ => db.LockContactsAsync([contact.ContactId]));
        if (known is not null)
        {
            return known;
        }

        var conversation = Conversation.Open(channelId, contact.ContactId, contact.AssignedId, time.GetUtcNow());
        db.Conversations.Add(conversation);
        await db.SaveChangesAsync();
        return conversation;
    }
}
