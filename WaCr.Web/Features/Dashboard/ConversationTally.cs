namespace WaCr.Web.Features.Dashboard;

/// <summary>The columns of a message that statistics need.</summary>
internal sealed record TalliedMessage(
    long ConversationId, DateTimeOffset CreatedAt, MessageDirection Direction, MessageType Type, MessageStatus Status, OutboxState? State,
    long? StaffId, long? CampaignId);

/// <summary>Computes statistics from messages in ascending order of time.</summary>
internal sealed class ConversationTally
{
    private readonly Dictionary<long, (DateTimeOffset At, DateOnly Day)> _waiting = [];
    private readonly HashSet<long> _conversations = [];
    private readonly HashSet<long> _broadcasts = [];
    private readonly Dictionary<DateOnly, Count> _days = [];
    private readonly Dictionary<long, Count> _agents = [];
    private readonly Count _all = new();
    private readonly Count _broadcast = new();
    private int _received;

    private const long Nobody = 0;

    public IEnumerable<long> StaffIds => _agents.Keys.Where(id => id != Nobody);

    public void Add(TalliedMessage message, DateOnly day)
    {
        _conversations.Add(message.ConversationId);
        if (message.Direction == MessageDirection.Inbound)
        {
            Receive(message, day);
            return;
        }

        if (message.CampaignId is { } broadcast)
        {
            _broadcasts.Add(broadcast);
            _broadcast.Send(message);
            return;
        }

        var agent = Of(_agents, message.StaffId ?? Nobody);
        _all.Send(message);
        agent.Send(message);
        Of(_days, day).Send(message);
        if (message.Type != MessageType.Reaction && Count.WentOut(message) && _waiting.Remove(message.ConversationId, out var asked))
        {
            var waited = message.CreatedAt - asked.At;
            _all.Answers.Add(waited);
            agent.Answers.Add(waited);
            Of(_days, asked.Day).Answers.Add(waited);
        }
    }

    public ConversationStatisticsSet Sum(DateOnly from, DateOnly until, IReadOnlyDictionary<long, string> names)
    {
        var days = new List<DayStatistic>();
        for (var day = from; day <= until; day = day.AddDays(1))
        {
            var count = _days.GetValueOrDefault(day) ?? new Count();
            days.Add(new DayStatistic(day, count.Received, count.Reach, Median(count.Answers)));
        }

        return new ConversationStatisticsSet(
            _conversations.Count, _received, Median(_all.Answers), _waiting.Count, _waiting.Count == 0
                ? null
                : _waiting.Values.Min(asked => asked.At),
            _all.Reach, _broadcasts.Count, _broadcast.Reach, days,
            [.. _agents.Select(agent => new AgentStatistic(
                    agent.Key == Nobody
                        ? null
                        : agent.Key, names.GetValueOrDefault(agent.Key, ""), agent.Value.Reach, agent.Value.Answers.Count,
                        Median(agent.Value.Answers)))
                .OrderByDescending(agent => agent.Reach.Sent).ThenBy(agent => agent.StaffId)]);
    }

    private void Receive(TalliedMessage message, DateOnly day)
    {
        _received++;
        Of(_days, day).Received++;

        if (!MessageTypes.AskNothing.Contains(message.Type))
        {
            _waiting.TryAdd(message.ConversationId, (message.CreatedAt, day));
        }
    }

    private static Count Of<TKey>(Dictionary<TKey, Count> counts, TKey key)
        where TKey : notnull
    {
        if (!counts.TryGetValue(key, out var count))
        {
            counts.Add(key, count = new Count());
        }

        return count;
    }

    private static TimeSpan? Median(List<TimeSpan> times)
    {
        if (times.Count == 0)
        {
            return null;
        }

        times.Sort();
        var middle = times.Count / 2;
        return times.Count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
    }

    private sealed class Count
    {
        private int _sent;
        private int _delivered;
        private int _read;
        private int _failed;

        public int Received { get; set; }

        public List<TimeSpan> Answers { get; } = [];

        public ReachStatistic Reach => new(_sent, _delivered, _read, _failed);

        /// <summary>Accepted by WhatsApp and not failed later.</summary>
        public static bool WentOut(TalliedMessage message) => message.Status is not (MessageStatus.Pending or MessageStatus.Failed);

        public void Send(TalliedMessage message)
        {
            if (message.Status == MessageStatus.Failed || message.State == OutboxState.Dead)
            {
                _failed++;
                return;
            }

            _sent += WentOut(message) ? 1 : 0;
            _delivered += message.Status >= MessageStatus.Delivered ? 1 : 0;
            _read += message.Status >= MessageStatus.Read ? 1 : 0;
        }
    }
}
