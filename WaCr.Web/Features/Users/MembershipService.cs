using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Notifications;
using WaCr.Web.Features.Notifications.Push;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Users;

/// <summary>The tenant's users: list, roles, deactivation.</summary>
public sealed class MembershipService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, UsageGate usage, PasswordResets resets,
    SessionService sessions,
    NotificationService notifications, TimeProvider time)
{
    /// <summary>Active users first, then by name.</summary>
    public async Task<Result<MembershipList>> GetAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.UsersManage) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tenantId = tenant.TenantId;
        var required = await db.Tenants.Where(row => row.Id == tenantId)
            .Select(row => row.RequiresTwoFactor)
            .SingleAsync(cancellationToken);
        var members = await db.Memberships.AsNoTracking()
            .Select(membership => new MembershipItem(
                membership.UserId, membership.User!.Name, membership.User.Email!, membership.Role, membership.IsActive,
                membership.LastSeenAt,
                membership.User.TwoFactorEnabled, db.UserPasskeys.Count(passkey => passkey.UserId == membership.UserId)))
            .ToListAsync(cancellationToken);
        var ordered = members.OrderBy(member => !member.IsActive)
            .ThenBy(member => TextKey.Folded(member.Name), StringComparer.Ordinal)
            .ThenBy(member => member.Id);
        return new MembershipList([.. ordered], required);
    }

    /// <summary>Changes a user's role: at once here, within half a minute in other replicas' pages.</summary>
    public Task<Result<Done>> ChangeRoleAsync(long userId, Role role, CancellationToken cancellationToken) => ChangeAsync(
        userId,
        async (db, membership) =>
        {
            if (role == Role.Owner && tenant.Require(Permissions.OwnersManage) is { } notOwners)
            {
                return notOwners;
            }

            if (membership is { Role: Role.Owner, IsActive: true } && role != Role.Owner && await IsLastOwnerAsync(db, userId))
            {
                return new ValidationError("role", UserErrors.LastOwner);
            }

            membership.Role = role;
            await db.SaveChangesAsync();
            return default(Done);
        },
        cancellationToken);

    /// <summary>
    /// Deactivates a user and keeps their data. Frees their seat in the plan, and ends their sessions if they are in no other workspace.
    /// </summary>
    public async Task<Result<Done>> DeactivateAsync(long userId, CancellationToken cancellationToken)
    {
        var deactivated = await ChangeAsync(userId, (db, membership) => DeactivateAsync(db, membership, userId), cancellationToken);
        if (deactivated.Succeeded)
        {
            await sessions.EndWithoutWorkspaceAsync(userId, cancellationToken);
        }

        return deactivated;
    }

    public Task<Result<Done>> ReactivateAsync(long userId, CancellationToken cancellationToken) => ChangeAsync(
        userId,
        async (db, membership) =>
        {
            if (membership.IsActive)
            {
                return default(Done);
            }

            if (await usage.TakeAsync(db, Metric.Staff, 1) is { } limit)
            {
                return limit;
            }

            membership.IsActive = true;
            await db.SaveChangesAsync();
            return default(Done);
        },
        cancellationToken);

    /// <summary>Sets whether everybody needs a second factor; users without one must then set it up.</summary>
    public async Task<Result<Done>> RequireTwoFactorAsync(bool required, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.UsersManage) is { } forbidden)
        {
            return forbidden;
        }

        var changed = await writer.WriteAsync<Done>(
            async db =>
            {
                (await db.Tenants.SingleAsync(row => row.Id == tenant.TenantId)).RequiresTwoFactor = required;
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
        return changed;
    }

    /// <summary>
    /// Creates the code of a password reset link. Refused for users of other workspaces too, because a new password would open the account
    /// there.
    /// </summary>
    public async Task<Result<string>> CreateResetCodeAsync(long userId, CancellationToken cancellationToken)
    {
        var allowed = await ChangeAsync(
            userId,
            async (db, membership) =>
            {
                if (!membership.IsActive)
                {
                    return UserErrors.NotFound;
                }

                // Lifts the tenant filter: the question concerns all of the user's tenants.
                if (await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter])
                    .AnyAsync(m => m.UserId == userId && m.TenantId != tenant.TenantId))
                {
                    return new ValidationError("user", UserErrors.InOtherWorkspaces);
                }

                db.AuditEntries.Add(LinkMade(userId));
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
        return allowed.Succeeded
            ? await resets.CreateCodeAsync(userId, tenant.TenantId, tenant.Actor.Kind == ActorKind.User ? tenant.Actor.Id : null)
            : allowed.Error;
    }

    private async Task<Result<Done>> ChangeAsync(
        long userId, Func<AppDbContext, Membership, Task<Result<Done>>> change, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.UsersManage) is { } forbidden)
        {
            return forbidden;
        }

        var changed = await writer.WriteAsync<Done>(
            async db =>
            {
                await db.LockMembershipsAsync();
                var membership = await db.Memberships.SingleOrDefaultAsync(m => m.UserId == userId);
                if (membership is null)
                {
                    return UserErrors.NotFound;
                }

                if (membership.Role == Role.Owner && tenant.Require(Permissions.OwnersManage) is { } notOwners)
                {
                    return notOwners;
                }

                var (role, wasActive) = (membership.Role, membership.IsActive);
                var done = await change(db, membership);
                if (done.Succeeded && HasLostTokens(membership, role, wasActive))
                {
                    await NoteTokensAsync(db, userId);
                    await db.SaveChangesAsync();
                }

                return done;
            },
            cancellationToken);
        return changed;
    }

    // A deactivated user counts whatever the role: the tokens may be from the time of another.
    private static bool HasLostTokens(Membership now, Role role, bool wasActive) => wasActive
        && (!now.IsActive || (RolePermissions.MayMakeTokens(role, wasActive) && !RolePermissions.MayMakeTokens(now.Role, now.IsActive)));

    private async Task<Result<Done>> DeactivateAsync(AppDbContext db, Membership membership, long userId)
    {
        if (tenant.Actor is { Kind: ActorKind.User, Id: var self } && self == userId)
        {
            return new ValidationError("user", UserErrors.NotYourself);
        }

        if (!membership.IsActive)
        {
            return default(Done);
        }

        if (membership.Role == Role.Owner && await IsLastOwnerAsync(db, userId))
        {
            return new ValidationError("role", UserErrors.LastOwner);
        }

        membership.IsActive = false;
        await PushQueue.RemoveOfMemberAsync(db, userId);
        await db.SaveChangesAsync();
        await usage.GiveBackAsync(db, Metric.Staff, 1);
        return default(Done);
    }

    // API tokens outlive their maker's membership and role: the page asks about them, and owners are notified.
    private async Task NoteTokensAsync(AppDbContext db, long userId)
    {
        var now = time.GetUtcNow();
        var tokens = await db.ApiTokens
            .Where(token => token.CreatedById == userId && token.RevokedAt == null && (token.ExpiresAt == null || token.ExpiresAt > now))
            .OrderBy(token => token.Id).Select(token => token.Name).ToListAsync();
        if (tokens.Count == 0)
        {
            return;
        }

        var self = tenant.Actor.Kind == ActorKind.User ? tenant.Actor.Id : null;
        var owners = await db.Memberships.Where(owner => owner.Role == Role.Owner
            && owner.IsActive
            && owner.UserId != userId
            && owner.UserId != self)
            .Select(owner => owner.UserId).ToListAsync();
        owners.ForEach(owner => notifications.AddTokensLeft(db, owner, userId, string.Join(", ", tokens)));
    }

    private static async Task<bool> IsLastOwnerAsync(AppDbContext db, long userId) =>
        !await db.Memberships.AnyAsync(membership => membership.Role == Role.Owner && membership.IsActive && membership.UserId != userId);

    private AuditEntry LinkMade(long userId) => new()
    {
        EntityType = "membership",
        EntityId = userId,
        Action = AuditAction.PasswordLinkCreated,
        ActorKind = tenant.Actor.Kind,
        ActorId = tenant.Actor.Id,
        ActorName = tenant.Actor.Name,
        ChangeOrigin = tenant.Actor.ChangeOrigin,
        RequestId = tenant.RequestId,
        Address = tenant.ClientAddress,
        At = time.GetUtcNow(),
        Changes = """{"password_link":[null,"made"]}""",
    };
}
