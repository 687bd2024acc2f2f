using System.Data.Common;

namespace WaCr.Web.Common;

/// <summary>Tells a database outage from a bug.</summary>
public static class Outage
{
    private const string MarkName = "WaCr.Outage";

    private enum Kind
    {
        Unavailable,
        Damage,
    }

    /// <summary>Also true if it is an inner exception: EF wraps what a provider calls transient.</summary>
    public static bool IsCauseOf(Exception exception) =>
        exception is StorageUnavailableException or DbException { IsTransient: true }
        || exception.Data.Contains(MarkName)
        || (exception.InnerException is { } inner && IsCauseOf(inner));

    /// <summary>Whether it is a damaged part of the database: everything else goes on, and trying again is no use.</summary>
    public static bool IsDamage(Exception exception) =>
        exception.Data[MarkName] is Kind.Damage || (exception.InnerException is { } inner && IsDamage(inner));

    /// <summary>For what only the database layer knows to be one: SQLite's driver calls nothing transient.</summary>
    /// <returns>Whether this is the first time.</returns>
    public static bool Mark(Exception exception, bool isDamage)
    {
        var isFirst = !exception.Data.Contains(MarkName);
        exception.Data[MarkName] = isDamage ? Kind.Damage : Kind.Unavailable;
        return isFirst;
    }
}
