using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Audit;

namespace WaCr.Web.Features.Users;

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
            Count(user);
            return PasswordVerdict.TooMany;
        }

        var nobodysHash = NobodysHashes.GetOrAdd(
            hasher.GetType(), static (_, hasher) => hasher.HashPassword(Nobody, Guid.NewGuid().ToString()), hasher);
        var looked = attempt.IsAllowed && user?.PasswordHash is not null ? user : Nobody;
        var isRight = hasher.VerifyHashedPassword(
            looked, looked.PasswordHash ?? nobodysHash, password) != PasswordVerificationResult.Failed;
        if (!isRight || looked == Nobody)
        {
            Count(user, isLocked: !attempt.IsAllowed);
            return PasswordVerdict.Wrong;
        }

        // With a second factor the sign-in is not complete: a right password must not reset the attempts for the code.
        await (looked.TwoFactorEnabled ? GiveBackAsync(looked.Id, attempt, cancellationToken) : ResetCountAsync(looked.Id, cancellationToken));
        return PasswordVerdict.Right;
    }

    /// <summary>Counts an attempt at the second factor's code, like one at a password. Right means that the code may be checked.</summary>
    public async Task<PasswordVerdict> TryCodeAsync(AppUser user, CancellationToken cancellationToken)
    {
        var attempt = await TakeAsync(user, cancellationToken);
        return attempt.IsTooMany ? PasswordVerdict.TooMany : attempt.IsAllowed ? PasswordVerdict.Right : PasswordVerdict.Wrong;
    }

    private async Task<Attempt> TakeAsync(AppUser? user, CancellationToken cancellationToken)
    {
        if (!limits.TryAddress(tenant.ClientAddress ?? ""))
        {
            Count(user);
            return new Attempt(IsTooMany: true, IsAllowed: false, LockedUntil: null);
        }

        if (user is not null && devices.Read(origin.DeviceToken, user.Id) is { } device && limits.TryDevice(device))
        {
            return new Attempt(IsTooMany: false, IsAllowed: true, LockedUntil: null);
        }

        // An unknown account causes the same write, on a row that does not exist.
        var (id, now) = (user?.Id ?? 0, time.UtcNowInSeconds());
        DateTimeOffset? until = now + LockTime;
        var counted = await writer.WriteAsync<int>(
            async db => await db.Users
                .Where(u => u.Id == id && (u.LockoutEnd == null || u.LockoutEnd <= now))
                .ExecuteUpdateAsync(set => set
                    .SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1 >= MaxAttempts ? 0 : u.AccessFailedCount + 1)
                    .SetProperty(u => u.LockoutEnd, u => u.AccessFailedCount + 1 >= MaxAttempts ? until : u.LockoutEnd)),
            cancellationToken);
        return new Attempt(IsTooMany: false, IsAllowed: counted.OrThrow() == 1, until);
    }

    /// <summary>Counts a refused attempt for the security log; strangers can cause any number.</summary>
    public void Count(AppUser? user, bool isLocked = false)
    {
        if (user is null)
        {
            events.CountUnknown(AuditAction.SignInRefused, AuditEntry.AccountType);
            return;
        }

        events.CountOfAccount(isLocked ? AuditAction.LockedOut : AuditAction.SignInRefused, user.Id);
    }

    private async Task GiveBackAsync(long userId, Attempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.LockedUntil is not { } until)
        {
            return; // a known browser: nothing was counted
        }

        (await writer.WriteAsync<Done>(
            async db =>
            {
                await db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(set => set
                    .SetProperty(
                        u => u.AccessFailedCount,
                        u => u.LockoutEnd == until ? MaxAttempts - 1 : u.AccessFailedCount > 0 ? u.AccessFailedCount - 1 : 0)
                    .SetProperty(u => u.LockoutEnd, u => u.LockoutEnd == until ? null : u.LockoutEnd));
                return default(Done);
            },
            cancellationToken)).OrThrow();
    }

    /// <summary>Resets the count after a complete sign-in.</summary>
    public async Task ResetCountAsync(long userId, CancellationToken cancellationToken) =>
        (await writer.WriteAsync<Done>(
            async db =>
            {
                await db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(set => set
                    .SetProperty(u => u.AccessFailedCount, 0)
                    .SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null));
                return default(Done);
            },
            cancellationToken)).OrThrow();

    /// <param name="LockedUntil">Lock end if this was the last allowed attempt; null if it was not counted.</param>
    private sealed record Attempt(bool IsTooMany, bool IsAllowed, DateTimeOffset? LockedUntil);
}
