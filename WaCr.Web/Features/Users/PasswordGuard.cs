using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Audit;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Users;

public enum PasswordVerdict
{
    /// <summary>Wrong, no such account, or locked: nobody is told which.</summary>
    Wrong = 0,
    Right = 1,

    /// <summary>Too many tries from there, or too many at once; nothing was looked at.</summary>
    TooMany = 2,
}

/// <summary>
/// The one place where passwords and codes are tried. An attempt is counted in the database before it is looked at, in one statement, so that
/// of any number at once no more than the allowed ones are; five lock the account for a while, save for browsers that were in before.
/// </summary>
public sealed class PasswordGuard(
    IDatabaseWriter writer, IPasswordHasher<AppUser> hasher, SignInLimits limits, DeviceTokens devices, RequestOrigin origin,
    TenantContext tenant, SecurityEvents events, TimeProvider time)
{
    public const int MaxAttempts = 5;
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    // Verified where there is no password to verify, so that the time taken does not tell who has an account.
    private static readonly AppUser Nobody = new();
    private static string? _nobodysHash;

    /// <param name="user">Null where the address is nobody's: it takes as long.</param>
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

        _nobodysHash ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        var looked = attempt.IsAllowed && user?.PasswordHash is not null ? user : Nobody;
        var isRight = hasher.VerifyHashedPassword(looked, looked.PasswordHash ?? _nobodysHash, password) != PasswordVerificationResult.Failed;
        if (!isRight || looked == Nobody)
        {
            Count(user, isLocked: !attempt.IsAllowed);
            return PasswordVerdict.Wrong;
        }

        // With a second factor the person is not in yet: a right password must not give new tries for the code.
        await (looked.TwoFactorEnabled ? GiveBackAsync(looked.Id, attempt, cancellationToken) : ForgiveAsync(looked.Id, cancellationToken));
        return PasswordVerdict.Right;
    }

    /// <summary>A code of the second factor: counted as a password is. Right, where it may be looked at.</summary>
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

        // A row that is nobody's takes the same write.
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

    /// <summary>Of a refused attempt, for whoever watches: strangers can cause as many as they like.</summary>
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
            return; // of a known browser, nothing was counted
        }

        (await writer.WriteAsync<Done>(
            async db =>
            {
                await db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(set => set
                    .SetProperty(u => u.AccessFailedCount, u => u.LockoutEnd == until ? MaxAttempts - 1 : u.AccessFailedCount > 0 ? u.AccessFailedCount - 1 : 0)
                    .SetProperty(u => u.LockoutEnd, u => u.LockoutEnd == until ? null : u.LockoutEnd));
                return default(Done);
            },
            cancellationToken)).OrThrow();
    }

    /// <summary>The person is in: what was counted before does not count any more.</summary>
    public async Task ForgiveAsync(long userId, CancellationToken cancellationToken) =>
        (await writer.WriteAsync<Done>(
            async db =>
            {
                await db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(set => set
                    .SetProperty(u => u.AccessFailedCount, 0)
                    .SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null));
                return default(Done);
            },
            cancellationToken)).OrThrow();

    /// <param name="LockedUntil">Until when the account is locked if this was the last attempt; null where it was not counted.</param>
    private sealed record Attempt(bool IsTooMany, bool IsAllowed, DateTimeOffset? LockedUntil);
}
