using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>Assigning a conversation and marking it read.</summary>
public sealed class ConversationActions(IDatabaseWriter writer, TenantContext tenant, TimeProvider time)
{
    private long? Self => tenant.Actor is { Kind: ActorKind.User, Id: { } id } ? id : null;

    /// <param name="userId">A user of the tenant; null to unassign.</param>
    public async Task<Result<Done>> AssignAsync(long id, long? userId, CancellationToken cancellationToken)
    {
        var updated = await UpdateAsync(id, userId, default, cancellationToken);
        return updated.Succeeded ? default(Done) : updated.Error;
    }

    /// <param name="assignedId">A user of the tenant; null to unassign; not given changes nothing.</param>
    /// <param name="expected">Versions of <see cref="ConversationDetails"/>, one of which it must still have.</param>
    public async Task<Result<ConversationDetails>> UpdateAsync(
        long id, Optional<long?> assignedId, ExpectedVersions expected, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ConversationsWrite) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<ConversationDetails>(
            async db =>
            {
                var now = time.GetUtcNow();
                if (await ConversationQueries.FindAsync(db, id, now, CancellationToken.None) is not { } current)
                {
                    return InboxErrors.NotFound;
                }

                if (!expected.Accept(current.Version))
                {
                    return new StaleVersionError(current.Version, "conversation");
                }

                if (!assignedId.IsGiven)
                {
                    return current;
                }

                var userId = assignedId.Value;
                if (userId is { } wanted && !await db.Memberships.AnyAsync(member => member.UserId == wanted && member.IsActive))
                {
                    return new ValidationError("assigned_id", MessageErrors.UserUnknown);
                }

                if (current.AssignedId == userId)
                {
                    return current; // already assigned so
                }

                var row = db.Conversations.Where(c => c.Id == id && (expected.Any == null || c.AssignedId == current.AssignedId));
                if (await row.ExecuteUpdateAsync(set => set.SetProperty(c => c.AssignedId, userId).SetProperty(c => c.UpdatedAt, now)) == 0)
                {
                    var latest = await ConversationQueries.FindAsync(db, id, now, CancellationToken.None);
                    return latest is null ? InboxErrors.NotFound : new StaleVersionError(latest.Version, "conversation");
                }

                db.NoteChange(ChangeKind.Conversation, id);
                if (userId is { } assigned)
                {
                    await NotificationWriter.RemoveUnassignedAsync(db, id, assigned);
                    await (assigned == Self ? Task.CompletedTask : NotificationWriter.AddAssignedAsync(db, id, assigned, Self));
                }

                if (await db.HasSubscriberAsync(EventTypes.ConversationAssigned))
                {
                    var conversation = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == id);
                    db.NoteEvent(EventTypes.ConversationAssigned, id, conversation.ContactId, EventJson.Of(conversation));
                }

                return (await ConversationQueries.FindAsync(db, id, now, CancellationToken.None))!;
            },
            cancellationToken);
    }

    /// <summary>
    /// Marks everything that has come in as read, for everybody in the workspace. The contact is not told.
    /// </summary>
    public async Task<Result<ConversationDetails>> MarkAllReadAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ConversationsWrite) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<ConversationDetails>(
            async db =>
            {
                if (await db.Messages.Where(m => m.ConversationId == id).MaxAsync(m => (long?)m.Id) is { } last)
                {
                    await MarkReadAsync(db, id, last);
                }

                var read = await ConversationQueries.FindAsync(db, id, time.GetUtcNow(), CancellationToken.None);
                return read is null ? InboxErrors.NotFound : read;
            },
            cancellationToken);
    }

    /// <summary>
    /// Marks everything up to this message as read; later messages stay unread. Does nothing for users who may only view.
    /// </summary>
    public async Task<Result<Done>> MarkReadAsync(long id, long upToMessageId, CancellationToken cancellationToken)
    {
        if (!tenant.Actor.May(Permissions.ConversationsWrite))
        {
            return default(Done);
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                await MarkReadAsync(db, id, upToMessageId);
                return default(Done);
            },
            cancellationToken);
    }

    /// <summary>Leaves this message of the contact, and what came after it, unread for everybody.</summary>
    public async Task<Result<Done>> MarkUnreadAsync(long id, long fromMessageId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                if (!await db.Messages.AnyAsync(m =>
                    m.ConversationId == id && m.Direction == MessageDirection.Inbound && m.Id >= fromMessageId))
                {
                    return MessageErrors.NotFound;
                }

                await ReadUpToAsync(db, id, db.Conversations.Where(c => c.Id == id), fromMessageId - 1);
                db.NoteChange(ChangeKind.Conversation, id);
                return default(Done);
            },
            cancellationToken);
    }

    private static async Task MarkReadAsync(AppDbContext db, long id, long upToMessageId)
    {
        if (await ReadUpToAsync(db, id, db.Conversations.Where(c => c.Id == id
            && (c.ReadUpToId < upToMessageId || (c.ReadUpToId == upToMessageId && c.UnreadCount > 0))), upToMessageId))
        {
            db.NoteChange(ChangeKind.Conversation, id);
        }
    }

    // The row is locked before the messages are counted: one that comes in later waits, and is added to the count.
    private static async Task<bool> ReadUpToAsync(AppDbContext db, long id, IQueryable<Conversation> row, long messageId)
    {
        if (await row.ExecuteUpdateAsync(set => set.SetProperty(c => c.ReadUpToId, messageId)) == 0)
        {
            return false;
        }

        var unread = await db.Messages.CountAsync(m =>
            m.ConversationId == id && m.Direction == MessageDirection.Inbound && m.Id > messageId);
        await db.Conversations.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.UnreadCount, unread));
        return true;
    }
}
