namespace WaCr.Web.Components.Shared;

/// <summary>
/// Refreshes a page on changes: immediately within this process, and by polling for other replicas. Never twice at the same time, and no
/// more often than the interval allows.
/// </summary>
public sealed class LiveRefresh : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly AsyncSignal _moved = new();
    private readonly IDisposable _listening;

    /// <param name="listen">Subscribes a callback, called on any thread until the result is disposed of.</param>
    public LiveRefresh(RefreshInterval interval, Func<Action, IDisposable> listen, TimeProvider time, Func<Task> refresh, ILogger logger)
    {
        _listening = listen(_moved.Notify);
        _ = RunAsync(interval, time, refresh, logger);
    }

    public void Dispose()
    {
        _listening.Dispose();
        _ended.Cancel();
        _ended.Dispose();
    }

    /// <summary>A failed refresh does not stop later ones; the page shows older data until then.</summary>
    private static async Task AttemptAsync(Func<Task> refresh, ILogger logger, CancellationToken ended)
    {
        try
        {
            await refresh();
        }
#pragma warning disable CA1031 // Nobody awaits it, so nobody else would see what it was.
        catch (Exception failure) when (!ended.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (!Outage.IsCauseOf(failure))
            {
                ComponentLog.RefreshFailed(logger, failure);
            }
        }
    }

    private async Task RunAsync(RefreshInterval interval, TimeProvider time, Func<Task> refresh, ILogger logger)
    {
        var ended = _ended.Token;
        try
        {
            while (true)
            {
                await _moved.WaitAsync(interval.Poll, ended);
                await AttemptAsync(refresh, logger, ended);
                await Task.Delay(interval.MinGap, time, ended);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
        {
            // The component was disposed.
        }
    }
}

/// <param name="MinGap">Least time between two refreshes.</param>
/// <param name="Poll">How often to refresh when no change was published.</param>
public sealed record RefreshInterval(TimeSpan MinGap, TimeSpan Poll)
{
    /// <summary>For conversations.</summary>
    public static RefreshInterval Conversation { get; } = new(TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(30));

    /// <summary>For a campaign, whose counts cost a query over its messages. Late statuses are found by polling.</summary>
    public static RefreshInterval Campaign { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    /// <summary>For the list of contacts, whose rows and total cost the most.</summary>
    public static RefreshInterval List { get; } = new(TimeSpan.FromMilliseconds(400), TimeSpan.FromMinutes(5));

    /// <summary>For a running job's progress.</summary>
    public static RefreshInterval Progress { get; } = new(TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(5));
}
