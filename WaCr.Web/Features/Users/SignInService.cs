using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Features.Audit;

namespace WaCr.Web.Features.Users;

public enum SignInOutcome
{
    /// <summary>Unknown address, wrong password or code, or locked account; the caller does not learn which.</summary>
    Refused = 0,
    SignedIn = 1,

    /// <summary>Signed in; several workspaces to choose from.</summary>
    ChooseWorkspace = 2,

    /// <summary>The password is right, but the user has no workspace.</summary>
    NoWorkspace = 3,

    /// <summary>The password is right; the authenticator code is still needed.</summary>
    NeedsCode = 4,

    /// <summary>Too many attempts from this address within the minute; nothing was checked.</summary>
    TooMany = 5,
}

/// <param name="Language">The user's language for the staff app; null if none was chosen or it is not known yet.</param>
public sealed record SignInAnswer(SignInOutcome Outcome, string? Language = null);

/// <summary>Sign-in and sign-out. The cookie holds user, chosen workspace and session.</summary>
public sealed class SignInService(
    SignInManager<AppUser> cookies, UserManager<AppUser> users, UserQueries queries, TwoFactorService twoFactor, PasswordGuard passwords,
    IHalfwaySignIn halfway, SessionService sessions, SessionTickets tickets, SecurityEvents events)
{
    private const string ByPassword = "password";
    private const string ByCode = "password_and_code";
    private const string ByPasskey = "passkey";

    public async Task<SignInAnswer> SignInAsync(string email, string password, bool remember, CancellationToken cancellationToken)
    {
        var user = await users.FindByEmailAsync(email.Trim());
        var verdict = await passwords.CheckAsync(user, password, cancellationToken);
        if (verdict != PasswordVerdict.Right)
        {
            return new SignInAnswer(verdict == PasswordVerdict.TooMany ? SignInOutcome.TooMany : SignInOutcome.Refused);
        }

        if (!await cookies.IsTwoFactorEnabledAsync(user!))
        {
            return await EnterAsync(user!, remember, ByPassword, cancellationToken);
        }

        // A five-minute cookie remembers who gave the right password; it gives no access.
        await halfway.NoteAsync(user!);
        return new SignInAnswer(SignInOutcome.NeedsCode);
    }

    /// <summary>Whether a right password was given a moment ago and the code is still missing.</summary>
    public async Task<bool> AwaitsCodeAsync() => await cookies.GetTwoFactorAuthenticationUserAsync() is not null;

    /// <param name="code">Authenticator or recovery code. Wrong codes lock the account like wrong passwords.</param>
    /// <param name="remember">As chosen with the password.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<SignInAnswer> SignInWithCodeAsync(string code, bool remember, CancellationToken cancellationToken)
    {
        if (await cookies.GetTwoFactorAuthenticationUserAsync() is not { } user)
        {
            return new SignInAnswer(SignInOutcome.Refused);
        }

        var attempt = await passwords.TryCodeAsync(user, cancellationToken);
        if (attempt.IsTooMany)
        {
            return new SignInAnswer(SignInOutcome.TooMany);
        }

        if (!attempt.IsAllowed || !await twoFactor.UseAsync(user, code))
        {
            passwords.CountRefused(user, attempt);
            return new SignInAnswer(SignInOutcome.Refused);
        }

        await passwords.ResetCountAsync(user.Id, attempt, cancellationToken);
        await cookies.SignOutAsync(); // the note of the right password is no longer needed
        return await EnterAsync(user, remember, ByCode, cancellationToken);
    }

    /// <summary>WebAuthn options for signing in; the passkey itself names its user.</summary>
    public Task<string> PasskeyRequestAsync() => cookies.MakePasskeyRequestOptionsAsync(user: null);

    /// <summary>A passkey cannot be guessed, so it also works while wrong passwords have locked the account.</summary>
    /// <param name="credential">JSON from the browser.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<SignInAnswer> SignInWithPasskeyAsync(string credential, CancellationToken cancellationToken)
    {
        if (await ReadPasskeyAsync(credential) is not { } user || !await cookies.CanSignInAsync(user))
        {
            passwords.CountRefused(null);
            return new SignInAnswer(SignInOutcome.Refused);
        }

        await cookies.SignOutAsync();
        return await EnterAsync(user, remember: false, ByPasskey, cancellationToken);
    }

    /// <summary>Asks for the password again before changes of sign-in methods.</summary>
    public async Task<PasswordVerdict> ConfirmAsync(ClaimsPrincipal principal, string password, CancellationToken cancellationToken)
    {
        if (await users.GetUserAsync(principal) is not { } user)
        {
            return PasswordVerdict.Wrong;
        }

        var verdict = await passwords.CheckAsync(user, password, cancellationToken);
        if (verdict == PasswordVerdict.Right)
        {
            await sessions.ConfirmAsync(principal, cancellationToken);
        }

        return verdict;
    }

    /// <summary>The same with one of the user's passkeys.</summary>
    public async Task<bool> ConfirmWithPasskeyAsync(ClaimsPrincipal principal, string credential, CancellationToken cancellationToken)
    {
        if (await ReadPasskeyAsync(credential) is not { } user || user.Id != principal.UserId())
        {
            passwords.CountRefused(await users.GetUserAsync(principal));
            return false;
        }

        await sessions.ConfirmAsync(principal, cancellationToken);
        return true;
    }

    /// <summary>False if the user is not in this workspace.</summary>
    public async Task<bool> ChooseAsync(ClaimsPrincipal principal, long tenantId, CancellationToken cancellationToken)
    {
        var user = await users.GetUserAsync(principal);
        if (user is null || !(await queries.WorkspacesOfAsync(user.Id, cancellationToken)).Any(workspace => workspace.TenantId == tenantId))
        {
            return false;
        }

        await tickets.ReissueAsync(user, principal, tenantId);
        return true;
    }

    /// <summary>Keeps this session after an account change that ended all others.</summary>
    public async Task ContinueAsync(ClaimsPrincipal principal)
    {
        if (await users.GetUserAsync(principal) is { } user)
        {
            await tickets.ReissueAsync(user, principal, principal.ChosenTenantId());
        }
    }

    /// <summary>Ends the session on the server, so that a copy of its cookie is useless.</summary>
    public async Task SignOutAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.SessionId() is { } id)
        {
            await sessions.EndAsync(principal, id, cancellationToken);
            await events.RecordOfAccountAsync(AuditAction.SignedOut, principal.UserId() ?? 0);
        }

        await cookies.SignOutAsync();
    }

    /// <summary>Ends all of the user's sessions, including this one.</summary>
    public async Task SignOutEverywhereAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.UserId() is { } userId)
        {
            await sessions.EndAllAsync(userId, except: null, cancellationToken);
            await events.RecordOfAccountAsync(AuditAction.SessionsEnded, userId);
        }

        await cookies.SignOutAsync();
    }

    private async Task<AppUser?> ReadPasskeyAsync(string credential)
    {
        if (credential.Length == 0)
        {
            return null; // sent without scripts
        }

        PasskeyAssertionResult<AppUser> assertion;
        try
        {
            assertion = await cookies.PerformPasskeyAssertionAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // This browser requested no options within the last minutes.
            return null;
        }

        if (!assertion.Succeeded)
        {
            return null;
        }

        await users.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey); // its signature counter has changed
        return assertion.User;
    }

    private async Task<SignInAnswer> EnterAsync(AppUser user, bool remember, string way, CancellationToken cancellationToken)
    {
        var answer = await tickets.StartAsync(user, remember, way, cameWithPasskey: way == ByPasskey, cancellationToken);
        if (answer.Outcome == SignInOutcome.NoWorkspace)
        {
            passwords.CountRefused(user);
        }

        return answer;
    }
}
