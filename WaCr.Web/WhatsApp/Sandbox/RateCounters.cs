namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Sending rates of a number: overall, and per person.</summary>
internal sealed class RateCounters
{
    private const int PairBurst = 45;
    private static readonly TimeSpan PairInterval = TimeSpan.FromSeconds(6);
    private const int MaxPairs = 10_000;

    private readonly Dictionary<string, (DateTimeOffset Second, int Count)> _numbers = [];

    /// <summary>When a pair's burst allowance is full again (GCRA).</summary>
    private readonly Dictionary<(string Number, string Person), DateTimeOffset> _pairs = [];

    public Refusal? Take(string phoneNumberId, string person, SandboxBehaviour behaviour, DateTimeOffset now)
    {
        if (behaviour.PairRate && !TakePair((phoneNumberId, person), now))
        {
            return new Refusal(131056, RefusalTitles.DetailsOf(131056));
        }

        return behaviour.MessagesPerSecond > 0 && !TakeSecond(phoneNumberId, behaviour.MessagesPerSecond, now)
            ? new Refusal(130429, RefusalTitles.DetailsOf(130429))
            : null;
    }

    /// <summary>Inbound messages also count against the number's throughput.</summary>
    public void Count(string phoneNumberId, DateTimeOffset now) => TakeSecond(phoneNumberId, int.MaxValue, now);

    private bool TakePair((string Number, string Person) pair, DateTimeOffset now)
    {
        if (_pairs.Count > MaxPairs)
        {
            foreach (var idle in _pairs.Where(known => known.Value <= now).Select(known => known.Key).ToList())
            {
                _pairs.Remove(idle);
            }
        }

        var whole = _pairs.TryGetValue(pair, out var owed) && owed > now ? owed : now;
        if (whole + PairInterval - now > PairInterval * PairBurst)
        {
            return false;
        }

        _pairs[pair] = whole + PairInterval;
        return true;
    }

    private bool TakeSecond(string number, int most, DateTimeOffset now)
    {
        var second = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), now.Offset);
        var count = _numbers.TryGetValue(number, out var known) && known.Second == second ? known.Count : 0;
        if (count >= most)
        {
            return false;
        }

        _numbers[number] = (second, count + 1);
        return true;
    }
}
