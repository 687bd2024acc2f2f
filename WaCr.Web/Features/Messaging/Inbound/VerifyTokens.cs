using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>
/// The hashes of all verify tokens, read for all who ask at the same time. However many strangers ask, there is one query at a time, nobody
/// is turned away, and whoever comes after a token was stored is answered by a query that knows it.
/// </summary>
public sealed class VerifyTokens(IServiceScopeFactory scopes)
{
    private readonly Lock _gate = new();
    private Task<FrozenSet<string>>? _running;
    private Task<FrozenSet<string>>? _next;

    public async Task<bool> ContainAsync(byte[] hash, CancellationToken cancellationToken) =>
        (await ReadAsync().WaitAsync(cancellationToken)).Contains(Convert.ToHexString(hash));

    // A query that runs already may have been begun before the caller's token was stored: it waits for the one after it.
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

        // The filter is lifted since the handshake names no tenant.
        var hashes = await db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(channel => channel.VerifyTokenHash != null).Select(channel => channel.VerifyTokenHash!).ToListAsync();
        return hashes.Select(Convert.ToHexString).ToFrozenSet(StringComparer.Ordinal);
    }
}
