namespace WaCr.Web.Hosting;

/// <summary>Whether this process accepts new work.</summary>
internal sealed class Readiness
{
    private volatile bool _isStopping;

    public bool IsStopping => _isStopping;

    /// <summary>Reports "not ready" from now on; requests that still arrive are served.</summary>
    public void BeginStopping() => _isStopping = true;
}
