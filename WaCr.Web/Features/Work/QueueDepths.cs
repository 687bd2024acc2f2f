using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Work;

/// <param name="Due">Rows that wait for a process now; what is put off to later does not count.</param>
/// <param name="Age">How long the oldest of them has waited.</param>
public sealed record QueueDepth(string Queue, long Due, TimeSpan Age);

/// <summary>How much work waits, over all tenants, for the operator.</summary>
public sealed class QueueDepths(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    public const string Outbox = "outbox";

    public async Task<IReadOnlyList<QueueDepth>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        return
        [
            await OfAsync(Outbox, All<Message>(db).Where(row => row.State == OutboxState.Waiting).Select(row => row.DueAt)),
            await OfAsync("whatsapp events", All<WebhookEvent>(db).Select(row => row.DueAt)),
            await OfAsync("webhook deliveries", All<WebhookDelivery>(db).Where(row => row.State == DeliveryState.Waiting).Select(row => row.DueAt)),
            await OfAsync("bulk jobs", All<BulkJob>(db).Select(row => row.DueAt)),
            await OfAsync("pushes", All<PushMessage>(db).Select(row => row.DueAt)),
            await OfAsync("campaigns", All<Campaign>(db).Select(row => row.DueAt)),
        ];

        async Task<QueueDepth> OfAsync(string queue, IQueryable<DateTimeOffset?> times)
        {
            var due = times.Where(at => at <= now);
            var oldest = await due.MinAsync(cancellationToken);
            return new QueueDepth(queue, oldest is null ? 0 : await due.LongCountAsync(cancellationToken), now - oldest ?? TimeSpan.Zero);
        }
    }

    // Lifts the tenant filter: only sums leave. Each tenant is read through its own index.
    private static IQueryable<T> All<T>(AppDbContext db)
        where T : class, Tenancy.ITenantOwned => db.Set<T>().IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(row => db.Tenants.Select(tenant => tenant.Id).Contains(row.TenantId));
}
