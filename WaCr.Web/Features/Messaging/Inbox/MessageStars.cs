using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>Stars messages, so that everybody in the workspace finds them again. The contact is not told.</summary>
public sealed class MessageStars(IDatabaseWriter writer, TenantContext tenant, TimeProvider time)
{
    public async Task<Result<Done>> SetAsync(long messageId, bool isStarred, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                var message = await db.Messages.Where(m => m.Id == messageId).Select(m => new { m.ConversationId, m.StarredAt })
                    .SingleOrDefaultAsync();
                if (message is null)
                {
                    return MessageErrors.NotFound;
                }

                if (message.StarredAt is not null != isStarred)
                {
                    var at = isStarred ? time.GetUtcNow() : (DateTimeOffset?)null;
                    await db.Messages.Where(m => m.Id == messageId).ExecuteUpdateAsync(set => set.SetProperty(m => m.StarredAt, at));
                    db.NoteChange(ChangeKind.Conversation, message.ConversationId);
                }

                return default(Done);
            },
            cancellationToken);
    }
}
