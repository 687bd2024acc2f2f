using System.Threading.Channels;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Live;

/// <summary>
/// Carries <see cref="ChangeFeed"/> and <see cref="ConversationPresence"/> between processes that share a database. Does nothing with a
/// single process.
/// </summary>
public sealed class ReplicaBackplane(IBackplane link, ChangeFeed feed, ConversationPresence presence, TimeProvider time)
{
    // A busy conversation is reported at most ten times a second.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    // Two heartbeats may be lost before a user expires.
    private static readonly TimeSpan Heartbeat = ConversationPresence.Lifetime / 3;

    // A PostgreSQL notification holds at most 8,000 bytes.
    private const int MaxPerNote = 120;

    // Prefix of a change: its kind and id, as in 7:c2.42.
    private const char Changed = 'c';

    // Prefix of a presence: a conversation and a user who entered or left, as in 7:+42.3.
    private const char Here = '+';
    private const char Gone = '-';

    private readonly string _self = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

    /// <summary>Receives until cancelled; throws if the database is unavailable.</summary>
    public Task ReceiveAsync(CancellationToken cancellationToken) => link.ListenAsync(Receive, cancellationToken);

    /// <summary>Publishes until cancelled; throws if the database is unavailable.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        ISource[] sources =
        [
            new Source<Change>(
                feed.Pending, one => string.Create(CultureInfo.InvariantCulture, $"{one.TenantId}:{Changed}{(int)one.Kind}.{one.Id}")),
            new Source<PresenceChanged>(
                presence.Pending,
                one =>
                    string.Create(
                        CultureInfo.InvariantCulture, $"{one.TenantId}:{(one.IsHere ? Here : Gone)}{one.ConversationId}.{one.UserId}")),
        ];
        while (true)
        {
            await await Task.WhenAny(sources.Select(source => source.WaitAsync(cancellationToken)));
            await Task.Delay(Gather, time, cancellationToken);

            // In order of arrival: a user who leaves and comes back is present.
            var news = new List<string>();
            foreach (var source in sources)
            {
                while (news.Count < MaxPerNote && source.TryTake(out var word))
                {
                    news.Remove(word);
                    news.Add(word);
                }
            }

            if (news.Count > 0)
            {
                await link.PublishAsync($"{_self} {string.Join(' ', news)}", cancellationToken);
            }
        }
    }

    /// <summary>Publishes heartbeats until cancelled.</summary>
    public async Task SendHeartbeatsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Heartbeat, time, cancellationToken);
            presence.Heartbeat();
        }
    }

    private void Receive(string note)
    {
        var words = note.Split(' ');
        if (words[0] == _self)
        {
            return;
        }

        foreach (var word in words.Skip(1))
        {
            if (word.Split(':') is [var tenant, { Length: > 0 } about] && Number(tenant) is { } tenantId)
            {
                Receive(words[0], tenantId, about);
            }
        }
    }

    // A newer version may send notifications this one does not know; they are ignored.
    private void Receive(string replica, long tenantId, string about)
    {
        if (about[1..].Split('.') is not [var first, var second] || (Number(first), Number(second)) is not ({ } one, { } other))
        {
            return;
        }

        if (about[0] is Here or Gone)
        {
            presence.Receive(replica, new PresenceChanged(tenantId, one, other, about[0] == Here));
        }
        else if (about[0] == Changed && one <= int.MaxValue && Enum.IsDefined((ChangeKind)one))
        {
#pragma warning disable RS0030 // The channel of the replicas.
            feed.Receive(new Change((ChangeKind)one, tenantId, other));
#pragma warning restore RS0030
        }
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private interface ISource
    {
        Task WaitAsync(CancellationToken cancellationToken);

        bool TryTake(out string word);
    }

    private sealed class Source<T>(ChannelReader<T> pending, Func<T, string> word) : ISource
    {
        private Task<bool>? _waiting;

        public Task WaitAsync(CancellationToken cancellationToken)
        {
            if (_waiting is null or { IsCompleted: true })
            {
                _waiting = pending.WaitToReadAsync(cancellationToken).AsTask();
            }

            return _waiting;
        }

        public bool TryTake(out string taken)
        {
            var (found, one) = (pending.TryRead(out var read), read);
            taken = found ? word(one!) : "";
            return found;
        }
    }
}
