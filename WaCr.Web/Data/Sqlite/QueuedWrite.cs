using System.Diagnostics;

namespace WaCr.Web.Data.Sqlite;

/// <summary>A write queued in the <see cref="SqliteCommitGroup"/>.</summary>
internal abstract class QueuedWrite
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Abandoned = 2;

    private readonly long _queuedAt = Stopwatch.GetTimestamp();
    private int _state;

    public abstract TenantContext Tenant { get; }

    /// <summary>The caller's span: the writer's statements belong to it.</summary>
    public Activity? Caller { get; } = Activity.Current;

    /// <summary>Published once committed.</summary>
    public IReadOnlyCollection<Change> Changes { get; set; } = [];

    /// <summary>False if its caller has given up; then it must not run.</summary>
    public virtual bool TryBegin()
    {
        Measures.WriteWaited(Stopwatch.GetElapsedTime(_queuedAt));
        return Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;
    }

    /// <summary>False if it has started; then it runs to its end.</summary>
    protected bool TryAbandon() => Interlocked.CompareExchange(ref _state, Abandoned, Waiting) == Waiting;

    /// <summary>Whether to keep its changes.</summary>
    public abstract Task<bool> RunAsync(AppDbContext context);

    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <param name="cancellationToken">Gives up waiting at once.</param>
internal sealed class QueuedWrite<T>(TenantContext tenant, Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken)
    : QueuedWrite
{
    private readonly TaskCompletionSource<Result<T>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Result<T>? _result;

    public override TenantContext Tenant => tenant;

    public override bool TryBegin()
    {
        if (cancellationToken.IsCancellationRequested)
        {
            GiveUp();
        }

        return base.TryBegin();
    }

    /// <param name="limit">How long it may wait for its turn.</param>
    public async Task<Result<T>> AnswerAsync(TimeSpan limit)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        await using var ended = timeout.Token.UnsafeRegister(static write => ((QueuedWrite<T>)write!).GiveUp(), this);
        return await _answer.Task;
    }

    public override async Task<bool> RunAsync(AppDbContext context)
    {
        _result = await work(context);
        return _result.Succeeded;
    }

    public override void Complete()
    {
        if (_result is not null)
        {
            _answer.TrySetResult(_result);
        }
    }

    public override void Fail(Exception exception) => _answer.TrySetException(exception);

    private void GiveUp()
    {
        if (!TryAbandon())
        {
            return;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            _answer.TrySetCanceled(cancellationToken);
        }
        else
        {
            Fail(new StorageUnavailableException(new TimeoutException("Earlier writes did not finish in time.")));
        }
    }
}
