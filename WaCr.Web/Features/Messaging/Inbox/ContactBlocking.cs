using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>WhatsApp did not block the person, or did not end it.</summary>
public sealed record BlockRefusedError(string Details) : UnavailableError("conversation.block_refused", Details);

/// <summary>
/// Blocks a contact at WhatsApp for the number of one conversation: then neither side reaches the other. WhatsApp blocks only people who
/// wrote in the last 24 hours, which <see cref="WindowClosedError"/> says before WhatsApp is asked. What they write afterwards shows that
/// the block has ended elsewhere.
/// </summary>
public sealed class ContactBlocking(
    IDbContextFactory<AppDbContext> contexts, IDatabaseWriter writer, TenantContext tenant, ChannelDirectory channels,
    IWhatsAppClient whatsApp, TimeProvider time)
{
    public async Task<Result<Done>> SetAsync(long conversationId, bool blocked, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        if (await FindAsync(conversationId, cancellationToken) is not var (conversation, contactKey))
        {
            return InboxErrors.NotFound;
        }

        if (blocked && !(time.GetUtcNow() < conversation.WindowClosesAt(contactKey)))
        {
            return new WindowClosedError();
        }

        if (PersonOf(conversation) is not { } person)
        {
            return new ValidationError(MessageFields.ContactId, MessageErrors.NoAddress);
        }

        var channel = await channels.OpenAsync(conversation.ChannelId, cancellationToken);
        if (!channel.Succeeded)
        {
            return channel.Error;
        }

        var changed = await whatsApp.BlockAsync(channel.Value.Access, person, blocked, cancellationToken);
        await channels.NoteAsync(channel.Value, changed.Error);
        return changed.Succeeded
            ? await writer.WriteAsync<Done>(db => KeepAsync(db, conversationId, blocked ? time.GetUtcNow() : null), CancellationToken.None)
            : new BlockRefusedError(changed.Error.Message);
    }

    private async Task<(Conversation Conversation, string ContactKey)?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken) is not { } conversation)
        {
            return null;
        }

        var key = await db.Contacts.Where(c => c.Id == conversation.ContactId).Select(c => c.PhoneKey)
            .SingleOrDefaultAsync(cancellationToken);
        return (conversation, key ?? "");
    }

    private static Recipient? PersonOf(Conversation conversation) => conversation switch
    {
        { WaId: { } waId } => Recipient.ByPhone(waId),
        { UserId: { } userId } => Recipient.ByUserId(userId),
        _ => null,
    };

    private static async Task<Result<Done>> KeepAsync(AppDbContext db, long id, DateTimeOffset? at)
    {
        await db.Conversations.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.BlockedAt, at));
        db.NoteChange(ChangeKind.Conversation, id);
        return default(Done);
    }
}
