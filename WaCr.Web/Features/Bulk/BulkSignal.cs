using WaCr.Web.Common;

namespace WaCr.Web.Features.Bulk;

/// <summary>Says within this process that a workspace's jobs moved. Other replicas look for themselves.</summary>
public sealed class BulkSignal
{
    private readonly Listeners<long, long> _listeners = new();

    /// <summary>Calls back, on whatever thread, when a job of the tenant moved; until the answer is disposed of.</summary>
    public IDisposable OnMoved(long tenantId, Action callback) => _listeners.Add(tenantId, _ => callback());

    public void TellMoved(long tenantId) => _listeners.Tell(tenantId, tenantId);
}
