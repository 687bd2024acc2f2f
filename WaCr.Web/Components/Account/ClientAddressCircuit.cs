using Microsoft.AspNetCore.Components.Server.Circuits;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Components.Account;

/// <summary>Notes for the audit trail from where a circuit was opened; null where the connection does not say.</summary>
public sealed class ClientAddressCircuit(TenantContext tenant, IHttpContextAccessor requests) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        tenant.ClientAddress = ClientAddress.Of(requests.HttpContext?.Connection.RemoteIpAddress);
        return Task.CompletedTask;
    }
}
