namespace WaCr.Web.Common;

/// <summary>Wakes one waiting loop; several notifications before it waits again count as one.</summary>
public sealed class AsyncSignal : IDisposable
{
    private readonly SemaphoreSlim _work = new(0, 1);

    public void Notify()
    {
        lock (_work)
        {
            if (_work.CurrentCount == 0)
            {
                _work.Release();
            }
        }
    }

    /// <summary>Returns when signalled, or after <paramref name="atMost"/>.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _work.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _work.Dispose();
}
