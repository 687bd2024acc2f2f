namespace WaCr.Web.Hosting;

/// <summary>Whether new work may still be sent to this process.</summary>
internal sealed class Readiness
{
    private volatile bool _isStopping;

    public bool IsStopping => _isStopping;

    /// <summary>From now on a load balancer is told no; what comes nevertheless is still served.</summary>
    public void BeginStopping() => _isStopping = true;
}
