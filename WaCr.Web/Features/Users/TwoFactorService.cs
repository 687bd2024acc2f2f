using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Users;

/// <param name="PendingKey">What an authenticator app is to be given, while setting up is not finished.</param>
public sealed record TwoFactorDetails(string Email, bool IsOn, string? PendingKey, int RecoveryCodesLeft);

/// <summary>A person's authenticator app, and the codes for when it is lost. About the account, so no workspace comes into it.</summary>
public sealed class TwoFactorService(UserManager<AppUser> users, SignInManager<AppUser> sessions)
{
    private const int RecoveryCodes = 10;
    private const string Ours = "[WaCr]";
    private const string LastCode = "LastCode";

    public async Task<TwoFactorDetails?> GetAsync(ClaimsPrincipal principal)
    {
        if (await users.GetUserAsync(principal) is not { } user)
        {
            return null;
        }

        var key = user.TwoFactorEnabled ? null : await users.GetAuthenticatorKeyAsync(user);
        return new TwoFactorDetails(user.Email!, user.TwoFactorEnabled, key, await users.CountRecoveryCodesAsync(user));
    }

    /// <summary>Makes a key for an app. It holds nobody up until a code of it was right.</summary>
    public async Task<Result<Done>> BeginAsync(ClaimsPrincipal principal)
    {
        if (await users.GetUserAsync(principal) is not { TwoFactorEnabled: false } user)
        {
            return UserErrors.NotFound;
        }

        return Answer(await users.ResetAuthenticatorKeyAsync(user));
    }

    /// <summary>Turns it on; answers the recovery codes, which are shown this once.</summary>
    public async Task<Result<IReadOnlyList<string>>> ConfirmAsync(ClaimsPrincipal principal, string code)
    {
        if (await users.GetUserAsync(principal) is not { TwoFactorEnabled: false } user)
        {
            return UserErrors.NotFound;
        }

        if (!await UseAppCodeAsync(user, code))
        {
            return new ValidationError("code", UserErrors.CodeWrong);
        }

        await users.SetTwoFactorEnabledAsync(user, true);
        return await NewCodesAsync(user);
    }

    public async Task<Result<IReadOnlyList<string>>> RenewRecoveryCodesAsync(ClaimsPrincipal principal, string password)
    {
        var owner = await WithPasswordAsync(principal, password);
        return owner.Succeeded ? await NewCodesAsync(owner.Value) : owner.Error;
    }

    public async Task<Result<Done>> DisableAsync(ClaimsPrincipal principal, string password)
    {
        var owner = await WithPasswordAsync(principal, password);
        if (!owner.Succeeded)
        {
            return owner.Error;
        }

        // The old app's key is worth nothing from now on.
        await users.SetTwoFactorEnabledAsync(owner.Value, false);
        await users.RemoveAuthenticationTokenAsync(owner.Value, "[AspNetUserStore]", "AuthenticatorKey");
        return Answer(await users.UpdateSecurityStampAsync(owner.Value));
    }

    /// <summary>A code of the app or a recovery code; neither is right a second time.</summary>
    internal async Task<bool> UseAsync(AppUser user, string code) =>
        await UseAppCodeAsync(user, code) || (await users.RedeemTwoFactorRecoveryCodeAsync(user, code.Trim().ToUpperInvariant())).Succeeded;

    private async Task<bool> UseAppCodeAsync(AppUser user, string code)
    {
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        if (digits == await users.GetAuthenticationTokenAsync(user, Ours, LastCode)
            || !await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, digits))
        {
            return false;
        }

        // Whoever looked over a shoulder can't use it again. Of two at once the second fails on the account's stamp.
        return (await users.SetAuthenticationTokenAsync(user, Ours, LastCode, digits)).Succeeded;
    }

    private async Task<Result<AppUser>> WithPasswordAsync(ClaimsPrincipal principal, string password)
    {
        if (await users.GetUserAsync(principal) is not { } user)
        {
            return UserErrors.NotFound;
        }

        var verdict = await sessions.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        return verdict.Succeeded ? user : new ValidationError("password", UserErrors.PasswordWrong);
    }

    private async Task<Result<IReadOnlyList<string>>> NewCodesAsync(AppUser user) =>
        (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes))?.ToList() ?? [];

    private static Result<Done> Answer(IdentityResult result) => result.Succeeded ? default(Done) : UserErrors.NotFound;
}
