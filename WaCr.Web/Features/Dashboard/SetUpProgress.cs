using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Dashboard;

/// <summary>What a workspace has of the things that it begins with.</summary>
public sealed record FirstStepsDone(bool HasChannel, bool HasContacts, bool HasColleagues, bool HasQuickReplies, bool HasSent)
{
    public IReadOnlyList<bool> All => [HasChannel, HasContacts, HasColleagues, HasQuickReplies, HasSent];

    /// <summary>Once it answers customers, the rest is no first step any more.</summary>
    public bool IsOver => HasChannel && HasContacts && HasSent;
}

/// <summary>Reads how far a new workspace is: each question ends at the first row.</summary>
public sealed class SetUpProgress(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public async Task<Result<FirstStepsDone>> GetAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return new FirstStepsDone(
            await db.Channels.AnyAsync(cancellationToken),
            await db.Contacts.AnyAsync(cancellationToken),
            await db.Memberships.OrderBy(member => member.UserId).Take(2).CountAsync(cancellationToken) > 1
                || await db.Invitations.AnyAsync(cancellationToken),
            await db.QuickReplies.AnyAsync(cancellationToken),
            await db.UsageWindows.AnyAsync(cancellationToken));
    }
}
