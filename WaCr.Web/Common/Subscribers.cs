using System.Collections.Concurrent;

namespace WaCr.Web.Common;

/// <summary>Callbacks for what happens to a <typeparamref name="TKey"/>, within this process.</summary>
public sealed class Subscribers<TKey, TEvent>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<Listener, byte> _all = new();

    /// <summary>Calls back, on any thread, until the result is disposed of.</summary>
    public IDisposable Add(TKey key, Action<TEvent> callback)
    {
        var listener = new Listener(this, key, callback);
        _all.TryAdd(listener, 0);
        return listener;
    }

    public void Notify(TKey key, TEvent news)
    {
        foreach (var listener in _all.Keys.Where(listener => EqualityComparer<TKey>.Default.Equals(listener.Key, key)))
        {
            listener.Callback(news);
        }
    }

    private sealed class Listener(Subscribers<TKey, TEvent> listeners, TKey key, Action<TEvent> callback) : IDisposable
    {
        public TKey Key => key;

        public Action<TEvent> Callback => callback;

        public void Dispose() => listeners._all.TryRemove(this, out _);
    }
}
