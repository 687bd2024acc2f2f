using System.Collections.Concurrent;

namespace WaCr.Web.Features.Users;

/// <summary>State of a session and its account; <paramref name="Stamp"/> is the account's security stamp.</summary>
public sealed record SessionState(long UserId, string? Stamp, DateTimeOffset ExpiresAt);

/// <summary>
/// Caches recently read sessions, so that a page's ten requests cause one query. Ended sessions are removed by the change feed, or after
/// <see cref="Lifetime"/> if another replica's notification was lost.
/// </summary>
public sealed class SessionCache : IDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private const int MaxEntries = 10_000;

    private readonly ConcurrentDictionary<Guid, Kept> _sessions = new();
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;
    private int _generation;

    public SessionCache(TimeProvider time, ChangeFeed feed)
    {
        _time = time;
        _subscription = feed.Subscribe(ChangeKind.Access, change => Invalidate(change.Id));
    }

    public LastUse<Guid> Uses { get; } = new();

    /// <summary>Read this before the database: data read before a session ended is then not cached.</summary>
    public int Generation => Volatile.Read(ref _generation);

    public SessionState? Find(Guid id)
    {
        var found = _sessions.TryGetValue(id, out var kept) && kept.Until > _time.GetUtcNow() ? kept.State : null;
        Measures.LookedUp("sessions", found is not null);
        return found;
    }

    public void Keep(Guid id, SessionState state, int generation)
    {
        if (_sessions.Count >= MaxEntries)
        {
            _sessions.Clear();
        }

        _sessions[id] = new Kept(state, _time.GetUtcNow() + Lifetime);
        if (Generation != generation)
        {
            _sessions.TryRemove(id, out _);
        }
    }

    public void Dispose() => _subscription.Dispose();

    private void Invalidate(long userId)
    {
        Interlocked.Increment(ref _generation);
        foreach (var (id, _) in _sessions.Where(session => session.Value.State.UserId == userId))
        {
            _sessions.TryRemove(id, out _);
        }
    }

    private readonly record struct Kept(SessionState State, DateTimeOffset Until);
}
