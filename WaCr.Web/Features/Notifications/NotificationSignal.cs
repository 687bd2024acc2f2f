using System.Threading.Channels;
using WaCr.Web.Common;

namespace WaCr.Web.Features.Notifications;

/// <summary>Somebody has something new to be told, or has read it.</summary>
public readonly record struct UserNotified(long TenantId, long UserId);

/// <summary>Tells the open pages of one person, in this process at once; what is still <see cref="PendingIds"/> is for the other replicas.</summary>
public sealed class NotificationSignal
{
    // Beyond it the oldest are left out: pages elsewhere then see the rest at their next look.
    private const int MaxPending = 1_000;

    private readonly Subscribers<UserNotified, UserNotified> _listeners = new();
    private readonly Channel<UserNotified> _untold = Channel.CreateBounded<UserNotified>(
        new BoundedChannelOptions(MaxPending) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public ChannelReader<UserNotified> PendingIds => _untold.Reader;

    /// <summary>Calls back, on whatever thread, until the answer is disposed of.</summary>
    public IDisposable Subscribe(long tenantId, long userId, Action callback) =>
        _listeners.Add(new UserNotified(tenantId, userId), _ => callback());

    public void Notify(long tenantId, long userId)
    {
        TellHere(tenantId, userId);
        _untold.Writer.TryWrite(new UserNotified(tenantId, userId));
    }

    /// <summary>For what came from another replica.</summary>
    public void TellHere(long tenantId, long userId)
    {
        var person = new UserNotified(tenantId, userId);
        _listeners.Notify(person, person);
    }
}
