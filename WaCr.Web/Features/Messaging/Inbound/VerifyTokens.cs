using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// Hashes of all verify tokens. Concurrent callers share one query, so anonymous requests cannot overload the database; a caller who comes
/// after a token was stored gets a query that includes it.
/// </summary>
public sealed class VerifyTokens(IServiceScopeFactory scopes)
{
    private readonly Lock _gate = new();
    private Task<FrozenSet<string>>? _running;
    private Task<FrozenSet<string>>? _next;

    public async Task<bool> ContainAsync(byte[] hash, CancellationToken cancellationToken) =>
        (await ReadAsync().WaitAsync(cancellationToken)).Contains(Convert.ToHexString(hash));

    // A running query may have started before the caller's token was stored, so the caller waits for the next one.
    private Task<FrozenSet<string>> ReadAsync()
    {
        lock (_gate)
        {
            if (_running is null or { IsCompleted: true })
            {
                return _running = Task.Run(LoadAsync);
            }

            return _next ??= LoadAfterAsync(_running);
        }
    }

    private async Task<FrozenSet<string>> LoadAfterAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            (_running, _next) = (_next, null);
        }

        return await LoadAsync();
    }

    private async Task<FrozenSet<string>> LoadAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();

        // Lifts the tenant filter: the handshake names no tenant.
        var hashes = await db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(channel => channel.VerifyTokenHash != null).Select(channel => channel.VerifyTokenHash!).ToListAsync();
        return hashes.Select(Convert.ToHexString).ToFrozenSet(StringComparer.Ordinal);
    }
}
