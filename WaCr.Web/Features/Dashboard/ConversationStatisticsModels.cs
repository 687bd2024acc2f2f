namespace WaCr.Web.Features.Dashboard;

/// <summary>Delivery progress of messages. Each number includes the later steps: a read message also counts as delivered.</summary>
/// <param name="Sent">Without messages that failed, at once or later.</param>
public sealed record ReachStatistic(int Sent, int Delivered, int Read, int Failed)
{
    public int All => Sent + Failed;

    /// <summary>Share of all messages; null if there are none.</summary>
    public double? DeliveredShare => All == 0 ? null : (double)Delivered / All;

    public double? ReadShare => All == 0 ? null : (double)Read / All;
}

/// <param name="Day">In the workspace's time zone.</param>
/// <param name="Received">Messages from contacts.</param>
/// <param name="FirstAnswer">Median for contacts who wrote on this day and were answered; null if none was.</param>
public sealed record DayStatistic(DateOnly Day, int Received, ReachStatistic Reach, TimeSpan? FirstAnswer);

/// <param name="Name">Empty for API calls and jobs.</param>
/// <param name="Answered">How often this user answered a waiting contact.</param>
public sealed record AgentStatistic(long? StaffId, string Name, ReachStatistic Reach, int Answered, TimeSpan? FirstAnswer);

/// <summary>Statistics of a workspace's conversations for the last days.</summary>
/// <param name="Conversations">Conversations with at least one message.</param>
/// <param name="FirstAnswer">Median time from a contact's first unanswered message to the answer.</param>
/// <param name="Waiting">Conversations whose contact waits for an answer.</param>
/// <param name="WaitingSince">Start of the longest wait.</param>
/// <param name="Reach">All messages except campaigns.</param>
/// <param name="Days">Oldest first; the last day is not over yet.</param>
/// <param name="Agents">Most messages sent first.</param>
public sealed record ConversationStatisticsSet(
    int Conversations, int Received, TimeSpan? FirstAnswer, int Waiting, DateTimeOffset? WaitingSince, ReachStatistic Reach,
    int Broadcasts, ReachStatistic BroadcastReach,
    IReadOnlyList<DayStatistic> Days, IReadOnlyList<AgentStatistic> Agents)
{
    public bool Any => Received > 0 || Reach.Sent > 0 || BroadcastReach.Sent > 0;
}
