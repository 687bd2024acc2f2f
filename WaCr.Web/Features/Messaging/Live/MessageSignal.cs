using System.Threading.Channels;
using WaCr.Web.Common;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Live;

/// <summary>A message or a status arrived in this conversation; what exactly is read from the database.</summary>
public readonly record struct ConversationChanged(long TenantId, long ConversationId);

/// <summary>
/// Tells whoever looks at a workspace's conversations that one of them moved, within this process at once; <see cref="ReplicaBackplane"/> carries it to
/// the others.
/// </summary>
public sealed class MessageSignal : IDisposable
{
    // Beyond it the oldest are left out: pages elsewhere then see the rest at their next look.
    private const int MaxPending = 10_000;

    private readonly Subscribers<long, long> _listeners = new();
    private readonly Channel<ConversationChanged> _untold = Channel.CreateBounded<ConversationChanged>(
        new BoundedChannelOptions(MaxPending) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly IDisposable _subscription;

    public MessageSignal(ChangeFeed feed) =>
        _subscription = feed.Subscribe(ChangeKind.Conversation, change => Notify(change.TenantId, change.Id));

    /// <summary>What the other replicas have not been told yet.</summary>
    public ChannelReader<ConversationChanged> PendingIds => _untold.Reader;

    /// <summary>Calls back with the conversation, on whatever thread, until the answer is disposed of.</summary>
    public IDisposable Subscribe(long tenantId, Action<long> callback) => _listeners.Add(tenantId, callback);

    public void Notify(long tenantId, long conversationId)
    {
        TellHere(tenantId, conversationId);
        _untold.Writer.TryWrite(new ConversationChanged(tenantId, conversationId));
    }

    public void Dispose() => _subscription.Dispose();

    /// <summary>For what came from another replica.</summary>
    public void TellHere(long tenantId, long conversationId) => _listeners.Notify(tenantId, conversationId);
}
