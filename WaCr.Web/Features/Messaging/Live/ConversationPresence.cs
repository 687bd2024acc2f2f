using System.Collections.Concurrent;
using System.Threading.Channels;

namespace WaCr.Web.Features.Messaging.Live;

/// <summary>Somebody of this process opened a conversation, has it open still, or left it.</summary>
public readonly record struct PresenceChanged(long TenantId, long ConversationId, long UserId, bool IsHere);

/// <summary>
/// Who has which conversation open, in this process and, as far as they say so, in the others. It is a courtesy between colleagues and kept
/// nowhere: who is elsewhere is forgotten unless <see cref="ReplicaBackplane"/> hears of them again within <see cref="Lifetime"/>.
/// </summary>
public sealed class ConversationPresence(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    // Beyond it the oldest are left out; the next beat says it again.
    private const int MaxPending = 10_000;

    private readonly ConcurrentDictionary<Visit, byte> _visits = new();
    private readonly ConcurrentDictionary<Elsewhere, DateTimeOffset> _elsewhere = new();
    private readonly Channel<PresenceChanged> _untold = Channel.CreateBounded<PresenceChanged>(
        new BoundedChannelOptions(MaxPending) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>What the other replicas have not been told yet.</summary>
    public ChannelReader<PresenceChanged> PendingIds => _untold.Reader;

    /// <summary>Until the answer is disposed of. <paramref name="changed"/> is called, on whatever thread, when others come or go.</summary>
    public IDisposable Enter(long tenantId, long conversationId, long userId, Action changed)
    {
        var visit = new Visit(this, new Place(tenantId, conversationId), userId, changed);
        _visits.TryAdd(visit, 0);
        TellHere(visit.Place, userId);
        Announce(visit, isHere: true);
        return visit;
    }

    /// <summary>Each once, whatever number of windows they have open.</summary>
    public IReadOnlyList<long> Others(long tenantId, long conversationId, long userId)
    {
        var (place, now) = (new Place(tenantId, conversationId), time.GetUtcNow());
        var here = _visits.Keys.Where(visit => visit.Place == place).Select(visit => visit.UserId);
        var elsewhere = _elsewhere.Where(other => other.Key.Place == place && other.Value > now).Select(other => other.Key.UserId);
        return [.. here.Concat(elsewhere).Where(id => id != userId).Distinct().Order()];
    }

    /// <summary>From another replica. Who comes is told who is here already.</summary>
    public void Receive(string replica, PresenceChanged news)
    {
        var (place, now) = (new Place(news.TenantId, news.ConversationId), time.GetUtcNow());
        var who = new Elsewhere(replica, place, news.UserId);
        if (!news.IsHere)
        {
            if (_elsewhere.TryRemove(who, out _))
            {
                TellHere(place, news.UserId);
            }

            return;
        }

        var wasKnown = _elsewhere.TryGetValue(who, out var until) && until > now;
        _elsewhere[who] = now + Lifetime;
        if (!wasKnown)
        {
            TellHere(place, news.UserId);
            AnnounceAll(visit => visit.Place == place);
        }
    }

    /// <summary>To be called well within <see cref="Lifetime"/>: says again who is here, and forgets those of whom nothing was heard.</summary>
    public void Heartbeat()
    {
        AnnounceAll(_ => true);
        var now = time.GetUtcNow();
        foreach (var (who, until) in _elsewhere)
        {
            if (until <= now && _elsewhere.TryRemove(KeyValuePair.Create(who, until)))
            {
                TellHere(who.Place, who.UserId);
            }
        }
    }

    private void Leave(Visit visit)
    {
        if (!_visits.TryRemove(visit, out _))
        {
            return;
        }

        TellHere(visit.Place, visit.UserId);
        if (!_visits.Keys.Any(other => other.Place == visit.Place && other.UserId == visit.UserId))
        {
            Announce(visit, isHere: false);
        }
    }

    private void TellHere(Place place, long userId)
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
        _untold.Writer.TryWrite(new PresenceChanged(visit.Place.TenantId, visit.Place.ConversationId, visit.UserId, isHere));

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
