using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Idempotency;

/// <summary>How many bytes of answers each tenant has kept, counted anew now and then; in between each process adds its own.</summary>
public sealed class IdempotencyUsage
{
    private readonly ConcurrentDictionary<long, (long Bytes, DateTimeOffset CountedAt)> _usage = new();

    public (long Bytes, DateTimeOffset CountedAt)? Find(long tenantId) => _usage.TryGetValue(tenantId, out var found) ? found : null;

    public void Set(long tenantId, long bytes, DateTimeOffset countedAt) => _usage[tenantId] = (bytes, countedAt);

    public void Add(long tenantId, long bytes) =>
        _usage.AddOrUpdate(tenantId, (bytes, DateTimeOffset.MinValue), (_, known) => (known.Bytes + bytes, known.CountedAt));
}

/// <summary>Keeps one tenant's answers from filling the disk of all: beyond the bound an answer's body is not kept.</summary>
public sealed class IdempotencyBudget(IdempotencyUsage usage, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    public const long MaxBytes = 32 * 1024 * 1024;

    private static readonly TimeSpan CountedFor = TimeSpan.FromMinutes(10);

    /// <summary>False where the tenant has kept as much as it may.</summary>
    public async Task<bool> TakeAsync(int bytes)
    {
        var now = time.GetUtcNow();
        if (usage.Find(tenant.TenantId) is not { } known || known.CountedAt <= now - CountedFor)
        {
            await using var db = await contexts.CreateDbContextAsync();
            usage.Set(tenant.TenantId, await db.IdempotentRequests.SumAsync(request => request.Body == null ? 0L : request.Body.Length), now);
        }

        if (usage.Find(tenant.TenantId)!.Value.Bytes + bytes > MaxBytes)
        {
            return false;
        }

        usage.Add(tenant.TenantId, bytes);
        return true;
    }
}
