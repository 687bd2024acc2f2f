using Microsoft.AspNetCore.Components.Server.Circuits;

namespace WaCr.Web.Components.Account;

/// <summary>Records the address that opened the circuit, for the audit trail; null if the connection has none.</summary>
public sealed class ClientAddressCircuit(TenantContext tenant, IHttpContextAccessor requests) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        tenant.ClientAddress = ClientAddress.Of(requests.HttpContext?.Connection.RemoteIpAddress);
        return Task.CompletedTask;
    }
}
