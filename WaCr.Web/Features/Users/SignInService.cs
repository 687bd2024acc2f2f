using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Domain;
using WaCr.Web.Features.Audit;
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

    /// <summary>Too many tries from there within the minute; nothing was looked at.</summary>
    TooMany = 5,
}

/// <param name="Language">What the person chose for the staff app; null: nothing, or not known yet.</param>
public sealed record SignInAnswer(SignInOutcome Outcome, string? Language = null);

/// <summary>The way in and out: a cookie that says who it is, which workspace was chosen, and which session it is.</summary>
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

        // Notes in a cookie of five minutes who gave the right password; that opens nothing.
        await halfway.NoteAsync(user!);
        return new SignInAnswer(SignInOutcome.NeedsCode);
    }

    /// <summary>Whether a right password was given a moment ago, and its code is still missing.</summary>
    public async Task<bool> AwaitsCodeAsync() => await cookies.GetTwoFactorAuthenticationUserAsync() is not null;

    /// <param name="code">Of the authenticator app, or a recovery code. Wrong ones lock the account like wrong passwords.</param>
    /// <param name="remember">As chosen beside the password.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<SignInAnswer> SignInWithCodeAsync(string code, bool remember, CancellationToken cancellationToken)
    {
        if (await cookies.GetTwoFactorAuthenticationUserAsync() is not { } user)
        {
            return new SignInAnswer(SignInOutcome.Refused);
        }

        var attempt = await passwords.TryCodeAsync(user, cancellationToken);
        if (attempt == PasswordVerdict.TooMany)
        {
            return new SignInAnswer(SignInOutcome.TooMany);
        }

        if (attempt != PasswordVerdict.Right || !await twoFactor.UseAsync(user, code))
        {
            passwords.Count(user, isLocked: attempt != PasswordVerdict.Right);
            return new SignInAnswer(SignInOutcome.Refused);
        }

        await passwords.ForgiveAsync(user.Id, cancellationToken);
        await cookies.SignOutAsync(); // the note of the right password has served
        return await EnterAsync(user, remember, ByCode, cancellationToken);
    }

    /// <summary>What the browser needs to ask for a passkey; whose it is, the passkey says.</summary>
    public Task<string> PasskeyRequestAsync() => cookies.MakePasskeyRequestOptionsAsync(user: null);

    /// <summary>A passkey can't be guessed, so it opens an account that wrong passwords have locked, too.</summary>
    /// <param name="credential">JSON, as the browser gave it.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<SignInAnswer> SignInWithPasskeyAsync(string credential, CancellationToken cancellationToken)
    {
        if (await ReadPasskeyAsync(credential) is not { } user || !await cookies.CanSignInAsync(user))
        {
            passwords.Count(null);
            return new SignInAnswer(SignInOutcome.Refused);
        }

        await cookies.SignOutAsync();
        return await EnterAsync(user, remember: false, ByPasskey, cancellationToken);
    }

    /// <summary>The password once more, before the session may change how the account is signed in to.</summary>
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

    /// <summary>The same with one of the person's passkeys.</summary>
    public async Task<bool> ConfirmWithPasskeyAsync(ClaimsPrincipal principal, string credential, CancellationToken cancellationToken)
    {
        if (await ReadPasskeyAsync(credential) is not { } user || user.Id != principal.UserId())
        {
            passwords.Count(await users.GetUserAsync(principal));
            return false;
        }

        await sessions.ConfirmAsync(principal, cancellationToken);
        return true;
    }

    /// <summary>False where the workspace is not one of this person's.</summary>
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

    /// <summary>Goes on with this session after a change of the account that ended all the others.</summary>
    public async Task ContinueAsync(ClaimsPrincipal principal)
    {
        if (await users.GetUserAsync(principal) is { } user)
        {
            await tickets.ReissueAsync(user, principal, principal.ChosenTenantId());
        }
    }

    /// <summary>Ends the session itself: a copy of its cookie is worth nothing from now on.</summary>
    public async Task SignOutAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.SessionId() is { } id)
        {
            await sessions.EndAsync(principal, id, cancellationToken);
            await events.RecordOfAccountAsync(AuditAction.SignedOut, principal.UserId() ?? 0);
        }

        await cookies.SignOutAsync();
    }

    /// <summary>Ends all of the person's sessions, this one included.</summary>
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
        PasskeyAssertionResult<AppUser> assertion;
        try
        {
            assertion = await cookies.PerformPasskeyAssertionAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // No request was made in this browser within the last minutes.
            return null;
        }

        if (!assertion.Succeeded)
        {
            return null;
        }

        await users.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey); // its counter has moved on
        return assertion.User;
    }

    private async Task<SignInAnswer> EnterAsync(AppUser user, bool remember, string way, CancellationToken cancellationToken)
    {
        var answer = await tickets.StartAsync(user, remember, way, cameWithPasskey: way == ByPasskey, cancellationToken);
        if (answer.Outcome == SignInOutcome.NoWorkspace)
        {
            passwords.Count(user);
        }

        return answer;
    }
}
