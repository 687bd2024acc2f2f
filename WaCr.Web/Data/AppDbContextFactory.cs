using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Data;

/// <summary>Leases pooled contexts of the configured engine, each bound to this scope's tenant.</summary>
internal sealed class AppDbContextFactory<TContext>(
    IDbContextFactory<TContext> pool, TenantContext tenant, TimeProvider time, WebhookSubscriptions subscriptions,
    SqliteConnections? connections = null)
    : IDbContextFactory<AppDbContext>
    where TContext : AppDbContext
{
    public AppDbContext CreateDbContext()
    {
        var context = pool.CreateDbContext();
        if (context is SqliteAppDbContext sqlite)
        {
            connections?.Configure(sqlite);
        }

        context.EventSubscriptions = subscriptions;
        context.Bind(tenant, time);
        return context;
    }
}
