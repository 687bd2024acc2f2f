using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;

namespace WaCr.Web.Components.Account;

/// <summary>Opens the workspace's door for a circuit, before its first component is made.</summary>
public sealed class WorkspaceCircuit(AuthenticationStateProvider authentication, WorkspaceDoor door) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (user.UserId() is { } userId && user.ChosenTenantId() is { } tenantId)
        {
            await door.EnterAsync(userId, tenantId, cancellationToken);
        }
    }
}
