using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Webhooks;

/// <summary>Wakes the sending loop when a write of this process added deliveries. Other replicas poll.</summary>
public sealed class DeliverySignal : IDisposable
{
    private readonly AsyncSignal<DeliverySender> _work = new();
    private readonly IDisposable _feed;

    public DeliverySignal(ChangeFeed feed) => _feed = feed.Subscribe(ChangeKind.Deliveries, _ => _work.Notify());

    public void Notify() => _work.Notify();

    /// <summary>Returns when there may be work, or after <paramref name="atMost"/>.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _work.WaitAsync(atMost, cancellationToken);

    public void Dispose()
    {
        _feed.Dispose();
        _work.Dispose();
    }
}
