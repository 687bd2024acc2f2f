using System.Threading.Channels;
using WaCr.Web.Common;

namespace WaCr.Web.Features.Notifications;

/// <summary>Somebody has something new to be told, or has read it.</summary>
public readonly record struct PersonNews(long TenantId, long UserId);

/// <summary>Tells the open pages of one person, in this process at once; what is still <see cref="Untold"/> is for the other replicas.</summary>
public sealed class NotificationSignal
{
    // Beyond it the oldest are left out: pages elsewhere then see the rest at their next look.
    private const int MostUntold = 1_000;

    private readonly Listeners<PersonNews, PersonNews> _listeners = new();
    private readonly Channel<PersonNews> _untold = Channel.CreateBounded<PersonNews>(
        new BoundedChannelOptions(MostUntold) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public ChannelReader<PersonNews> Untold => _untold.Reader;

    /// <summary>Calls back, on whatever thread, until the answer is disposed of.</summary>
    public IDisposable OnMoved(long tenantId, long userId, Action callback) =>
        _listeners.Add(new PersonNews(tenantId, userId), _ => callback());

    public void Tell(long tenantId, long userId)
    {
        TellHere(tenantId, userId);
        _untold.Writer.TryWrite(new PersonNews(tenantId, userId));
    }

    /// <summary>For what came from another replica.</summary>
    public void TellHere(long tenantId, long userId)
    {
        var person = new PersonNews(tenantId, userId);
        _listeners.Tell(person, person);
    }
}
