using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>The ad or post of a contact's first message that came from one.</summary>
public sealed record ContactOrigin(long ConversationId, long MessageId, DateTimeOffset At, MessageReferral Referral);

/// <summary>Reads which ad first brought a contact.</summary>
public sealed class ContactOriginQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    /// <summary>Null if none did.</summary>
    public async Task<Result<ContactOrigin?>> FindAsync(long contactId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var first = await db.Messages.Where(m => m.ContactId == contactId && m.IsFromAd).OrderBy(m => m.CreatedAt)
            .Select(m => new { m.Id, m.ConversationId, m.CreatedAt, m.Content }).FirstOrDefaultAsync(cancellationToken);
        return first is not null && MessageContent.Read(first.Content).Referral is { } referral
            ? new ContactOrigin(first.ConversationId, first.Id, first.CreatedAt, referral)
            : null;
    }
}
