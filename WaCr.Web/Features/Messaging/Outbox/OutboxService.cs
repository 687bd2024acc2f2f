using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging.Outbox;

/// <summary>Queues and cancels messages, and pauses a channel's outbox. Whether a message may be sent is decided when it is sent.</summary>
public sealed class OutboxService(IDatabaseWriter writer, TenantContext tenant, TimeProvider time)
{
    /// <summary>Queues inside the caller's write, and returns the message's id. The caller checks the permission.</summary>
    public async Task<Result<long>> AddAsync(AppDbContext db, OutboxMessage message)
    {
        if (await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == message.ConversationId) is not { } conversation)
        {
            return OutboxErrors.ConversationNotFound;
        }

        var now = time.GetUtcNow();
        var created = time.UtcNowInSeconds();
        var template = message.Content as TemplateContent;
        var row = Message.Outgoing(conversation.Id, conversation.ChannelId, conversation.ContactId, message.Type);
        row.ReplyToWamid = message.ReplyToWamid;
        row.StaffId = message.StaffId;
        row.CampaignId = message.CampaignId;
        row.TemplateName = template?.Name;
        row.TemplateLanguage = template?.Language;
        row.State = OutboxState.Waiting;
        row.DueAt = message.DueAt ?? now;
        row.CreatedAt = created;
        row.UpdatedAt = created;
        row.Url = message.Url;
        row.Text = message.Text;
        row.Content = message.Content is TextContent { PreviewUrl: false } ? null : StoredContent.Of(message.Content).Json;
        db.Messages.Add(row);
        await db.SaveChangesAsync();
        await MessageOwner.CheckAsync(db, row);
        return row.Id;
    }

    /// <summary>Cancels a message that was not sent; returns how many were cancelled.</summary>
    public async Task<Result<int>> CancelAsync(long conversationId, long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        var now = time.GetUtcNow();
        return await writer.WriteAsync<int>(
            async db =>
            {
                db.NoteChange(ChangeKind.Conversation, conversationId);
                return await MessageTransitions.CancelAsync(
                    db.Messages.Where(m => m.Id == id && m.ConversationId == conversationId && m.State == OutboxState.Waiting), now);
            },
            cancellationToken);
    }

    /// <summary>Sends a failed or uncertain message again, on a user's request. An uncertain one may arrive twice.</summary>
    public async Task<Result<Done>> SendAgainAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        var now = time.GetUtcNow();

        // A one-time code is stored masked and would be sent masked, so it is excluded.
        var changed = await writer.WriteAsync<int>(
            async db =>
            {
                db.NoteChange(ChangeKind.Outbox);
                return await MessageTransitions.RetryAsync(
                    db.Messages.Where(m => m.Id == id && !m.Text.Contains(MaskedCode.Text)), OutboxState.Waiting, now, now);
            },
            cancellationToken);
        return changed.OrThrow() == 1 ? default(Done) : OutboxErrors.MessageNotFound;
    }

    /// <summary>Pauses the channel: waiting messages wait, those being sent go on.</summary>
    public Task<Result<Done>> PauseAsync(long channelId, CancellationToken cancellationToken) =>
        SetPausedAsync(channelId, true, cancellationToken);

    public Task<Result<Done>> ResumeAsync(long channelId, CancellationToken cancellationToken) =>
        SetPausedAsync(channelId, false, cancellationToken);

    private async Task<Result<Done>> SetPausedAsync(long channelId, bool isPaused, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        var now = time.GetUtcNow();
        return await writer.WriteAsync<Done>(
            async db =>
            {
                if (await db.Channels.SingleOrDefaultAsync(channel => channel.Id == channelId) is not { } channel)
                {
                    return OutboxErrors.ChannelNotFound;
                }

                channel.PausedAt = isPaused ? channel.PausedAt ?? now : null;
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
    }
}
