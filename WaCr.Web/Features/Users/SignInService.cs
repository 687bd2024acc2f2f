using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Domain;
using WaCr.Web.Security;

namespace WaCr.Web.Features.Users;

public enum SignInOutcome
{
    /// <summary>Unknown address, wrong password or code, or a locked account: nobody is told which.</summary>
    Refused = 0,
    SignedIn = 1,

    /// <summary>Signed in, with several workspaces to choose from.</summary>
    ChooseWorkspace = 2,

    /// <summary>The password is right, and no workspace lets this person in.</summary>
    NoWorkspace = 3,

    /// <summary>The password is right; nobody is signed in before a code of the authenticator app is, too.</summary>
    NeedsCode = 4,
}

/// <param name="Language">What the person chose for the staff app; null: nothing, or not known yet.</param>
public sealed record SignInAnswer(SignInOutcome Outcome, string? Language = null);

/// <summary>Sessions of people: a cookie that says who it is and which workspace was chosen.</summary>
public sealed class SignInService(
    SignInManager<AppUser> sessions, UserManager<AppUser> users, UserQueries queries, TwoFactorService twoFactor, IPasswordHasher<AppUser> passwords)
{
    // Verified where there is no password to verify, so that the time taken does not tell who has an account.
    private static readonly AppUser Nobody = new();
    private static string? _nobodysHash;

    public async Task<SignInAnswer> SignInAsync(string email, string password, bool remember, CancellationToken cancellationToken)
    {
        var user = await users.FindByEmailAsync(email.Trim());
        if (user is null || await users.IsLockedOutAsync(user))
        {
            _nobodysHash ??= passwords.HashPassword(Nobody, Guid.NewGuid().ToString());
            passwords.VerifyHashedPassword(Nobody, _nobodysHash, password);
            return new SignInAnswer(SignInOutcome.Refused);
        }

        if (await sessions.IsTwoFactorEnabledAsync(user))
        {
            // Notes in a cookie of five minutes who gave the right password; that opens nothing.
            var half = await sessions.PasswordSignInAsync(user, password, remember, lockoutOnFailure: true);
            return new SignInAnswer(half.RequiresTwoFactor ? SignInOutcome.NeedsCode : SignInOutcome.Refused);
        }

        var verdict = await sessions.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        return verdict.Succeeded ? await EnterAsync(user, remember, withPasskey: false, cancellationToken) : new SignInAnswer(SignInOutcome.Refused);
    }

    /// <summary>Whether a right password was given a moment ago, and its code is still missing.</summary>
    public async Task<bool> AwaitsCodeAsync() => await sessions.GetTwoFactorAuthenticationUserAsync() is not null;

    /// <param name="code">Of the authenticator app, or a recovery code. Wrong ones lock the account like wrong passwords.</param>
    /// <param name="remember">As chosen beside the password.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<SignInAnswer> SignInWithCodeAsync(string code, bool remember, CancellationToken cancellationToken)
    {
        var user = await sessions.GetTwoFactorAuthenticationUserAsync();
        if (user is null || await users.IsLockedOutAsync(user))
        {
            return new SignInAnswer(SignInOutcome.Refused);
        }

        if (!await twoFactor.UseAsync(user, code))
        {
            await users.AccessFailedAsync(user);
            return new SignInAnswer(SignInOutcome.Refused);
        }

        await users.ResetAccessFailedCountAsync(user);
        await sessions.SignOutAsync(); // the note of the right password has served
        return await EnterAsync(user, remember, withPasskey: false, cancellationToken);
    }

    /// <summary>What the browser needs to ask for a passkey; whose it is, the passkey says.</summary>
    public Task<string> PasskeyRequestAsync() => sessions.MakePasskeyRequestOptionsAsync(user: null);

    /// <param name="credential">JSON, as the browser gave it.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<SignInAnswer> SignInWithPasskeyAsync(string credential, CancellationToken cancellationToken)
    {
        PasskeyAssertionResult<AppUser> assertion;
        try
        {
            assertion = await sessions.PerformPasskeyAssertionAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // No request was made in this browser within the last minutes.
            return new SignInAnswer(SignInOutcome.Refused);
        }

        if (!assertion.Succeeded || await users.IsLockedOutAsync(assertion.User) || !await sessions.CanSignInAsync(assertion.User))
        {
            return new SignInAnswer(SignInOutcome.Refused);
        }

        await users.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey); // its counter has moved on
        await sessions.SignOutAsync();
        return await EnterAsync(assertion.User, remember: false, withPasskey: true, cancellationToken);
    }

    /// <summary>False where the workspace is not one of this person's.</summary>
    public async Task<bool> ChooseAsync(ClaimsPrincipal principal, long tenantId, CancellationToken cancellationToken)
    {
        var user = await users.GetUserAsync(principal);
        if (user is null || !(await queries.WorkspacesOfAsync(user.Id, cancellationToken)).Any(workspace => workspace.TenantId == tenantId))
        {
            return false;
        }

        await StartAsync(user, tenantId, principal.IsRemembered(), principal.CameWithPasskey());
        return true;
    }

    /// <summary>Goes on with this session after a change that ended all of the person's.</summary>
    public async Task ContinueAsync(ClaimsPrincipal principal)
    {
        if (await users.GetUserAsync(principal) is { } user)
        {
            await StartAsync(user, principal.ChosenTenantId(), principal.IsRemembered(), principal.CameWithPasskey());
        }
    }

    public Task SignOutAsync() => sessions.SignOutAsync();

    /// <summary>False once the password changed or the account is gone since the session began.</summary>
    public async Task<bool> IsCurrentAsync(ClaimsPrincipal principal) => await sessions.ValidateSecurityStampAsync(principal) is not null;

    private async Task<SignInAnswer> EnterAsync(AppUser user, bool remember, bool withPasskey, CancellationToken cancellationToken)
    {
        var workspaces = await queries.WorkspacesOfAsync(user.Id, cancellationToken);
        if (workspaces.Count == 0)
        {
            return new SignInAnswer(SignInOutcome.NoWorkspace);
        }

        var only = workspaces.Count == 1 ? workspaces[0].TenantId : (long?)null;
        await StartAsync(user, only, remember, withPasskey);
        return new SignInAnswer(only is null ? SignInOutcome.ChooseWorkspace : SignInOutcome.SignedIn, user.Language);
    }

    private Task StartAsync(AppUser user, long? tenantId, bool remember, bool withPasskey)
    {
        var claims = new List<Claim>();
        if (tenantId is { } id)
        {
            claims.Add(new Claim(SessionClaims.TenantId, id.ToString(CultureInfo.InvariantCulture)));
        }

        if (remember)
        {
            claims.Add(new Claim(SessionClaims.Remembered, "1"));
        }

        if (withPasskey)
        {
            claims.Add(new Claim(SessionClaims.Passkey, "1"));
        }

        return sessions.SignInWithClaimsAsync(user, remember, claims);
    }
}
