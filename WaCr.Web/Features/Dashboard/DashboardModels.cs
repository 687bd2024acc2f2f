namespace WaCr.Web.Features.Dashboard;

/// <summary>Contacts per status or source, including those with 0.</summary>
/// <param name="Color">Null for sources and for statuses without a colour.</param>
public sealed record LookupStatistic(long Id, string Name, string? Color, long Contacts);

/// <param name="Monday">First day of the week, in the workspace's time zone.</param>
public sealed record WeekStatistic(DateOnly Monday, long Added);

/// <param name="Statuses">In the workspace's order.</param>
/// <param name="Sources">Largest first.</param>
/// <param name="Weeks">Oldest first; the last week is not over yet.</param>
public sealed record ContactStatisticsSet(
    long Total, IReadOnlyList<LookupStatistic> Statuses, IReadOnlyList<LookupStatistic> Sources,
    IReadOnlyDictionary<ContactType, long> Types, IReadOnlyList<WeekStatistic> Weeks);

/// <summary>The latest change of a contact.</summary>
/// <param name="Others">How many more contacts the same change was made to at the same time.</param>
/// <param name="HasMoreOthers">Whether there are more of them than were looked at.</param>
/// <param name="ActorName">Empty for the product itself.</param>
public sealed record ActivityItem(
    long ContactId, string ContactName, DateTimeOffset At, AuditAction Action, string ActorName, ChangeOrigin ChangeOrigin,
    int Others = 0, bool HasMoreOthers = false);

/// <summary>Problems to look at. Numbers are 0 if all is well.</summary>
/// <param name="Waiting">Conversations whose contact waits for an answer.</param>
/// <param name="WaitingSince">Start of the longest wait.</param>
/// <param name="Unsent">Messages of the last week that were given up.</param>
/// <param name="Unassigned">Contacts without an assignee.</param>
/// <param name="ExpiringTokens">API tokens that expire within a week.</param>
/// <param name="FailedJobs">Bulk jobs of the last day that skipped some contacts.</param>
/// <param name="DisabledWebhooks">Webhooks disabled because their receivers failed.</param>
public sealed record DashboardAlertItems(
    int Waiting, DateTimeOffset? WaitingSince, int Unsent, long Unassigned, int ExpiringTokens, int FailedJobs, int DisabledWebhooks)
{
    public bool Any =>
        Waiting > 0 || Unsent > 0 || Unassigned > 0 || ExpiringTokens > 0 || FailedJobs > 0 || DisabledWebhooks > 0;
}
