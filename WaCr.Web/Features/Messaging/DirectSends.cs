using System.Collections.Concurrent;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// Counts direct sends of the last second, which use up the number's throughput like outbox messages. Kept in memory, so a send costs no
/// write; the next outbox claim of this process accounts for it for all replicas.
/// </summary>
public sealed class DirectSends(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, Queue<DateTimeOffset>> _ofChannel = new();

    public void Note(long channelId)
    {
        var sends = _ofChannel.GetOrAdd(channelId, _ => new Queue<DateTimeOffset>());
        lock (sends)
        {
            DropExpired(sends);
            sends.Enqueue(time.GetUtcNow());
        }
    }

    /// <summary>Direct sends since the last call, within the last second.</summary>
    public int Take(long channelId)
    {
        if (!_ofChannel.TryGetValue(channelId, out var sends))
        {
            return 0;
        }

        lock (sends)
        {
            DropExpired(sends);
            var count = sends.Count;
            sends.Clear();
            return count;
        }
    }

    private void DropExpired(Queue<DateTimeOffset> sends)
    {
        var oldest = time.GetUtcNow() - Kept;
        while (sends.TryPeek(out var at) && at < oldest)
        {
            sends.Dequeue();
        }
    }
}
