using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Users;

/// <summary>
/// Sets new passwords and takes other ways into an account away. Each is one write, which a profile that is saved meanwhile can't make
/// fail: a new password never stands beside the passkey of whoever knew the old one.
/// </summary>
public sealed class AccountReset(UserManager<AppUser> users, IUserStore<AppUser> store, IDatabaseWriter writer, AccountNotices notices)
{
    /// <summary>Tokens of the second factor, by Identity and by us.</summary>
    internal static readonly IReadOnlyList<string> FactorTokens =
        [AccountStore.AuthenticatorKey, AccountStore.RecoveryCodes, TwoFactorService.LastCode];

    /// <summary>
    /// Secures an account that somebody else may have access to: sets a new password and removes all passkeys, second factors and sessions.
    /// </summary>
    internal Task<Result<Done>> RenewAsync(AppUser user, string password, Guid? session, CancellationToken cancellationToken) =>
        WriteAsync(user, password, keptPasskeys: [], isRenewed: true, session, cancellationToken);

    /// <summary>Sets a new password, lifts a lock, ends the sessions but <paramref name="session"/> and removes other passkeys.</summary>
    /// <param name="user">As read when its link or password was checked. Refused with LinkGone if its password, passkeys or second factor
    /// changed since.</param>
    /// <param name="password">New password.</param>
    /// <param name="keptPasskeys">Ids of passkeys the user recognised.</param>
    /// <param name="session">The session that stays signed in; null if none.</param>
    /// <param name="cancellationToken">Of the request.</param>
    internal Task<Result<Done>> SetPasswordAsync(
        AppUser user, string password, IReadOnlyCollection<string> keptPasskeys, Guid? session, CancellationToken cancellationToken) =>
        WriteAsync(user, password, keptPasskeys, isRenewed: false, session, cancellationToken);

    /// <summary>Removes the second factor with all that belongs to it, so that an old phone or recovery code is useless.</summary>
    internal async Task RemoveTwoFactorAsync(AppUser user, CancellationToken cancellationToken)
    {
        (await writer.WriteAsync<Done>(
            async db =>
            {
                await SecureAsync(db.Users.Where(u => u.Id == user.Id));
                await RemoveTwoFactorAsync(db, user.Id);
                return default(Done);
            },
            cancellationToken)).OrThrow();
        await ReloadAsync(user);
    }

    // Renewed: the owner of the address proves with it that the account is theirs.
    private async Task<Result<Done>> WriteAsync(
        AppUser user, string password, IReadOnlyCollection<string> keptPasskeys, bool isRenewed, Guid? session,
        CancellationToken cancellationToken)
    {
        var errors = await PasswordRules.CheckAsync(users, user, password);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        var (hash, seen) = (users.PasswordHasher.HashPassword(user, password), user.SecurityStamp);
        var kept = keptPasskeys.Where(id => Base64Url.IsValid(id)).Select(id => Base64Url.DecodeFromChars(id)).ToList();
        var changed = await writer.WriteAsync<Done>(
            async db =>
            {
                if (await SecureAsync(db.Users.Where(u => u.Id == user.Id && u.SecurityStamp == seen)) == 0)
                {
                    return UserErrors.LinkGone;
                }

                await db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(set => set
                    .SetProperty(u => u.PasswordHash, hash)
                    .SetProperty(u => u.EmailConfirmed, u => u.EmailConfirmed || isRenewed)
                    .SetProperty(u => u.AccessFailedCount, 0)
                    .SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null));
                await db.UserPasskeys.Where(passkey => passkey.UserId == user.Id && !kept.Contains(passkey.CredentialId))
                    .ExecuteDeleteAsync();
                if (isRenewed)
                {
                    await RemoveTwoFactorAsync(db, user.Id);
                }

                return default(Done);
            },
            cancellationToken);
        if (changed.Succeeded)
        {
            await ReloadAsync(user);
            await notices.NotifyAsync(user.Id, AuditAction.PasswordChanged, session);
        }

        return changed;
    }

    // New stamps end sessions and links, and refuse whoever read the account before and is about to save it.
    private static Task<int> SecureAsync(IQueryable<AppUser> account)
    {
        var (security, concurrency) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString());
        return account.ExecuteUpdateAsync(set => set
            .SetProperty(u => u.SecurityStamp, security)
            .SetProperty(u => u.ConcurrencyStamp, concurrency));
    }

    private static async Task RemoveTwoFactorAsync(AppDbContext db, long userId)
    {
        await db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(set => set.SetProperty(u => u.TwoFactorEnabled, false));
        await db.UserTokens.Where(token => token.UserId == userId && FactorTokens.Contains(token.Name)).ExecuteDeleteAsync();
    }

    // The request goes on with the account: it may get a new cookie.
    private Task ReloadAsync(AppUser user) => ((AccountStore)store).ReloadAsync(user);
}
