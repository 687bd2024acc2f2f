using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Domain;
using WaCr.Web.Security;

namespace WaCr.Web.Features.Users;

public enum SignInOutcome
{
    /// <summary>Unknown address, wrong password or a locked account: nobody is told which.</summary>
    Refused = 0,
    SignedIn = 1,

    /// <summary>Signed in, with several workspaces to choose from.</summary>
    ChooseWorkspace = 2,

    /// <summary>The password is right, and no workspace lets this person in.</summary>
    NoWorkspace = 3,
}

/// <summary>Sessions of people: a cookie that says who it is and which workspace was chosen.</summary>
public sealed class SignInService(
    SignInManager<AppUser> sessions, UserManager<AppUser> users, UserQueries queries, IPasswordHasher<AppUser> passwords)
{
    // Verified where there is no password to verify, so that the time taken does not tell who has an account.
    private static readonly AppUser Nobody = new();
    private static string? _nobodysHash;

    public async Task<SignInOutcome> SignInAsync(string email, string password, bool remember, CancellationToken cancellationToken)
    {
        var user = await users.FindByEmailAsync(email.Trim());
        if (user is null || await users.IsLockedOutAsync(user))
        {
            _nobodysHash ??= passwords.HashPassword(Nobody, Guid.NewGuid().ToString());
            passwords.VerifyHashedPassword(Nobody, _nobodysHash, password);
            return SignInOutcome.Refused;
        }

        var verdict = await sessions.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!verdict.Succeeded)
        {
            return SignInOutcome.Refused;
        }

        var workspaces = await queries.WorkspacesOfAsync(user.Id, cancellationToken);
        switch (workspaces)
        {
            case []:
                return SignInOutcome.NoWorkspace;
            case [var only]:
                await StartAsync(user, only.TenantId, remember);
                return SignInOutcome.SignedIn;
            default:
                await StartAsync(user, null, remember);
                return SignInOutcome.ChooseWorkspace;
        }
    }

    /// <summary>False where the workspace is not one of this person's.</summary>
    public async Task<bool> ChooseAsync(ClaimsPrincipal principal, long tenantId, CancellationToken cancellationToken)
    {
        var user = await users.GetUserAsync(principal);
        if (user is null || !(await queries.WorkspacesOfAsync(user.Id, cancellationToken)).Any(workspace => workspace.TenantId == tenantId))
        {
            return false;
        }

        await StartAsync(user, tenantId, remember: false);
        return true;
    }

    public Task SignOutAsync() => sessions.SignOutAsync();

    /// <summary>False once the password changed or the account is gone since the session began.</summary>
    public async Task<bool> IsCurrentAsync(ClaimsPrincipal principal) => await sessions.ValidateSecurityStampAsync(principal) is not null;

    private Task StartAsync(AppUser user, long? tenantId, bool remember) =>
        sessions.SignInWithClaimsAsync(
            user, remember, tenantId is { } id ? [new Claim(SessionClaims.TenantId, id.ToString(CultureInfo.InvariantCulture))] : []);
}
