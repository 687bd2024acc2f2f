namespace WaCr.Web.Features.Dashboard;

/// <summary>How far messages got; each number holds the ones behind it, too: what was read was delivered.</summary>
/// <param name="Sent">Without those that failed, at once or later.</param>
public sealed record ReachStatistic(int Sent, int Delivered, int Read, int Failed)
{
    public int All => Sent + Failed;

    /// <summary>Of all; null where there are none.</summary>
    public double? DeliveredShare => All == 0 ? null : (double)Delivered / All;

    public double? ReadShare => All == 0 ? null : (double)Read / All;
}

/// <param name="Day">In the workspace's time zone.</param>
/// <param name="Received">Messages of customers.</param>
/// <param name="FirstAnswer">Median of those who wrote on this day and were answered; null where nobody was.</param>
public sealed record DayStatistic(DateOnly Day, int Received, ReachStatistic Reach, TimeSpan? FirstAnswer);

/// <param name="Name">Empty for programs and jobs.</param>
/// <param name="Answered">How often this person was the one who answered a customer that waited.</param>
public sealed record AgentStatistic(long? StaffId, string Name, ReachStatistic Reach, int Answered, TimeSpan? FirstAnswer);

/// <param name="Name">WhatsApp's word: utility, marketing, authentication, service.</param>
public sealed record PriceStatistic(string Name, int Messages, int Billable);

/// <summary>The last days of a workspace's conversations.</summary>
/// <param name="Conversations">In which something was said.</param>
/// <param name="FirstAnswer">From a customer's first unanswered message to the answer: the median.</param>
/// <param name="Waiting">Conversations whose customer still waits for an answer.</param>
/// <param name="WaitingSince">The longest wait of them.</param>
/// <param name="Reach">Of everything but broadcasts.</param>
/// <param name="Days">The latest last; the last one is not over yet.</param>
/// <param name="Agents">Who sent most first.</param>
public sealed record ConversationStatisticsSet(
    int Conversations, int Received, TimeSpan? FirstAnswer, int Waiting, DateTimeOffset? WaitingSince, ReachStatistic Reach, int Broadcasts, ReachStatistic BroadcastReach,
    IReadOnlyList<DayStatistic> Days, IReadOnlyList<AgentStatistic> Agents, IReadOnlyList<PriceStatistic> Prices)
{
    public bool Any => Received > 0 || Reach.Sent > 0 || BroadcastReach.Sent > 0;
}
