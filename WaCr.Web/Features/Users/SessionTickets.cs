using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Domain;
using WaCr.Web.Features.Audit;
using WaCr.Web.Security;

namespace WaCr.Web.Features.Users;

/// <summary>The cookie of a session: which session it is, which workspace was chosen, and how its person came in.</summary>
public sealed class SessionTickets(
    SignInManager<AppUser> cookies, UserQueries queries, SessionService sessions, DeviceTokens devices, RequestOrigin origin, SecurityEvents events)
{
    /// <summary>A new session of somebody who has shown who they are.</summary>
    /// <param name="user">Who it is.</param>
    /// <param name="remember">Whether the session outlives the browser.</param>
    /// <param name="way">How they signed in, for the history.</param>
    /// <param name="cameWithPasskey">Whether that was with a passkey.</param>
    /// <param name="cancellationToken">Of the request.</param>
    internal async Task<SignInAnswer> StartAsync(AppUser user, bool remember, string way, bool cameWithPasskey, CancellationToken cancellationToken)
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
        return new SignInAnswer(only is null ? SignInOutcome.ChooseWorkspace : SignInOutcome.SignedIn, user.Language);
    }

    /// <summary>The same session, in this workspace.</summary>
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
