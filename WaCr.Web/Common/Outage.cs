using System.Data.Common;

namespace WaCr.Web.Common;

/// <summary>Tells a database outage from a bug.</summary>
public static class Outage
{
    /// <summary>Also true if it is an inner exception: EF wraps what a provider calls transient.</summary>
    public static bool IsCauseOf(Exception exception) =>
        exception is StorageUnavailableException or DbException { IsTransient: true }
        || (exception.InnerException is { } inner && IsCauseOf(inner));
}
