using WaCr.Web.Common;

namespace WaCr.Web.Features.Bulk;

/// <summary>Says within this process that a workspace's jobs moved. Other replicas look for themselves.</summary>
public sealed class BulkSignal
{
    private readonly Subscribers<long, long> _listeners = new();

    /// <summary>Calls back, on whatever thread, when a job of the tenant moved; until the answer is disposed of.</summary>
    public IDisposable Subscribe(long tenantId, Action callback) => _listeners.Add(tenantId, _ => callback());

    public void NotifyChanged(long tenantId) => _listeners.Notify(tenantId, tenantId);
}
