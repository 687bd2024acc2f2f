using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using WaCr.Web.Domain;

namespace WaCr.Web.Data;

/// <summary>What a write has changed so far, for the <see cref="ChangeFeed"/>.</summary>
internal sealed class CommittedChanges
{
    /// <summary>Columns that say whether a channel may send; others of its row change with every batch.</summary>
    public static readonly IReadOnlyList<string> ChannelColumns =
        [nameof(Channel.CredentialRefusedAt), nameof(Channel.PausedAt), nameof(Channel.CredentialError)];

    private readonly HashSet<Change> _changes = [];

    public void Add(Change change) => _changes.Add(change);

    public IReadOnlyCollection<Change> Take()
    {
        if (_changes.Count == 0)
        {
            return [];
        }

        var taken = _changes.ToList();
        _changes.Clear();
        return taken;
    }

    public void Clear() => _changes.Clear();

    /// <summary>To be called before each save.</summary>
    public void AddFrom(ChangeTracker tracker, long tenantId)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is not (EntityState.Unchanged or EntityState.Detached) && KindOf(entry) is { } kind)
            {
                Add(new Change(kind, tenantId));
            }
        }
    }

    public static ChangeKind? KindOf(Type entity) =>
        entity == typeof(Contact) || entity == typeof(GroupMember) || entity == typeof(Group) || entity == typeof(Status) || entity == typeof(Source)
            ? ChangeKind.Contacts
            : entity == typeof(ChannelNotice) ? ChangeKind.Channels
            : entity == typeof(Webhook) ? ChangeKind.Webhooks
            : entity == typeof(WebhookDelivery) ? ChangeKind.Deliveries : null;

    private static ChangeKind? KindOf(EntityEntry entry) => entry.Entity is Channel
        ? entry.State != EntityState.Modified || ChannelColumns.Any(column => entry.Property(column).IsModified) ? ChangeKind.Channels : null
        : KindOf(entry.Metadata.ClrType);
}
