using System.Globalization;
using WaCr.Web.Data;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Features.Messaging.Live;

/// <summary>
/// Carries <see cref="MessageSignal"/> and <see cref="NotificationSignal"/> between the processes that share a database. Where there is only one
/// there is nothing to do.
/// </summary>
public sealed class ReplicaNews(IReplicaLink link, MessageSignal signal, NotificationSignal people, TimeProvider time)
{
    // A busy conversation is told of ten times a second and no more.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    // A notification holds at most 8,000 bytes.
    private const int MostPerNote = 150;

    // Before the id of a user; a conversation's stands alone.
    private const char Person = '@';

    private readonly string _self = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

    /// <summary>Runs until it is cancelled, or throws where the database is gone.</summary>
    public Task HearAsync(CancellationToken cancellationToken) => link.ListenAsync(Hear, cancellationToken);

    /// <summary>Runs until it is cancelled, or throws where the database is gone.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var moved = signal.Untold.WaitToReadAsync(cancellationToken).AsTask();
        var named = people.Untold.WaitToReadAsync(cancellationToken).AsTask();
        while (await await Task.WhenAny(moved, named))
        {
            await Task.Delay(Gather, time, cancellationToken);
            var news = new HashSet<string>(StringComparer.Ordinal);
            while (news.Count < MostPerNote && signal.Untold.TryRead(out var one))
            {
                news.Add(string.Create(CultureInfo.InvariantCulture, $"{one.TenantId}:{one.ConversationId}"));
            }

            while (news.Count < MostPerNote && people.Untold.TryRead(out var one))
            {
                news.Add(string.Create(CultureInfo.InvariantCulture, $"{one.TenantId}:{Person}{one.UserId}"));
            }

            if (news.Count > 0)
            {
                await link.PublishAsync($"{_self} {string.Join(' ', news)}", cancellationToken);
            }

            moved = moved.IsCompleted ? signal.Untold.WaitToReadAsync(cancellationToken).AsTask() : moved;
            named = named.IsCompleted ? people.Untold.WaitToReadAsync(cancellationToken).AsTask() : named;
        }
    }

    private void Hear(string note)
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
                if (about[0] == Person && Number(about[1..]) is { } userId)
                {
                    people.TellHere(tenantId, userId);
                }
                else if (Number(about) is { } conversationId)
                {
                    signal.TellHere(tenantId, conversationId);
                }
            }
        }
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
