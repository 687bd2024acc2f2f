using System.Collections.Concurrent;

namespace WaCr.Web.Common;

/// <summary>Counts attempts by <typeparamref name="TKey"/> in fixed windows of time, in this process.</summary>
public sealed class AttemptWindows<TKey>(TimeProvider time, TimeSpan window)
    where TKey : notnull
{
    // At this many keys the counts of past windows are dropped.
    private const int MaxKeys = 50_000;

    private readonly ConcurrentDictionary<TKey, Count> _counts = new();

    /// <summary>False if the window already holds <paramref name="limit"/> attempts.</summary>
    public bool TryTake(TKey key, int limit)
    {
        var now = time.GetUtcNow().Ticks / window.Ticks;
        if (_counts.Count >= MaxKeys)
        {
            Prune(now);
        }

        var count = _counts.AddOrUpdate(
            key,
            static (_, now) => new Count(now, 1),
            static (_, seen, now) =>
                seen.Window == now ? seen with { Taken = seen.Taken < int.MaxValue ? seen.Taken + 1 : seen.Taken } : new Count(now, 1),
            now);
        return count.Taken <= limit;
    }

    private void Prune(long now)
    {
        foreach (var (key, count) in _counts)
        {
            if (count.Window != now)
            {
                _counts.TryRemove(KeyValuePair.Create(key, count));
            }
        }
    }

    private readonly record struct Count(long Window, int Taken);
}
