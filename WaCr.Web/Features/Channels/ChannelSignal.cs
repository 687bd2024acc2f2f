using System.Collections.Concurrent;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Channels;

/// <summary>Tells the pages of a workspace that WhatsApp refuses a number's token, or takes it again. Other replicas look for themselves.</summary>
public sealed class ChannelSignal : IDisposable
{
    private readonly ConcurrentDictionary<Listener, byte> _listeners = new();
    private readonly IDisposable _subscription;

    public ChannelSignal(ChangeFeed feed) => _subscription = feed.Subscribe(ChangeKind.Channels, change => Notify(change.TenantId));

    /// <summary>Calls back, on whatever thread, until the answer is disposed of.</summary>
    public IDisposable Subscribe(long tenantId, Action callback) => new Listener(this, tenantId, callback);

    public void Dispose() => _subscription.Dispose();

    private void Notify(long tenantId)
    {
        foreach (var listener in _listeners.Keys.Where(listener => tenantId == 0 || listener.TenantId == tenantId))
        {
            listener.Callback();
        }
    }

    private sealed class Listener : IDisposable
    {
        private readonly ChannelSignal _signal;

        public Listener(ChannelSignal signal, long tenantId, Action callback)
        {
            (_signal, TenantId, Callback) = (signal, tenantId, callback);
            _signal._listeners.TryAdd(this, 0);
        }

        public long TenantId { get; }

        public Action Callback { get; }

        public void Dispose() => _signal._listeners.TryRemove(this, out _);
    }
}
