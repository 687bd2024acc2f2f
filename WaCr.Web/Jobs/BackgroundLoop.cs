namespace WaCr.Web.Jobs;

/// <param name="LastRunAt">When its last step began; null before the first.</param>
/// <param name="LastFailure">The exception's type.</param>
internal sealed record LoopState(DateTimeOffset? LastRunAt, int Failures, string? LastFailure, DateTimeOffset? LastFailureAt);

/// <summary>
/// Common to all background work: a scope per step, a failed step never ends the loop or the host, and only our own stopping counts as
/// cancellation. A timeout inside a step also arrives as a cancellation; it only means that the step failed.
/// </summary>
internal abstract class BackgroundLoop(IServiceScopeFactory scopes) : BackgroundService
{
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTheSame = TimeSpan.FromMinutes(1);

    // Enough for a message on its way to WhatsApp to be answered and recorded.
    private static readonly TimeSpan ToFinish = TimeSpan.FromSeconds(5);

    private readonly Lock _failing = new();
    private string _lastFailure = "";
    private long _lastFailureAt;
    private LoopState _state = new(null, 0, null, null);

    /// <summary>What it is called in statistics.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>How it goes, for the operator.</summary>
    public LoopState State
    {
        get
        {
            lock (_failing)
            {
                return _state;
            }
        }
    }

    /// <summary>Waits for what was started, though requests used up the host's time: it would lose the database in the middle.</summary>
    public sealed override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(ToFinish, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Runs until stopped; started again if it throws.</summary>
    protected abstract Task RunAsync(CancellationToken stoppingToken);

    /// <summary>Logs that a step failed, except for a database outage and a repeat of the last failure.</summary>
    protected abstract void Failed(Exception failure);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host starts its services one after another
        while (true)
        {
            try
            {
                await RunAsync(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Report(failure);
            }

            await Task.Delay(BeforeNextTry, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The step's result, or <paramref name="otherwise"/> if it failed.</summary>
    protected async Task<T> AttemptAsync<T>(Func<IServiceProvider, Task<T>> step, T otherwise, CancellationToken stoppingToken)
    {
        lock (_failing)
        {
            _state = _state with { LastRunAt = TimeProvider.System.GetUtcNow() };
        }

        AsyncServiceScope scope;
        try
        {
            scope = scopes.CreateAsyncScope();
        }
        catch (ObjectDisposedException)
        {
            return otherwise; // the start failed elsewhere and ended the host
        }

        try
        {
            await using (scope)
            {
                return await step(scope.ServiceProvider);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return otherwise;
        }
        catch (Exception failure)
        {
            Report(failure);
            return otherwise;
        }
    }

    protected Task AttemptAsync(Func<IServiceProvider, Task> step, CancellationToken stoppingToken) => AttemptAsync(
        async services =>
        {
            await step(services);
            return true;
        },
        false, stoppingToken);

    private void Report(Exception failure)
    {
        // Its message may quote what a row holds.
        var kind = failure.GetBaseException().GetType().Name;
        Measures.LoopFailed(Name);
        lock (_failing)
        {
            _state = _state with { Failures = _state.Failures + 1, LastFailure = kind, LastFailureAt = TimeProvider.System.GetUtcNow() };
        }

        if (Outage.IsCauseOf(failure))
        {
            return; // OutageLog reports it
        }

        var text = failure.ToString();
        lock (_failing)
        {
            if (text == _lastFailure && TimeProvider.System.GetElapsedTime(_lastFailureAt) < BetweenTheSame)
            {
                return;
            }

            (_lastFailure, _lastFailureAt) = (text, TimeProvider.System.GetTimestamp());
        }

        Failed(failure);
    }
}
