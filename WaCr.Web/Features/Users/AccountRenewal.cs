using Microsoft.AspNetCore.Identity;

namespace WaCr.Web.Features.Users;

/// <summary>
/// Secures an account that somebody else may have access to: sets a new password and removes all passkeys, second factors and sessions.
/// </summary>
public sealed class AccountRenewal(UserManager<AppUser> users, PasskeyService passkeys, TwoFactorService twoFactor, AccountNotices notices)
{
    internal async Task<Result<Done>> RenewAsync(AppUser user, string password, Guid? session, CancellationToken cancellationToken)
    {
        var reset = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
        if (!reset.Succeeded)
        {
            return PasswordRules.Refusal(reset);
        }

        await passkeys.RemoveOthersAsync(user, []);
        await twoFactor.RemoveAsync(user);
        user.EmailConfirmed = true;
        await users.UpdateAsync(user);
        await notices.NotifyAsync(user.Id, AuditAction.PasswordChanged, session, cancellationToken);
        return default(Done);
    }
}
