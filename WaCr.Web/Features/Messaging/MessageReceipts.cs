using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>A message whose writer sees that it was read.</summary>
public sealed record ReadMessage(long Id, string Wamid, long ContactId, long ConversationId);

/// <summary>Tells customers that their messages were read, and that somebody writes.</summary>
public sealed class MessageReceipts(
    IDbContextFactory<AppDbContext> contexts, IDatabaseWriter writer, TenantContext tenant, ChannelDirectory channels,
    IWhatsAppClient whatsApp, TimeProvider time)
{
    /// <summary>
    /// Marks a customer's message, and all before it, as read on the customer's phone. What staff have read is not changed.
    /// </summary>
    /// <param name="idOrWamid">Our id of the message, or WhatsApp's.</param>
    /// <param name="typing">Whether the customer sees that somebody writes: for 25 seconds, or until a message is sent.</param>
    public async Task<Result<ReadMessage>> MarkReadAsync(string idOrWamid, bool typing, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        if (idOrWamid.Length > Message.WamidMaxLength || !TextRule.IsStorable(idOrWamid) || await FindAsync(idOrWamid, cancellationToken) is not { } message)
        {
            return MessageErrors.NotFound;
        }

        if (message is not { Direction: MessageDirection.Inbound, Wamid: { } wamid } || message.Type.IsEvent())
        {
            return new ValidationError(ReactionFields.MessageId, MessageErrors.NotInbound);
        }

        if (message.CreatedAt < time.GetUtcNow() - ReactionDraft.Oldest)
        {
            return new ValidationError(ReactionFields.MessageId, MessageErrors.TargetTooOld);
        }

        var channel = await channels.OpenAsync(message.ChannelId, cancellationToken);
        if (!channel.Succeeded)
        {
            return channel.Error;
        }

        var marked = await whatsApp.MarkReadAsync(channel.Value.Access, wamid, typing, cancellationToken);
        if (!marked.Succeeded)
        {
            await channels.NoteAsync(channel.Value, marked.Error);
            return MessageSendFailedError.NotSent(message.Id, marked.Error);
        }

        await writer.WriteAsync<int>(db => NoteAsync(db, message), CancellationToken.None);
        return new ReadMessage(message.Id, wamid, message.ContactId, message.ConversationId);
    }

    private async Task<MessageTarget?> FindAsync(string idOrWamid, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await MessageTargets.FindAsync(db, idOrWamid, cancellationToken);
    }

    private async Task<Result<int>> NoteAsync(AppDbContext db, MessageTarget message)
    {
        var now = time.GetUtcNow();
        db.NoteChange(ChangeKind.Conversation, message.ConversationId);
        return await MessageTransitions.ReadInboundAsync(
            db.Messages.Where(m => m.ConversationId == message.ConversationId && m.CreatedAt <= message.CreatedAt), now);
    }
}
