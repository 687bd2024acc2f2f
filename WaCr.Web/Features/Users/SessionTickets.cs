using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Features.Audit;

namespace WaCr.Web.Features.Users;

/// <summary>The session cookie: session id, chosen workspace, and how the user signed in.</summary>
public sealed class SessionTickets(
    SignInManager<AppUser> cookies, UserQueries queries, SessionService sessions, DeviceTokens devices, RequestOrigin origin,
    SecurityEvents events)
{
    /// <summary>Starts a session for a user who has proven their identity.</summary>
    /// <param name="user">The user.</param>
    /// <param name="remember">Whether the cookie outlives the browser.</param>
    /// <param name="way">Sign-in method, for the history.</param>
    /// <param name="cameWithPasskey">Whether a passkey was used.</param>
    /// <param name="cancellationToken">Of the request.</param>
    internal async Task<SignInAnswer> StartAsync(
        AppUser user, bool remember, string way, bool cameWithPasskey, CancellationToken cancellationToken)
    {
        var workspaces = await queries.WorkspacesOfAsync(user.Id, cancellationToken);
        if (workspaces.Count == 0)
        {
            return new SignInAnswer(SignInOutcome.NoWorkspace);
        }

        var only = workspaces.Count == 1 ? workspaces[0].TenantId : (long?)null;
        var session = await sessions.StartAsync(user.Id, remember, cancellationToken);
        await IssueAsync(user, new Ticket(session, only, remember, cameWithPasskey));
        origin.NewDeviceToken = devices.Read(origin.DeviceToken, user.Id) is null ? devices.Create(user.Id) : null;
        await events.RecordOfAccountAsync(AuditAction.SignedIn, user.Id, new Dictionary<string, object?> { ["way"] = way });
        return new SignInAnswer(only is null ? SignInOutcome.ChooseWorkspace : SignInOutcome.SignedIn,
            user.Language ?? (only is null ? null : workspaces[0].Language));
    }

    /// <summary>Issues the cookie again, for this workspace.</summary>
    internal Task ReissueAsync(AppUser user, ClaimsPrincipal principal, long? tenantId) =>
        IssueAsync(user, new Ticket(principal.SessionId(), tenantId, principal.IsRemembered(), principal.CameWithPasskey()));

    private Task IssueAsync(AppUser user, Ticket ticket)
    {
        var claims = new List<Claim>();
        Add(SessionClaims.Session, ticket.SessionId?.ToString("N"));
        Add(SessionClaims.TenantId, ticket.TenantId?.ToString(CultureInfo.InvariantCulture));
        Add(SessionClaims.Remembered, ticket.IsRemembered ? "1" : null);
        Add(SessionClaims.Passkey, ticket.CameWithPasskey ? "1" : null);
        return cookies.SignInWithClaimsAsync(user, ticket.IsRemembered, claims);

        void Add(string type, string? value)
        {
            if (value is not null)
            {
                claims.Add(new Claim(type, value));
            }
        }
    }

    private sealed record Ticket(Guid? SessionId, long? TenantId, bool IsRemembered, bool CameWithPasskey);
}
