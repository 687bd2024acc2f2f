using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>Assigning a conversation and marking it read.</summary>
public sealed class ConversationActions(IDatabaseWriter writer, TenantContext tenant, TimeProvider time)
{
    /// <param name="userId">A user of the tenant; null to unassign.</param>
    public async Task<Result<Done>> AssignAsync(long id, long? userId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                if (userId is { } wanted && !await db.Memberships.AnyAsync(member => member.UserId == wanted && member.IsActive))
                {
                    return new ValidationError("assigned_id", MessageErrors.UserUnknown);
                }

                var now = time.GetUtcNow();
                if (await db.Conversations.AnyAsync(c => c.Id == id && c.AssignedId == userId))
                {
                    return default(Done); // already assigned so
                }

                db.NoteChange(ChangeKind.Conversation, id);
                var changed = await db.Conversations.Where(c => c.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.AssignedId, userId).SetProperty(c => c.UpdatedAt, now));
                if (changed == 1 && await db.WantsAsync(EventTypes.ConversationAssigned))
                {
                    var conversation = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == id);
                    db.NoteEvent(EventTypes.ConversationAssigned, id, conversation.ContactId, EventJson.Of(conversation));
                }

                return changed == 1 ? default(Done) : InboxErrors.NotFound;
            },
            cancellationToken);
    }

    /// <summary>
    /// Marks everything up to this message as read; later messages stay unread. Does nothing for users who may only view.
    /// </summary>
    public async Task<Result<Done>> MarkReadAsync(long id, long upToMessageId, CancellationToken cancellationToken)
    {
        if (!tenant.Actor.May(Permissions.MessagesSend))
        {
            return default(Done);
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                var unread = await db.Messages.CountAsync(m => m.ConversationId == id && m.Direction == MessageDirection.Inbound && m.Id > upToMessageId);
                if (await db.Conversations.Where(c => c.Id == id && c.ReadUpToId < upToMessageId)
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.UnreadCount, unread).SetProperty(c => c.ReadUpToId, upToMessageId)) > 0)
                {
                    db.NoteChange(ChangeKind.Conversation, id);
                }

                return default(Done);
            },
            cancellationToken);
    }
}
