using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Audit;

namespace WaCr.Web.Features.Users;

/// <summary>An attempt at a password or code, counted before anything is checked.</summary>
/// <param name="IsAllowed">Whether it may be checked.</param>
/// <param name="IsTooMany">Whether it is refused for its address, whoever tries.</param>
/// <param name="LocksUntil">End of the lock that it would begin; null if it was not counted.</param>
/// <param name="HasLocked">Whether it was the last one allowed, and has locked the account unless it is right.</param>
public sealed record SignInAttempt(
    bool IsAllowed, bool IsTooMany = false, DateTimeOffset? LocksUntil = null, bool HasLocked = false);

public enum PasswordVerdict
{
    /// <summary>Wrong password, unknown account or locked; the caller does not learn which.</summary>
    Wrong = 0,
    Right = 1,

    /// <summary>Too many attempts from this address, or too many at once; nothing was checked.</summary>
    TooMany = 2,
}

/// <summary>
/// The only place that checks passwords and codes. Each attempt is first counted in the database by one statement, so concurrent attempts
/// cannot exceed the limit; five lock the account for a while, except for browsers that signed in before.
/// </summary>
public sealed class PasswordGuard(
    IDatabaseWriter writer, IPasswordHasher<AppUser> hasher, SignInLimits limits, DeviceTokens devices, RequestOrigin origin,
    TenantContext tenant, SecurityEvents events, TimeProvider time)
{
    public const int MaxAttempts = 5;
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    // Its password is verified if there is no account, so that timing does not reveal which accounts exist.
    private static readonly AppUser Nobody = new();

    // By type of hasher, which alone can read its own format.
    private static readonly ConcurrentDictionary<Type, string> NobodysHashes = new();

    /// <param name="user">Null if there is no such account; it takes the same time.</param>
    /// <param name="password">As typed.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<PasswordVerdict> CheckAsync(AppUser? user, string password, CancellationToken cancellationToken)
    {
        var attempt = await TakeAsync(user, cancellationToken);
        if (attempt.IsTooMany)
        {
            return PasswordVerdict.TooMany;
        }

        using var turn = await limits.TryHashAsync(cancellationToken);
        if (turn is null)
        {
            CountRefused(user, attempt);
            return PasswordVerdict.TooMany;
        }

        var nobodysHash = NobodysHashes.GetOrAdd(
            hasher.GetType(), static (_, hasher) => hasher.HashPassword(Nobody, Guid.NewGuid().ToString()), hasher);
        var looked = attempt.IsAllowed && user?.PasswordHash is not null ? user : Nobody;
        var isRight = hasher.VerifyHashedPassword(
            looked, looked.PasswordHash ?? nobodysHash, password) != PasswordVerificationResult.Failed;
        if (!isRight || looked == Nobody)
        {
            CountRefused(user, attempt);
            return PasswordVerdict.Wrong;
        }

        // With a second factor the sign-in is not complete: a right password must not reset the attempts for the code.
        await (looked.TwoFactorEnabled
            ? GiveBackAsync(looked.Id, attempt, cancellationToken)
            : ResetCountAsync(looked.Id, attempt, cancellationToken));
        return PasswordVerdict.Right;
    }

    /// <summary>Counts an attempt at the second factor's code, like one at a password.</summary>
    public Task<SignInAttempt> TryCodeAsync(AppUser user, CancellationToken cancellationToken) => TakeAsync(user, cancellationToken);

    private async Task<SignInAttempt> TakeAsync(AppUser? user, CancellationToken cancellationToken)
    {
        if (!limits.TryAddress(tenant.ClientAddress ?? ""))
        {
            CountRefused(user);
            return new SignInAttempt(IsAllowed: false, IsTooMany: true);
        }

        if (user is not null && devices.Read(origin.DeviceToken, user.Id) is { } device && limits.TryDevice(device))
        {
            return new SignInAttempt(IsAllowed: true);
        }

        // An unknown account causes the same write, on a row that does not exist.
        var (id, now) = (user?.Id ?? 0, time.UtcNowInSeconds());
        DateTimeOffset? until = now + LockTime;
        var counted = await writer.WriteAsync<SignInAttempt>(
            async db =>
            {
                var isAllowed = await db.Users
                    .Where(u => u.Id == id && (u.LockoutEnd == null || u.LockoutEnd <= now))
                    .ExecuteUpdateAsync(set => set
                        .SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1 >= MaxAttempts ? 0 : u.AccessFailedCount + 1)
                        .SetProperty(u => u.LockoutEnd, u => u.AccessFailedCount + 1 >= MaxAttempts ? until : u.LockoutEnd)) == 1;
                var hasLocked = await db.Users.AnyAsync(u => u.Id == id && u.LockoutEnd == until) && isAllowed;
                if (hasLocked)
                {
                    await events.AddLockOutAsync(db, id, now);
                }

                return new SignInAttempt(isAllowed, LocksUntil: until, HasLocked: hasLocked);
            },
            cancellationToken);
        return counted.OrThrow();
    }

    /// <summary>Counts a refused attempt for the security log; strangers can cause any number.</summary>
    public void CountRefused(AppUser? user, SignInAttempt? attempt = null)
    {
        if (user is null)
        {
            events.CountUnknown(AuditAction.SignInRefused, AuditEntry.AccountType);
            return;
        }

        events.CountOfAccount(AuditAction.SignInRefused, user.Id);
        if (attempt is { HasLocked: true })
        {
            events.LogLockOut(user.Id);
        }
    }

    private async Task GiveBackAsync(long userId, SignInAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.LocksUntil is not { } until)
        {
            return; // a known browser: nothing was counted
        }

        await LiftAsync(
            userId, attempt,
            users => users.ExecuteUpdateAsync(set => set
                .SetProperty(
                    u => u.AccessFailedCount,
                    u => u.LockoutEnd == until ? MaxAttempts - 1 : u.AccessFailedCount > 0 ? u.AccessFailedCount - 1 : 0)
                .SetProperty(u => u.LockoutEnd, u => u.LockoutEnd == until ? null : u.LockoutEnd)),
            cancellationToken);
    }

    /// <summary>Resets the count after a complete sign-in.</summary>
    public Task ResetCountAsync(long userId, SignInAttempt attempt, CancellationToken cancellationToken) => LiftAsync(
        userId, attempt,
        users => users.ExecuteUpdateAsync(set => set
            .SetProperty(u => u.AccessFailedCount, 0)
            .SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null)),
        cancellationToken);

    // An attempt that was right has locked nobody out, even if it was the last.
    private async Task LiftAsync(
        long userId, SignInAttempt attempt, Func<IQueryable<AppUser>, Task<int>> lift, CancellationToken cancellationToken) =>
        (await writer.WriteAsync<Done>(
            async db =>
            {
                await lift(db.Users.Where(u => u.Id == userId));
                if (attempt is { HasLocked: true, LocksUntil: { } until })
                {
                    await SecurityEvents.TakeBackLockOutAsync(db, userId, until - LockTime);
                }

                return default(Done);
            },
            cancellationToken)).OrThrow();
}
