using System.Collections.Concurrent;

namespace WaCr.Web.Features.Transfers;

/// <summary>Limits concurrent file reading: one file per workspace, and a few per process.</summary>
public sealed class ImportGate : IDisposable
{
    /// <summary>Files read at once in this process.</summary>
    public const int MaxReading = 2;

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, byte> _tenants = [];
    private readonly SemaphoreSlim _reading = new(MaxReading, MaxReading);

    /// <summary>Null if the workspace is already reading a file.</summary>
    public IDisposable? TryEnter(long tenantId) => _tenants.TryAdd(tenantId, 0) ? new Place(() => _tenants.TryRemove(tenantId, out _))
        : null;

    /// <summary>Null if no slot became free in time.</summary>
    public async Task<IDisposable?> WaitToReadAsync(CancellationToken cancellationToken) =>
        await _reading.WaitAsync(MaxWait, cancellationToken) ? new Place(() => _reading.Release()) : null;

    public void Dispose() => _reading.Dispose();

    private sealed class Place(Action leave) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                leave();
            }
        }
    }
}
