using System.Collections.Concurrent;

namespace WaCr.Web.Common;

/// <summary>When each key was last used, kept in memory and written later, so that a read never costs a write.</summary>
public class LastUse<TKey>
    where TKey : notnull
{
    private ConcurrentDictionary<TKey, DateTimeOffset> _used = new();

    public void Note(TKey key, DateTimeOffset at) => _used[key] = at;

    /// <summary>Takes what was recorded since the last call.</summary>
    public IReadOnlyCollection<KeyValuePair<TKey, DateTimeOffset>> Take() => _used.IsEmpty ? [] : Interlocked.Exchange(ref _used, new());
}
