using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WaCr.Web.Data;

namespace WaCr.Web.Hosting;

/// <summary>Degraded while WhatsApp refuses an access token, the one failure there that needs a person.</summary>
internal sealed class ChannelHealth(IDbContextFactory<AppDbContext> contexts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // The tenant filter is lifted because the operator has no tenant; only a count is read.
        var refused = await db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .CountAsync(channel => channel.CredentialRefusedAt != null, cancellationToken);
        return refused == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"WhatsApp refuses the access tokens of {refused} channels.");
    }
}
