using System.Collections.Concurrent;

namespace WaCr.Web.Common;

/// <summary>When each of many was last used, kept in memory and written behind: to read must not cost a write.</summary>
public class LastUse<TKey>
    where TKey : notnull
{
    private ConcurrentDictionary<TKey, DateTimeOffset> _used = new();

    public void Note(TKey key, DateTimeOffset at) => _used[key] = at;

    /// <summary>What was noted since the last call.</summary>
    public IReadOnlyCollection<KeyValuePair<TKey, DateTimeOffset>> Take() => _used.IsEmpty ? [] : Interlocked.Exchange(ref _used, new());
}
