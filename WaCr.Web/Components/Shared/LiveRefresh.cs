using WaCr.Web.Common;

namespace WaCr.Web.Components.Shared;

/// <summary>
/// Runs a refresh when something moved: told at once within this process, and by looking now and then for what other replicas do. Never
/// twice at a time, and not more often than a person can follow.
/// </summary>
public sealed class LiveRefresh : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly AsyncSignal<LiveRefresh> _moved = new();
    private readonly IDisposable _listening;

    /// <param name="listen">Takes what is to be called when something moves, on whatever thread, until its answer is disposed of.</param>
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

    /// <summary>A refresh that fails, for whatever reason, is not the last one: what the page shows is older until the next.</summary>
    internal static async Task AttemptAsync(Func<Task> refresh, ILogger logger, CancellationToken ended)
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
            // The component left the screen.
        }
    }
}

/// <param name="MinGap">Least time between two refreshes.</param>
/// <param name="Poll">How often to refresh when no change was published.</param>
public sealed record RefreshInterval(TimeSpan MinGap, TimeSpan Poll)
{
    /// <summary>People talk.</summary>
    public static RefreshInterval Conversation { get; } = new(TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(30));

    /// <summary>Numbers climb while a job runs.</summary>
    public static RefreshInterval Progress { get; } = new(TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(5));
}
