namespace WaCr.Web.Jobs;

/// <summary>
/// Serves many queues of tenants in parallel, so that a slow one holds up no other. On shutdown it finishes what it has started.
/// </summary>
/// <typeparam name="TQueue">Names a queue with something due.</typeparam>
internal abstract class ParallelLoop<TQueue>(IServiceScopeFactory scopes, ChangeFeed feed) : BackgroundLoop(scopes)
{
    // How often due work, and work written by another replica, is looked for.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly AsyncSignal _signal = new();
    private readonly Dictionary<(long Tenant, long Id, int Slot), Task> _running = [];

    /// <summary>The changes that make work due at once.</summary>
    protected abstract ChangeKind[] WokenBy { get; }

    /// <summary>Turns of one queue at the same time.</summary>
    protected virtual int TurnsPerQueue => 1;

    /// <summary>The pause before the next look while a queue has something due.</summary>
    protected virtual TimeSpan Pause => PollInterval;

    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }

    /// <summary>Settles what died processes left behind; called before each look.</summary>
    protected abstract Task SettleAsync(bool isStart, CancellationToken stoppingToken);

    /// <summary>The queues with something due.</summary>
    protected abstract Task<IReadOnlyList<TQueue>> FindAsync(IServiceProvider services, CancellationToken stoppingToken);

    protected abstract (long Tenant, long Id) KeyOf(TQueue queue);

    /// <summary>Returns how much was done; if any was, there may be more.</summary>
    protected abstract Task<int> TakeTurnAsync(IServiceProvider services, TQueue queue, CancellationToken stoppingToken);

    protected sealed override async Task RunAsync(CancellationToken stoppingToken)
    {
        var subscriptions = Array.ConvertAll(WokenBy, kind => feed.Subscribe(kind, _ => _signal.Notify()));
        try
        {
            await SettleAsync(isStart: true, stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await SettleAsync(isStart: false, stoppingToken);
                var due = await StartTurnsAsync(stoppingToken);
                await _signal.WaitAsync(due > 0 ? Pause : PollInterval, stoppingToken);
            }
        }
        finally
        {
            Array.ForEach(subscriptions, subscription => subscription.Dispose());
            await Task.WhenAll(_running.Values);
        }
    }

    private async Task<int> StartTurnsAsync(CancellationToken stoppingToken)
    {
        foreach (var (ended, _) in _running.Where(turn => turn.Value.IsCompleted).ToList())
        {
            _running.Remove(ended);
        }

        var due = await AttemptAsync(services => FindAsync(services, stoppingToken), [], stoppingToken);
        foreach (var queue in due)
        {
            var (tenant, id) = KeyOf(queue);
            for (var slot = 0; slot < TurnsPerQueue; slot++)
            {
                if (!_running.ContainsKey((tenant, id, slot)))
                {
                    _running[(tenant, id, slot)] = RunTurnAsync(queue, stoppingToken);
                }
            }
        }

        return due.Count;
    }

    private async Task RunTurnAsync(TQueue queue, CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (await AttemptAsync(services => TakeTurnAsync(services, queue, stoppingToken), 0, stoppingToken) > 0)
        {
            _signal.Notify(); // there may be more
        }
    }
}
