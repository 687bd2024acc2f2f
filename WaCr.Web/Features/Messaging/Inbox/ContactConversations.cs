using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>Finds or opens a contact's conversation.</summary>
public sealed class ContactConversations(
    IDbContextFactory<AppDbContext> contexts, IDatabaseWriter writer, ConversationService conversations, ChannelDirectory channels,
    TenantContext tenant)
{
    /// <summary>The conversation with the newest message; null if there is none.</summary>
    public async Task<Result<long?>> FindAsync(long contactId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await LatestAsync(db, contactId);
    }

    /// <summary>That conversation, or a new one on the workspace's first number.</summary>
    public async Task<Result<long>> OpenAsync(long contactId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        var channel = await channels.OpenAsync(cancellationToken);
        if (!channel.Succeeded)
        {
            return channel.Error;
        }

        return await writer.WriteAsync<long>(
            async db =>
            {
                if (await LatestAsync(db, contactId) is { } known)
                {
                    return known;
                }

                var contact = await db.Contacts.Where(c => c.Id == contactId)
                    .Select(c => new Addressee(c.Id, c.FirstName, c.LastName, c.Email, c.Phone, c.PhoneKey, c.IsOptedOut, c.OptedOutOf,
                        c.AssignedId))
                    .SingleOrDefaultAsync();
                return contact is null ? ContactErrors.NotFound : (await conversations.FindOrCreateAsync(db, contact, channel.Value.Id)).Id;
            },
            cancellationToken);
    }

    // One or two rows: a workspace has few numbers.
    private static async Task<long?> LatestAsync(AppDbContext db, long contactId) =>
        (await db.Conversations.Where(c => c.ContactId == contactId).Select(c => new { c.Id, c.LastMessageAt }).ToListAsync())
            .MaxBy(c => c.LastMessageAt)?.Id;
}
