using System.Data.Common;

namespace WaCr.Web.Common;

/// <summary>Tells a database that cannot be used for now from a mistake of ours.</summary>
public static class Outage
{
    /// <summary>Also where it lies within <paramref name="exception"/>: EF wraps what a provider calls transient.</summary>
    public static bool IsCauseOf(Exception exception) =>
        exception is StorageUnavailableException or DbException { IsTransient: true }
        || (exception.InnerException is { } inner && IsCauseOf(inner));
}
