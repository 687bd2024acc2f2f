using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Users;

/// <param name="PendingKey">Key for the authenticator app during setup.</param>
public sealed record TwoFactorDetails(string Email, bool IsOn, string? PendingKey, int RecoveryCodesLeft);

/// <summary>A user's authenticator app and recovery codes. They belong to the account, so no workspace is involved.</summary>
public sealed class TwoFactorService(
    UserManager<AppUser> users, IUserStore<AppUser> store, SessionService sessions, AccountReset reset, AccountNotices notices)
{
    private const int RecoveryCodes = 10;
    private const string Ours = "[WaCr]";

    /// <summary>The token that holds the code used last.</summary>
    internal const string LastCode = "LastCode";

    public async Task<TwoFactorDetails?> GetAsync(ClaimsPrincipal principal)
    {
        if (await users.GetUserAsync(principal) is not { } user)
        {
            return null;
        }

        var key = user.TwoFactorEnabled ? null : await users.GetAuthenticatorKeyAsync(user);
        return new TwoFactorDetails(user.Email!, user.TwoFactorEnabled, key, await users.CountRecoveryCodesAsync(user));
    }

    /// <summary>
    /// Creates a key for an app. Not required at sign-in until one code was right, so it ends no session: the store and not
    /// <see cref="UserManager{TUser}.ResetAuthenticatorKeyAsync"/>, which changes the security stamp.
    /// </summary>
    public async Task<Result<Done>> BeginAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var owner = await ConfirmedAsync(principal, isOn: false, cancellationToken);
        if (!owner.Succeeded)
        {
            return owner.Error;
        }

        var keys = (IUserAuthenticatorKeyStore<AppUser>)store;
        await keys.SetAuthenticatorKeyAsync(owner.Value, users.GenerateNewAuthenticatorKey(), cancellationToken);
        return Answer(await users.UpdateAsync(owner.Value));
    }

    /// <summary>Turns it on; returns the recovery codes, shown only once.</summary>
    public async Task<Result<IReadOnlyList<string>>> ConfirmAsync(
        ClaimsPrincipal principal, string code, CancellationToken cancellationToken)
    {
        var owner = await ConfirmedAsync(principal, isOn: false, cancellationToken);
        if (!owner.Succeeded)
        {
            return owner.Error;
        }

        if (!await UseAppCodeAsync(owner.Value, code))
        {
            return new ValidationError("code", UserErrors.CodeWrong);
        }

        // The codes first: without them it is not on. Both are refused if the account was saved elsewhere meanwhile; the next code works.
        var codes = await NewCodesAsync(owner.Value);
        if (!codes.Succeeded || !(await users.SetTwoFactorEnabledAsync(owner.Value, true)).Succeeded)
        {
            return new ValidationError("code", UserErrors.CodeWrong);
        }

        await notices.NotifyAsync(owner.Value.Id, AuditAction.TwoFactorAdded, principal.SessionId());
        return codes;
    }

    public async Task<Result<IReadOnlyList<string>>> RenewRecoveryCodesAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var owner = await ConfirmedAsync(principal, isOn: true, cancellationToken);
        if (!owner.Succeeded)
        {
            return owner.Error;
        }

        var codes = await NewCodesAsync(owner.Value);
        if (codes.Succeeded)
        {
            await notices.NotifyAsync(owner.Value.Id, AuditAction.RecoveryCodesRenewed, principal.SessionId());
        }

        return codes;
    }

    public async Task<Result<Done>> DisableAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var owner = await ConfirmedAsync(principal, isOn: true, cancellationToken);
        if (!owner.Succeeded)
        {
            return owner.Error;
        }

        await reset.RemoveTwoFactorAsync(owner.Value, cancellationToken);
        await notices.NotifyAsync(owner.Value.Id, AuditAction.TwoFactorRemoved, principal.SessionId());
        return default(Done);
    }

    /// <summary>Checks an app code or a recovery code; each works once.</summary>
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

        // A used code cannot be reused by an onlooker. Of two concurrent uses, the second fails on the account's stamp.
        return (await users.SetAuthenticationTokenAsync(user, Ours, LastCode, digits)).Succeeded;
    }

    private async Task<Result<AppUser>> ConfirmedAsync(ClaimsPrincipal principal, bool isOn, CancellationToken cancellationToken)
    {
        if (!await sessions.IsConfirmedAsync(principal, cancellationToken))
        {
            return UserErrors.ConfirmFirst;
        }

        return await users.GetUserAsync(principal) is { } user && user.TwoFactorEnabled == isOn ? user : UserErrors.NotFound;
    }

    private async Task<Result<IReadOnlyList<string>>> NewCodesAsync(AppUser user) =>
        await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes) is { } codes ? codes.ToList() : UserErrors.NotFound;

    private static Result<Done> Answer(IdentityResult result) => result.Succeeded ? default(Done) : UserErrors.NotFound;
}
