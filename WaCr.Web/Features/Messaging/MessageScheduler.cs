using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Features.Messaging;

/// <summary>Scheduled messages of the staff app, and their cancellation.</summary>
public sealed class MessageScheduler(
    MessageSender sender, OutboxService outbox, IDatabaseWriter writer, TenantContext tenant, TimeProvider time)
{
    /// <summary>Cancels a message that has not been sent.</summary>
    public async Task<Result<Done>> CancelAsync(long conversationId, long messageId, CancellationToken cancellationToken)
    {
        var cancelled = await outbox.CancelAsync(conversationId, messageId, cancellationToken);
        if (!cancelled.Succeeded)
        {
            return cancelled.Error;
        }

        return cancelled.Value == 1 ? default(Done) : OutboxErrors.MessageNotFound;
    }

    /// <summary>
    /// Cancels a message that waits to be sent, whoever scheduled it. A message of a campaign is its campaign's, and one that is on its way
    /// is too late to stop: <see cref="MessageErrors.NotScheduled"/>.
    /// </summary>
    /// <param name="id">Our id.</param>
    public async Task<Result<Done>> CancelAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                if (await db.Messages.AsNoTracking().Where(m => m.Id == id).Select(m => (long?)m.ConversationId).SingleOrDefaultAsync() is not { } conversation)
                {
                    return MessageErrors.NotFound;
                }

                var waiting = db.Messages.Where(m => m.Id == id && m.State == OutboxState.Waiting && m.CampaignId == null);
                if (await MessageTransitions.CancelAsync(waiting, time.GetUtcNow()) == 0)
                {
                    return MessageErrors.NotScheduled;
                }

                db.NoteChange(ChangeKind.Conversation, conversation);
                return default(Done);
            },
            cancellationToken);
    }

    /// <summary>Returns the message's id.</summary>
    public async Task<Result<long>> ScheduleAsync(SendMessage request, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        var scheduled = await sender.SendAsync(request with { SendAt = dueAt }, cancellationToken);
        return scheduled.Succeeded ? scheduled.Value.Id : scheduled.Error;
    }
}
