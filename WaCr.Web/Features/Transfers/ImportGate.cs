using System.Collections.Concurrent;

namespace WaCr.Web.Features.Transfers;

/// <summary>Who may have a file read now: one of each workspace, and a few of the whole process.</summary>
public sealed class ImportGate : IDisposable
{
    /// <summary>Files that are being read at once, whoever sent them.</summary>
    public const int MaxReading = 2;

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, byte> _tenants = [];
    private readonly SemaphoreSlim _reading = new(MaxReading, MaxReading);

    /// <summary>Null while another file of the workspace is on its way.</summary>
    public IDisposable? TryEnter(long tenantId) => _tenants.TryAdd(tenantId, 0) ? new Place(() => _tenants.TryRemove(tenantId, out _))
        : null;

    /// <summary>Null where none came free in time.</summary>
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
