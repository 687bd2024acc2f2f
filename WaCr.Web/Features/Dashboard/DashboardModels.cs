using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Dashboard;

/// <summary>How many contacts have a status or came from a source; those that nobody has are in it with 0.</summary>
/// <param name="Color">Null for sources, and where a status has none.</param>
public sealed record LookupStatistic(long Id, string Name, string? Color, long Contacts);

/// <param name="Monday">The week's first day, in the workspace's time zone.</param>
public sealed record WeekStatistic(DateOnly Monday, long Added);

/// <param name="Statuses">In their own order.</param>
/// <param name="Sources">The largest first.</param>
/// <param name="Weeks">The latest last; the last one is not over yet.</param>
public sealed record ContactStatisticsSet(
    long Total, IReadOnlyList<LookupStatistic> Statuses, IReadOnlyList<LookupStatistic> Sources,
    IReadOnlyDictionary<ContactType, long> Types, IReadOnlyList<WeekStatistic> Weeks);

/// <summary>The last thing that happened to a contact.</summary>
/// <param name="ActorName">Empty for the system.</param>
public sealed record ActivityItem(long ContactId, string ContactName, DateTimeOffset At, AuditAction Action, string ActorName, ChangeOrigin ChangeOrigin);

/// <summary>What somebody should look at. A number is 0, and a list empty, where all is well.</summary>
/// <param name="Unassigned">Contacts that nobody looks after.</param>
/// <param name="ExpiringTokens">API tokens that end within a week.</param>
/// <param name="FailedJobs">Bulk changes of the last day that left some contacts out.</param>
/// <param name="DisabledWebhooks">Those that were given up, since their receivers failed.</param>
/// <param name="NearLimits">Of the plan: nine tenths used, or more.</param>
public sealed record DashboardAlertItems(long Unassigned, int ExpiringTokens, int FailedJobs, int DisabledWebhooks, IReadOnlyList<Metric> NearLimits)
{
    public bool Any => Unassigned > 0 || ExpiringTokens > 0 || FailedJobs > 0 || DisabledWebhooks > 0 || NearLimits.Count > 0;
}
