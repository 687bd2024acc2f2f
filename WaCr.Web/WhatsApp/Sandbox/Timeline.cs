namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Future events in due order, with one timer. Used inside the world's lock.</summary>
internal sealed class Timeline : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly PriorityQueue<PendingEvent, (DateTimeOffset Due, long Order)> _waiting = new();
    private readonly SandboxClock _clock;
    private readonly ITimer _timer;
    private long _order;

    public Timeline(SandboxClock clock, Action itIsTime)
    {
        _clock = clock;
        _timer = clock.Server.CreateTimer(_ => itIsTime(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IEnumerable<PendingEvent> Waiting => _waiting.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element);

    public void Add(PendingEvent later) => _waiting.Enqueue(later, (later.DueAt, _order++));

    /// <summary>The next due event; null if none is due.</summary>
    public PendingEvent? TakeDue() => _waiting.TryPeek(out _, out var first) && first.Due <= _clock.Now ? _waiting.Dequeue() : null;

    public void Clear() => _waiting.Clear();

    /// <summary>False if the next event is already due.</summary>
    public bool SetTimer()
    {
        if (!_waiting.TryPeek(out _, out var first))
        {
            return true;
        }

        var wait = first.Due - _clock.Now;
        return wait > TimeSpan.Zero && _timer.Change(wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}
