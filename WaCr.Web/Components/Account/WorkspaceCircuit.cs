using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Components.Account;

/// <summary>Opens the workspace's door for a circuit, before its first component is made.</summary>
public sealed class WorkspaceCircuit(AuthenticationStateProvider authentication, WorkspaceSession door, TenantContext tenant) : CircuitHandler
{
    private static readonly Task<AuthenticationState> Nobody = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));

    /// <summary>What a page sends after its person lost access is not even looked at.</summary>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        activity => tenant.IsLeft ? Task.CompletedTask : next(activity);

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        (authentication as SessionRevalidation)?.Follow(user); // first, so that nothing is missed between the question and the answer
        try
        {
            if (user.UserId() is not null && user.ChosenTenantId() is not null && await door.EnterAsync(user, cancellationToken) != WorkspaceEntry.Entered)
            {
                // Out since the page was rendered, a moment ago: to the components nobody is signed in, and the session ends.
                ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(Nobody);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page was left before it came alive: no fault, and nobody was let in.
        }
    }
}
