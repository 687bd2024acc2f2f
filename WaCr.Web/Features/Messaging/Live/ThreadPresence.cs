using System.Collections.Concurrent;

namespace WaCr.Web.Features.Messaging.Live;

/// <summary>
/// Who has which conversation open, in this process. It is a courtesy between colleagues and kept nowhere: two who answer at once on
/// different replicas see each other's messages, as everybody does.
/// </summary>
public sealed class ThreadPresence
{
    private readonly ConcurrentDictionary<Visit, byte> _visits = new();

    /// <summary>Until the answer is disposed of. <paramref name="changed"/> is called, on whatever thread, when others come or go.</summary>
    public IDisposable Enter(long tenantId, long conversationId, long userId, Action changed)
    {
        var visit = new Visit(this, (tenantId, conversationId), userId, changed);
        _visits.TryAdd(visit, 0);
        Tell(visit);
        return visit;
    }

    /// <summary>Each once, whatever number of windows they have open.</summary>
    public IReadOnlyList<long> Others(long tenantId, long conversationId, long userId) =>
        [.. _visits.Keys.Where(visit => visit.Place == (tenantId, conversationId) && visit.UserId != userId).Select(visit => visit.UserId).Distinct().Order()];

    private void Leave(Visit visit)
    {
        if (_visits.TryRemove(visit, out _))
        {
            Tell(visit);
        }
    }

    private void Tell(Visit moved)
    {
        foreach (var visit in _visits.Keys.Where(visit => visit.Place == moved.Place && visit.UserId != moved.UserId))
        {
            visit.Changed();
        }
    }

    private sealed class Visit(ThreadPresence presence, (long Tenant, long Conversation) place, long userId, Action changed) : IDisposable
    {
        public (long Tenant, long Conversation) Place { get; } = place;

        public long UserId { get; } = userId;

        public Action Changed { get; } = changed;

        public void Dispose() => presence.Leave(this);
    }
}
