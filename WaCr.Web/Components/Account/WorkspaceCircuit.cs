using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Components.Account;

/// <summary>Enters the user's workspace for a circuit, before its first component is created.</summary>
public sealed class WorkspaceCircuit(AuthenticationStateProvider authentication, WorkspaceSession workspace, TenantContext tenant)
    : CircuitHandler
{
    private static readonly Task<AuthenticationState> Nobody = Task.FromResult(
        new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));

    /// <summary>Ignores what a page sends after its user lost access.</summary>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next) =>
        activity => tenant.IsLeft ? Task.CompletedTask : next(activity);

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        (authentication as SessionRevalidation)?.Follow(user); // first, so that no change between check and answer is missed
        try
        {
            if (user.UserId() is not null
                && user.ChosenTenantId() is not null
                && await workspace.EnterAsync(user, cancellationToken) != WorkspaceEntry.Entered)
            {
                // Access was revoked since the page was rendered: components see an anonymous user, and the session ends.
                ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(Nobody);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page was closed before its circuit started; nobody got access.
        }
    }
}
