namespace WaCr.Web.Features.Audit;

/// <param name="TenantId">Null: every workspace of the account; 0: none.</param>
internal sealed record CountedEvent(AuditAction Action, string EntityType, long EntityId, long? TenantId)
{
    /// <summary>One row per hour.</summary>
    public string KeyAt(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{Action}:{EntityType}:{EntityId}:{at.UtcDateTime:yyyyMMddHH}");
}

internal sealed record CountedSum(int Times, DateTimeOffset LastAt, string? Address);

/// <summary>
/// Counts anonymous security events of the last seconds per account or channel. Bounded: only existing accounts and channels are counted.
/// </summary>
public sealed class SecurityEventCounts
{
    private readonly Lock _gate = new();
    private Dictionary<CountedEvent, CountedSum> _counted = [];

    internal void Add(CountedEvent counted, CountedSum more)
    {
        lock (_gate)
        {
            var times = _counted.TryGetValue(counted, out var known) ? known.Times : 0;
            _counted[counted] = more with { Times = (int)Math.Min(int.MaxValue, (long)times + more.Times) };
        }
    }

    /// <summary>Returns the counts since the last call and resets them.</summary>
    internal IReadOnlyCollection<KeyValuePair<CountedEvent, CountedSum>> Take()
    {
        lock (_gate)
        {
            var taken = _counted;
            _counted = [];
            return taken;
        }
    }
}
