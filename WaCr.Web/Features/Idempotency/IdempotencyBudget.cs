using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Idempotency;

/// <summary>Bytes of stored answers per tenant. Recounted from time to time; in between, each process adds its own.</summary>
public sealed class IdempotencyUsage
{
    private readonly ConcurrentDictionary<long, (long Bytes, DateTimeOffset CountedAt)> _usage = new();

    public (long Bytes, DateTimeOffset CountedAt)? Find(long tenantId) => _usage.TryGetValue(tenantId, out var found) ? found : null;

    public void Set(long tenantId, long bytes, DateTimeOffset countedAt) => _usage[tenantId] = (bytes, countedAt);

    public void Add(long tenantId, long bytes) =>
        _usage.AddOrUpdate(tenantId, (bytes, DateTimeOffset.MinValue), (_, known) => (known.Bytes + bytes, known.CountedAt));
}

/// <summary>Limits the bytes of answers stored per tenant. Beyond it, answers are stored without a body.</summary>
public sealed class IdempotencyBudget(
    IdempotencyUsage usage, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    public const long MaxBytes = 32 * 1024 * 1024;

    private static readonly TimeSpan CountedFor = TimeSpan.FromMinutes(10);

    /// <summary>False if the tenant's limit is reached.</summary>
    public async Task<bool> TakeAsync(int bytes)
    {
        var now = time.GetUtcNow();
        if (usage.Find(tenant.TenantId) is not { } known || known.CountedAt <= now - CountedFor)
        {
            await using var db = await contexts.CreateDbContextAsync();
            usage.Set(
                tenant.TenantId, await db.IdempotentRequests.SumAsync(request => request.Body == null ? 0L : request.Body.Length), now);
        }

        if (usage.Find(tenant.TenantId)!.Value.Bytes + bytes > MaxBytes)
        {
            return false;
        }

        usage.Add(tenant.TenantId, bytes);
        return true;
    }
}
