using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Users;

/// <summary>Accepts invitations; each link works once.</summary>
public sealed class InvitationAcceptance(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, UsageGate usage, AccountFactory accounts,
    UserManager<AppUser> users,
    AccountReset reset, TimeProvider time)
{
    /// <summary>Null if the link is unknown, used, revoked or expired, or its maker may no longer invite.</summary>
    public async Task<OpenInvitation?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await OpenAsync(db.Invitations.AsNoTracking(), db, secret) is not { } invitation)
        {
            return null;
        }

        var normalized = accounts.Normalized(invitation.Email);
        var confirmed = await db.Users.Where(user => user.NormalizedEmail == normalized)
            .Select(user => (bool?)user.EmailConfirmed)
            .SingleOrDefaultAsync(cancellationToken);
        return new OpenInvitation(
            invitation.Tenant!.DisplayName, invitation.Email, invitation.Role, HasAccount: confirmed is not null,
            NeedsNewPassword: confirmed == false);
    }

    /// <summary>
    /// Joins with a new account and returns the tenant's id. An address with an account uses <see cref="AcceptAsync"/> instead.
    /// </summary>
    public async Task<Result<long>> AcceptAsNewAsync(string secret, string name, string password, CancellationToken cancellationToken)
    {
        if (await FindAsync(secret, cancellationToken) is not { HasAccount: false } open)
        {
            return UserErrors.LinkGone;
        }

        var errors = await accounts.CheckAsync(open.Email, name.Trim(), password);
        if (name.Trim().Length == 0)
        {
            errors.Add("name", UserErrors.NameRequired);
        }

        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        return await JoinAsync(
            secret,
            async (db, invitation) =>
            {
                var normalized = accounts.Normalized(invitation.Email);
                if (await db.Users.AnyAsync(user => user.NormalizedEmail == normalized))
                {
                    return UserErrors.LinkGone;
                }

                var user = accounts.Create(invitation.Email, name.Trim(), password, isConfirmed: false);
                db.Users.Add(user);
                await db.SaveChangesAsync();
                return user;
            },
            cancellationToken);
    }

    /// <summary>
    /// Joins with the signed-in account, if it is the invited one, and returns the tenant's id. The first inviter saw the link that created
    /// the account and may have kept access: until links of two workspaces have reached the user, joining sets a new password and removes
    /// all passkeys, second factors and sessions.
    /// </summary>
    /// <param name="secret">Secret from the link.</param>
    /// <param name="principal">Whose session it is.</param>
    /// <param name="newPassword">Required if <see cref="OpenInvitation.NeedsNewPassword"/>; otherwise ignored.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<Result<long>> AcceptAsync(
        string secret, ClaimsPrincipal principal, string? newPassword, CancellationToken cancellationToken)
    {
        if (await FindAsync(secret, cancellationToken) is not { } open)
        {
            return UserErrors.LinkGone;
        }

        var user = await users.GetUserAsync(principal);
        if (user is null || user.NormalizedEmail != accounts.Normalized(open.Email))
        {
            return new ValidationError("email", UserErrors.WrongAccount);
        }

        if (!user.EmailConfirmed)
        {
            var renewed = await reset.RenewAsync(user, newPassword ?? "", principal.SessionId(), cancellationToken);
            if (!renewed.Succeeded)
            {
                return renewed.Error;
            }
        }

        return await JoinAsync(secret, async (db, _) => await db.Users.SingleAsync(u => u.Id == user.Id), cancellationToken);
    }

    private Task<Result<long>> JoinAsync(
        string secret, Func<AppDbContext, Invitation, Task<Result<AppUser>>> identify, CancellationToken cancellationToken) =>
        writer.WriteAsync<long>(
            async db =>
            {
                if (await OpenAsync(db.Invitations.AsNoTracking(), db, secret) is not { } found)
                {
                    return UserErrors.LinkGone;
                }

                // The link determines the tenant. The actor has no permissions yet.
                Enter(found.Tenant!, null, found.Email);
                await db.LockMembershipsAsync();
                if (await OpenAsync(db.Invitations, db, secret) is not { } invitation)
                {
                    return UserErrors.LinkGone;
                }

                var identified = await identify(db, invitation);
                if (!identified.Succeeded)
                {
                    return identified.Error;
                }

                var user = identified.Value;
                if (await db.Memberships.AnyAsync(membership => membership.UserId == user.Id))
                {
                    return new ValidationError("email", UserErrors.AlreadyMember);
                }

                if (await usage.TakeAsync(db, Metric.Staff, 1) is { } limit)
                {
                    return limit;
                }

                Enter(found.Tenant!, user.Id, user.Name);
                invitation.AcceptedAt = time.UtcNowInSeconds();
                db.Memberships.Add(new Membership { UserId = user.Id, Role = invitation.Role, CreatedAt = time.UtcNowInSeconds() });
                await db.SaveChangesAsync();
                return invitation.TenantId;
            },
            cancellationToken);

    private void Enter(Tenant row, long? userId, string name) =>
        tenant.Enter(row.ToIdentity(), new CurrentActor(ActorKind.User, userId, name, ChangeOrigin.App, FrozenSet<string>.Empty));

    private async Task<Invitation?> OpenAsync(IQueryable<Invitation> invitations, AppDbContext db, string secret)
    {
        // Lifts the tenant filter: the link determines the tenant.
        var hash = SecretHash.Of(secret);
        var invitation = await invitations.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Include(i => i.Tenant)
            .SingleOrDefaultAsync(i => i.Hash == hash);
        if (invitation is null || !invitation.IsOpenAt(time.GetUtcNow()) || invitation.Tenant!.Status != TenantStatus.Active)
        {
            return null;
        }

        if (invitation.CreatedById is not { } inviterId)
        {
            return invitation;
        }

        // Lifted for the same reason; both ids come from the invitation.
        var inviter = await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .SingleOrDefaultAsync(m => m.TenantId == invitation.TenantId && m.UserId == inviterId && m.IsActive);
        var may = inviter is null ? [] : RolePermissions.Of(inviter.Role);
        return may.Contains(invitation.Role == Role.Owner ? Permissions.OwnersManage : Permissions.UsersManage) ? invitation : null;
    }
}
