using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace WaCr.Web.Data;

/// <summary>Collects a write's changes for the <see cref="ChangeFeed"/>.</summary>
internal sealed class CommittedChanges
{
    /// <summary>Columns that decide whether a channel may send and whose webhooks it gets; the row's others change with every
    /// batch.</summary>
    public static readonly IReadOnlyList<string> ChannelColumns =
    [
        nameof(Channel.CredentialRefusedAt), nameof(Channel.PausedAt), nameof(Channel.CredentialError),
        nameof(Channel.PhoneNumberId), nameof(Channel.BusinessAccountId), nameof(Channel.AppSecret),
    ];

    /// <summary>Columns that show a job's progress; the row's others change with every claim.</summary>
    public static readonly IReadOnlyList<string> BulkJobColumns = [nameof(BulkJob.State), nameof(BulkJob.ChunksDone)];

    /// <summary>Columns that show a campaign's progress; the row's others change with every claim.</summary>
    public static readonly IReadOnlyList<string> CampaignColumns = [nameof(Campaign.State), nameof(Campaign.ChunksDone)];

    /// <summary>Columns that WhatsApp's events set; the time of the last sync is no change.</summary>
    public static readonly IReadOnlyList<string> TemplateColumns =
    [
        nameof(Template.Status), nameof(Template.Quality), nameof(Template.Category)
    ];

    // With more than this, one change for all rows is published instead.
    private const int MaxOfOneWrite = 64;

    private readonly HashSet<Change> _changes = [];

    public void Add(Change change) => _changes.Add(change);

    public IReadOnlyCollection<Change> Take()
    {
        if (_changes.Count == 0)
        {
            return [];
        }

        var taken = _changes.Count <= MaxOfOneWrite ? [.. _changes] : Shorten(_changes);
        _changes.Clear();
        return taken;
    }

    public void Clear() => _changes.Clear();

    /// <summary>Call before each save.</summary>
    public void AddFrom(ChangeTracker tracker, long tenantId)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
            {
                continue;
            }

            if (ChangeOf(entry, tenantId) is { } change)
            {
                Add(change);
            }

            if (entry is { State: EntityState.Added, Entity: Message { State: OutboxState.Waiting } })
            {
                Add(new Change(ChangeKind.Outbox, tenantId));
            }
        }
    }

    public static ChangeKind? KindOf(Type entity) =>
        entity == typeof(Contact)
            || entity == typeof(GroupMember)
            || entity == typeof(Group)
            || entity == typeof(Status)
            || entity == typeof(Source)
            ? ChangeKind.Contacts
            : entity == typeof(ChannelNotice) ? ChangeKind.Channels
            : entity == typeof(Webhook) ? ChangeKind.Webhooks
            : entity == typeof(WebhookDelivery) ? ChangeKind.Deliveries
            : entity == typeof(PushMessage) ? ChangeKind.Pushes
            : entity == typeof(Template) ? ChangeKind.Templates
            : entity == typeof(BulkJob) ? ChangeKind.BulkJobs
            : entity == typeof(Campaign) ? ChangeKind.Campaigns
            : entity == typeof(WebhookEvent) ? ChangeKind.WebhookEvents
            : null;

    private static Change? ChangeOf(EntityEntry entry, long tenantId) => entry.Entity switch
    {
        Contact contact => new Change(ChangeKind.Contacts, tenantId, contact.Id),
        GroupMember member => new Change(ChangeKind.Contacts, tenantId, member.ContactId),
        Message { ConversationId: > 0 } message => new Change(ChangeKind.Conversation, tenantId, message.ConversationId),
        Comment { ConversationId: > 0 } comment => new Change(ChangeKind.Conversation, tenantId, comment.ConversationId),
        Conversation { Id: > 0 } conversation => new Change(ChangeKind.Conversation, tenantId, conversation.Id),
        Notification notification => new Change(ChangeKind.Notifications, tenantId, notification.UserId),
        AccountNotice notice => new Change(ChangeKind.Notifications, 0, notice.UserId), // concerns the user in every workspace
        Membership membership => new Change(ChangeKind.Access, tenantId, membership.UserId),
        Tenant tenant => new Change(ChangeKind.Access, tenant.Id),
        MessageMedia { State: MediaState.Waiting } when entry.State == EntityState.Added => new Change(ChangeKind.Media, tenantId),
        Channel when entry.State == EntityState.Modified && !ChannelColumns.Any(column => entry.Property(column).IsModified) => null,
        Channel => new Change(ChangeKind.Channels, tenantId),
        PushMessage push when push.DueAt > push.CreatedAt => null, // its loop finds it when it polls
        _ => KindOf(entry.Metadata.ClrType) is { } kind ? new Change(kind, tenantId) : null,
    };

    private static List<Change> Shorten(HashSet<Change> changes) =>
        [.. changes.Select(change => change.Kind == ChangeKind.Contacts ? change with { Id = 0 } : change).Distinct()];
}
