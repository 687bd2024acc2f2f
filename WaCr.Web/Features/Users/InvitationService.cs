using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Users;

/// <summary>Invitations to the tenant, as links that users pass on themselves.</summary>
public sealed class InvitationService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, UsageGate usage, AccountFactory accounts,
    TimeProvider time)
{
    /// <summary>Open and expired invitations, newest first.</summary>
    public async Task<Result<IReadOnlyList<InvitationItem>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.UsersManage) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var waiting = await db.Invitations.AsNoTracking()
            .Where(invitation => invitation.AcceptedAt == null && invitation.RevokedAt == null)
            .OrderByDescending(invitation => invitation.Id)
            .ToListAsync(cancellationToken);
        return waiting.ConvertAll(i => new InvitationItem(i.Id, i.Email, i.Role, i.CreatedAt, i.ExpiresAt, IsExpired: i.ExpiresAt <= now));
    }

    /// <summary>Creates a link for an address and revokes an earlier one.</summary>
    public async Task<Result<CreatedInvitation>> CreateAsync(InviteUser request, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.UsersManage) is { } forbidden)
        {
            return forbidden;
        }

        if (request.Role == Role.Owner && tenant.Require(Permissions.OwnersManage) is { } notOwners)
        {
            return notOwners;
        }

        var email = request.Email.Trim();
        if (!TextRule.IsEmail(email) || email.Length > Invitation.EmailMaxLength)
        {
            return new ValidationError("email", UserErrors.EmailInvalid);
        }

        var secret = LinkSecret.Create();
        return await writer.WriteAsync<CreatedInvitation>(
            async db =>
            {
                await db.LockMembershipsAsync();
                var normalized = accounts.Normalized(email);
                var present = await db.Memberships.Where(m => m.User!.NormalizedEmail == normalized)
                    .Select(m => (bool?)m.IsActive)
                    .SingleOrDefaultAsync();
                if (present is { } isActive)
                {
                    return new ValidationError("email", isActive ? UserErrors.AlreadyMember : UserErrors.Deactivated);
                }

                // Only checks for room; accepting the invitation takes it.
                if (await usage.TakeAsync(db, Metric.Staff, 1) is { } limit)
                {
                    return limit;
                }

                await usage.GiveBackAsync(db, Metric.Staff, 1);
                var now = time.UtcNowInSeconds();
                foreach (var earlier in await db.Invitations.Where(i => i.AcceptedAt == null && i.RevokedAt == null).ToListAsync())
                {
                    if (accounts.Normalized(earlier.Email) == normalized)
                    {
                        earlier.RevokedAt = now;
                    }
                }

                var invitation = new Invitation
                {
                    Email = email,
                    Role = request.Role,
                    Hash = SecretHash.Of(secret),
                    CreatedAt = now,
                    CreatedById = tenant.Actor.Kind == ActorKind.User ? tenant.Actor.Id : null,
                    ExpiresAt = now + Invitation.Lifetime,
                };
                db.Invitations.Add(invitation);
                await db.SaveChangesAsync();
                return new CreatedInvitation(invitation.Id, secret);
            },
            cancellationToken);
    }

    public async Task<Result<Done>> RevokeAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.UsersManage) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                await db.LockMembershipsAsync();
                var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.Id == id && i.AcceptedAt == null);
                if (invitation is null)
                {
                    return new NotFoundError("invitation.not_found", "Invitation not found");
                }

                invitation.RevokedAt ??= time.UtcNowInSeconds();
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
    }
}
