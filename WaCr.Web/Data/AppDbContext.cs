using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Data;

/// <summary>
/// One model for both engines. A context is leased from the factory for one operation and bound to the scope's tenant; what differs between
/// the engines is abstract here.
/// </summary>
public abstract class AppDbContext(DbContextOptions options)
    : IdentityUserContext<AppUser, long>(options), IDataProtectionKeyContext
{
    /// <summary>The query filter that keeps tenants apart.</summary>
    public const string TenantFilter = "Tenant";

    protected const string LikeEscape = "\\";

    private readonly CommittedChanges _changes = new();
    private readonly PendingEvents _events = new();
    private TenantContext? _tenant;
    private TimeProvider _time = TimeProvider.System;

    public DbSet<Tenant> Tenants => Set<Tenant>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<AccountNotice> AccountNotices => Set<AccountNotice>();
    public DbSet<UserSession> UserSessions => Set<UserSession>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<DeletedContact> DeletedContacts => Set<DeletedContact>();
    public DbSet<Group> Groups => Set<Group>();
    public DbSet<ContactMerge> ContactMerges => Set<ContactMerge>();
    public DbSet<UnsavedEdit> UnsavedEdits => Set<UnsavedEdit>();
    public DbSet<GroupMember> GroupMembers => Set<GroupMember>();
    public DbSet<Source> Sources => Set<Source>();
    public DbSet<Status> Statuses => Set<Status>();
    public DbSet<Country> Countries => Set<Country>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<Plan> Plans => Set<Plan>();
    public DbSet<Subscription> Subscriptions => Set<Subscription>();
    public DbSet<UsageCounter> UsageCounters => Set<UsageCounter>();
    public DbSet<RateWindow> RateWindows => Set<RateWindow>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();
    public DbSet<BulkJob> BulkJobs => Set<BulkJob>();
    public DbSet<BulkChunk> BulkChunks => Set<BulkChunk>();
    public DbSet<Import> Imports => Set<Import>();
    public DbSet<ImportChunk> ImportChunks => Set<ImportChunk>();
    public DbSet<ImportFilePart> ImportFileParts => Set<ImportFilePart>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<UserPreference> UserPreferences => Set<UserPreference>();
    public DbSet<Channel> Channels => Set<Channel>();
    public DbSet<ChannelNotice> ChannelNotices => Set<ChannelNotice>();
    public DbSet<ChannelHealth> ChannelHealths => Set<ChannelHealth>();
    public DbSet<ChannelIdentity> ChannelIdentities => Set<ChannelIdentity>();
    public DbSet<Conversation> Conversations => Set<Conversation>();
    public DbSet<UsageWindow> UsageWindows => Set<UsageWindow>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<GroupMessage> GroupMessages => Set<GroupMessage>();
    public DbSet<PricedMessages> PricedMessages => Set<PricedMessages>();
    public DbSet<MessageMedia> MessageMedia => Set<MessageMedia>();
    public DbSet<MediaFile> MediaFiles => Set<MediaFile>();
    public DbSet<Template> Templates => Set<Template>();
    public DbSet<UnsavedTemplate> UnsavedTemplates => Set<UnsavedTemplate>();
    public DbSet<OneTimeCode> OneTimeCodes => Set<OneTimeCode>();
    public DbSet<OneTimeCodeLimit> OneTimeCodeLimits => Set<OneTimeCodeLimit>();
    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<CampaignChunk> CampaignChunks => Set<CampaignChunk>();
    public DbSet<CampaignExclusion> CampaignExclusions => Set<CampaignExclusion>();
    public DbSet<Comment> Comments => Set<Comment>();
    public DbSet<SavedPlace> SavedPlaces => Set<SavedPlace>();
    public DbSet<QuickReply> QuickReplies => Set<QuickReply>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<PushSubscription> PushSubscriptions => Set<PushSubscription>();
    public DbSet<PushMessage> PushMessages => Set<PushMessage>();
    public DbSet<ServerSecret> ServerSecrets => Set<ServerSecret>();
    public DbSet<ConsentKeywordSet> ConsentKeywordSets => Set<ConsentKeywordSet>();
    public DbSet<ConsentRecord> ConsentRecords => Set<ConsentRecord>();
    public DbSet<WebhookEvent> WebhookEvents => Set<WebhookEvent>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<OutgoingEvent> OutgoingEvents => Set<OutgoingEvent>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>The tenant that the filter compares with; 0 matches nothing.</summary>
    public long CurrentTenantId => _tenant?.TenantId ?? 0;

    internal TenantContext? Tenant => _tenant;

    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Null at design time, when no events are written.</summary>
    internal WebhookSubscriptions? EventSubscriptions { get; set; }

    /// <summary>Binds a leased context to its scope; a pooled context is bound anew at each lease.</summary>
    public void Bind(TenantContext? tenant, TimeProvider time)
    {
        _tenant = tenant;
        _time = time;
        _changes.Clear();
        _events.Clear();
    }

    /// <summary>Whether a webhook of the tenant wants this event. Ask before building one.</summary>
    internal async ValueTask<bool> HasSubscriberAsync(string eventType) =>
        EventSubscriptions is not null && (await EventSubscriptions.OfAsync(this)).Any(webhook => webhook.IsSubscribedTo(eventType));

    /// <summary>Writes an event for webhooks, sent once it is committed. Call where a statement bypasses the change tracker.</summary>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    /// <param name="resourceId">The id of what changed.</param>
    /// <param name="contactId">The contact whose data it holds; null if none.</param>
    /// <param name="attributes">JSON, as <see cref="EventJson"/> writes it.</param>
    internal void NoteEvent(string type, long resourceId, long? contactId, string attributes) =>
        _events.Add(type, resourceId, contactId, attributes);

    /// <summary>For contacts written past the change tracker; events that no webhook wants are dropped at the end.</summary>
    internal PendingEvents Events => _events;

    /// <summary>For the writers, before they commit.</summary>
    internal async Task WriteEventsAsync()
    {
        if (_events.Any && EventSubscriptions is not null)
        {
            await _events.WriteAsync(this, await EventSubscriptions.OfAsync(this));
        }
    }

    /// <summary>
    /// Publishes a change (<see cref="ChangeFeed"/>) once the write is committed. Call where neither the change tracker nor a statement on
    /// the table shows it.
    /// </summary>
    public void NoteChange(ChangeKind kind, long id = 0) => NoteChange(new Change(kind, CurrentTenantId, id));

    /// <inheritdoc cref="NoteChange(ChangeKind, long)"/>
    public void NoteChange(Change change) => _changes.Add(change);

    /// <summary>For the writers, before they commit.</summary>
    internal IReadOnlyCollection<Change> TakeChanges() => _changes.Take();

    /// <summary>
    /// Contacts that may contain one of <paramref name="needles"/> in their search text: a cheap superset that the caller must check.
    /// Needles are folded and at least three characters long.
    /// </summary>
    public abstract IQueryable<ContactMatch> FindCandidates(IReadOnlyList<string> needles, IReadOnlyList<string> words);

    /// <summary>
    /// Messages whose text contains <paramref name="part"/>, ignoring case; for one or two letters, messages that begin with them. The part
    /// is not empty.
    /// </summary>
    public abstract IQueryable<MessageMatch> FindMessages(string part);

    /// <summary>
    /// Whether the engine considers a LIMIT when it chooses an index. SQLite has no statistics here and does not, so list queries tell it
    /// which index to use.
    /// </summary>
    public abstract bool HasQueryPlanner { get; }

    /// <summary>
    /// The engine's text index, if checking candidates one by one in this process is fastest. Null if the database does the whole search,
    /// and on a connection that is not kept open.
    /// </summary>
    public abstract ContactTextIndex? TextIndex { get; }

    /// <summary>The engine with its version, and how much room the database takes.</summary>
    public abstract Task<DatabaseStatistics> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Whether other replicas may write to the same database.</summary>
    public abstract bool HasReplicas { get; }

    /// <summary>Reserves ids for rows of <paramref name="table"/> to be inserted; call inside a write.</summary>
    public abstract Task<IReadOnlyList<long>> ReserveIdsAsync(string table, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Locks these contacts until the write ends, for changes that bypass the change tracker and its version check. Read them afterwards.
    /// Call it before a message or a conversation is written: all writes lock contacts, then messages, then conversations.
    /// </summary>
    public abstract Task LockContactsAsync(IReadOnlyCollection<long> ids);

    /// <summary>Locks conversations with their messages until the write ends; nothing is added to them. Read them afterwards.</summary>
    public abstract Task LockConversationsAsync(long tenantId, IReadOnlyCollection<long> ids);

    /// <summary>Locks groups until the write ends, after all contacts; nobody is added to them. Read their members afterwards.</summary>
    public abstract Task LockGroupsAsync(IReadOnlyCollection<long> ids);

    /// <summary>
    /// Lets one write at a time pass with this value, until it ends: for a row that may not exist yet, so that two are never first. Look
    /// for the row afterwards. All who call it for a table do so at the same place among their locks, or two could wait for each other.
    /// </summary>
    /// <param name="table">The table that the row is in.</param>
    /// <param name="value">What is unique in it.</param>
    public abstract Task LockValueAsync(string table, string value);

    /// <summary>Leases a part of a minute's calls to this process; see <see cref="RateWindow"/>. Call inside a write.</summary>
    public abstract Task<RateLease> LeaseCallsAsync(long tokenId, long minute, int limit);

    /// <summary>
    /// Until called with false, rows deleted by this write are also overwritten on disk. For erasures only, since it costs as much as
    /// writing the rows. PostgreSQL does it with its next vacuum.
    /// </summary>
    public abstract Task WipeDeletedAsync(bool isOn);

    /// <summary>Whether the write failed because a unique index already holds the value.</summary>
    public abstract bool IsUniqueViolation(Exception exception);

    public sealed override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        ChangeTracker.DetectChanges();
        using var turn = TakeTurn();
        PrepareSave();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public sealed override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Once: each enumeration of the tracker's entries would compare all values again.
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            using var turn = await TakeTurnAsync(cancellationToken);
            await ConsentLedger.ApplyAsync(this);
            await GiveIdsAsync(cancellationToken);
            var subscriptions = EventSubscriptions is null ? [] : await EventSubscriptions.OfAsync(this);
            PrepareSave();
            if (subscriptions.Count > 0)
            {
                _events.AddFrom(this, subscriptions);
            }

            return SaveDirectly() ?? await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>
    /// On an engine with a single writer: waits for the turn, which ends when the result is disposed of. Not in an interceptor, because EF
    /// does not tell interceptors when a save ends in a version conflict.
    /// </summary>
    protected virtual Task<IDisposable?> TakeTurnAsync(CancellationToken cancellationToken) => Task.FromResult<IDisposable?>(null);

    /// <inheritdoc cref="TakeTurnAsync"/>
    protected virtual IDisposable? TakeTurn() => null;

    /// <summary>Saves the tracker's changes in the engine's own way; null if it has none for them.</summary>
    protected virtual int? SaveDirectly() => null;

    // An audit entry names its row's id, so a new row needs one before it is saved.
    private async Task GiveIdsAsync(CancellationToken cancellationToken)
    {
        var added = ChangeTracker.Entries<IAudited>()
            .Where(entry => entry.State == EntityState.Added && entry.Metadata.FindProperty(nameof(Contact.Id)) is not null
                && (entry.Property(nameof(Contact.Id)).IsTemporary || entry.Property(nameof(Contact.Id)).CurrentValue is 0L))
            .GroupBy(entry => entry.Metadata.GetTableName()!, StringComparer.Ordinal);
        foreach (var table in added)
        {
            var entries = table.ToList();
            var ids = await ReserveIdsAsync(table.Key, entries.Count, cancellationToken);
            foreach (var (entry, id) in entries.Zip(ids))
            {
                var property = entry.Property(nameof(Contact.Id));
                property.CurrentValue = id;
                property.IsTemporary = false;
            }
        }
    }

    private void PrepareSave()
    {
        SaveGuard.Check(ChangeTracker, _tenant);
        if (_tenant is { IsSet: true })
        {
            ChangeStamps.Apply(ChangeTracker, _time.UtcNowInSeconds());
            AuditTrail.Add(this, _tenant, _time.GetUtcNow());
        }

        _changes.AddFrom(ChangeTracker, CurrentTenantId);
    }

    /// <summary>A LIKE pattern: the text anywhere, or at the start if shorter than a trigram; its own wildcards are escaped.</summary>
    protected static string LikePattern(string part) =>
        $"{(part.EnumerateRunes().Count() < TextIndexRows.TrigramLength ? "" : "%")}{part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // Every index is written out in Configurations/ and starts with the tenant; conventional foreign key indexes would not.
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
        IdentityTables.Rename(builder);
        TenantModel.Apply(builder, this);
    }
}
