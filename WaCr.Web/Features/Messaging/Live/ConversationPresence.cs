using System.Collections.Concurrent;
using System.Threading.Channels;
using Channel = System.Threading.Channels.Channel;

namespace WaCr.Web.Features.Messaging.Live;

/// <summary>A user of this process opened a conversation, still has it open, or left it.</summary>
public readonly record struct PresenceChanged(long TenantId, long ConversationId, long UserId, bool IsHere);

/// <summary>
/// Who has which conversation open, in this process and in others. Kept in memory only; users of other processes expire unless
/// <see cref="ReplicaBackplane"/> reports them again within <see cref="Lifetime"/>.
/// </summary>
public sealed class ConversationPresence(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    // Beyond this the oldest are dropped; the next heartbeat repeats them.
    private const int MaxPending = 10_000;

    private readonly ConcurrentDictionary<Visit, byte> _visits = new();
    private readonly ConcurrentDictionary<Elsewhere, DateTimeOffset> _elsewhere = new();
    private readonly Channel<PresenceChanged> _pending = Channel.CreateBounded<PresenceChanged>(
        new BoundedChannelOptions(MaxPending) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Changes not yet published to other replicas.</summary>
    public ChannelReader<PresenceChanged> Pending => _pending.Reader;

    /// <summary>
    /// Enters a conversation until the result is disposed. Calls <paramref name="changed"/>, on any thread, when others enter or leave.
    /// </summary>
    public IDisposable Enter(long tenantId, long conversationId, long userId, Action changed)
    {
        var visit = new Visit(this, new Place(tenantId, conversationId), userId, changed);
        _visits.TryAdd(visit, 0);
        NotifyLocal(visit.Place, userId);
        Announce(visit, isHere: true);
        return visit;
    }

    /// <summary>Each user once, however many windows they have open.</summary>
    public IReadOnlyList<long> Others(long tenantId, long conversationId, long userId)
    {
        var (place, now) = (new Place(tenantId, conversationId), time.GetUtcNow());
        var here = _visits.Keys.Where(visit => visit.Place == place).Select(visit => visit.UserId);
        var elsewhere = _elsewhere.Where(other => other.Key.Place == place && other.Value > now).Select(other => other.Key.UserId);
        return [.. here.Concat(elsewhere).Where(id => id != userId).Distinct().Order()];
    }

    /// <summary>Applies a change from another replica. If a user entered, the users here are published in return.</summary>
    public void Receive(string replica, PresenceChanged news)
    {
        var (place, now) = (new Place(news.TenantId, news.ConversationId), time.GetUtcNow());
        var who = new Elsewhere(replica, place, news.UserId);
        if (!news.IsHere)
        {
            if (_elsewhere.TryRemove(who, out _))
            {
                NotifyLocal(place, news.UserId);
            }

            return;
        }

        var wasKnown = _elsewhere.TryGetValue(who, out var until) && until > now;
        _elsewhere[who] = now + Lifetime;
        if (!wasKnown)
        {
            NotifyLocal(place, news.UserId);
            AnnounceAll(visit => visit.Place == place);
        }
    }

    /// <summary>Publishes who is here again and removes expired users. Call it more often than <see cref="Lifetime"/>.</summary>
    public void Heartbeat()
    {
        AnnounceAll(_ => true);
        var now = time.GetUtcNow();
        foreach (var (who, until) in _elsewhere)
        {
            if (until <= now && _elsewhere.TryRemove(KeyValuePair.Create(who, until)))
            {
                NotifyLocal(who.Place, who.UserId);
            }
        }
    }

    private void Leave(Visit visit)
    {
        if (!_visits.TryRemove(visit, out _))
        {
            return;
        }

        NotifyLocal(visit.Place, visit.UserId);
        if (!_visits.Keys.Any(other => other.Place == visit.Place && other.UserId == visit.UserId))
        {
            Announce(visit, isHere: false);
        }
    }

    private void NotifyLocal(Place place, long userId)
    {
        foreach (var visit in _visits.Keys.Where(visit => visit.Place == place && visit.UserId != userId))
        {
            visit.Changed();
        }
    }

    private void AnnounceAll(Func<Visit, bool> which)
    {
        foreach (var visit in _visits.Keys.Where(which).DistinctBy(visit => (visit.Place, visit.UserId)))
        {
            Announce(visit, isHere: true);
        }
    }

    private void Announce(Visit visit, bool isHere) =>
        _pending.Writer.TryWrite(new PresenceChanged(visit.Place.TenantId, visit.Place.ConversationId, visit.UserId, isHere));

    private readonly record struct Place(long TenantId, long ConversationId);

    private readonly record struct Elsewhere(string Replica, Place Place, long UserId);

    private sealed class Visit(ConversationPresence presence, Place place, long userId, Action changed) : IDisposable
    {
        public Place Place { get; } = place;

        public long UserId { get; } = userId;

        public Action Changed { get; } = changed;

        public void Dispose() => presence.Leave(this);
    }
}
