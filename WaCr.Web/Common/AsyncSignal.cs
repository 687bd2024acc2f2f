namespace WaCr.Web.Common;

/// <summary>Wakes <typeparamref name="TWorker"/> within this process. Other replicas poll.</summary>
#pragma warning disable S2326 // The type tells one signal from another.
public sealed class AsyncSignal<TWorker> : IDisposable
#pragma warning restore S2326
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
