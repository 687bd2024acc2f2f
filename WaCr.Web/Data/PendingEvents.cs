using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace WaCr.Web.Data;

/// <summary>
/// A write's webhook events. They are collected during the write, from what is saved or by explicit calls where a statement bypasses the
/// change tracker, and inserted once at its end, with a delivery per interested webhook.
/// </summary>
internal sealed class PendingEvents
{
    private readonly List<Pending> _pending = [];

    public bool Any => _pending.Count > 0;

    public void Clear() => _pending.Clear();

    public void Add(string type, long resourceId, long? contactId, string attributes, string? changes = null) =>
        _pending.Add(new Pending(type, () => resourceId, contactId, () => attributes, changes));

    /// <param name="changes">Of the contact's audit entry.</param>
    public void AddContactUpdate(Contact contact, IReadOnlyList<long> groups, string? changes)
    {
        var attributes = EventJson.Of(contact, groups);
        foreach (var (type, told) in ContactUpdateEvents.Of(contact, changes))
        {
            Add(type, contact.Id, contact.Id, attributes, told);
        }
    }

    /// <summary>Call before a save, when stamps and keys are set; new rows whose ids the database assigns are read at the end.</summary>
    public void AddFrom(AppDbContext db, IReadOnlyList<WebhookSubscription> subscriptions)
    {
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
            {
                continue;
            }

            switch (entry.Entity)
            {
                case Contact contact when IsWanted(subscriptions, "contact"): AddContact(db, entry, contact); break;
                case Lookup lookup when IsWanted(subscriptions, NameOf(lookup)): AddLookup(entry, lookup); break;
                case ChannelNotice { IsGood: false } notice when entry.State == EntityState.Added
                    || entry.Property(nameof(notice.At)).IsModified:
                    _pending.Add(new Pending(EventTypes.ChannelAlert, () => notice.ChannelId, null, () => EventJson.Of(notice), null));
                    break;
                case Template template when entry.State != EntityState.Deleted:
                    var changes = entry.State == EntityState.Added ? null : AuditTrail.Describe(entry, null);
                    if (entry.State == EntityState.Added || changes is not null)
                    {
                        _pending.Add(
                            new Pending(EventTypes.TemplateUpdated, () => template.Id, null, () => EventJson.Of(template), changes));
                    }

                    break;
            }
        }
    }

    /// <summary>Returns how many there were. Ids are assigned here, so that nobody waits for a sequence while the write runs.</summary>
    public async Task<int> WriteAsync(AppDbContext db, IReadOnlyList<WebhookSubscription> subscriptions)
    {
        var merged = _pending.Where(one => one.Type == EventTypes.ContactMerged).Select(one => one.ContactId).ToHashSet();
        var wanted = _pending
            .Where(one => !(one.Type == EventTypes.ContactUpdated && merged.Contains(one.ContactId))) // a merge is one event
            .Select(one =>
                (Event: one,
                 Webhooks: subscriptions.Where(webhook => webhook.IsSubscribedTo(one.Type)).Select(webhook => webhook.WebhookId).ToList()))
            .Where(one => one.Webhooks.Count > 0).ToList();
        _pending.Clear();
        if (wanted.Count == 0 || db.Tenant is not { IsSet: true } tenant)
        {
            return 0;
        }

        var now = db.Now;
        var eventIds = await db.ReserveIdsAsync("OutgoingEvents", wanted.Count, CancellationToken.None);
        var deliveryIds = await db.ReserveIdsAsync("WebhookDeliveries", wanted.Sum(one => one.Webhooks.Count), CancellationToken.None);
        var (events, deliveries) = (new List<OutgoingEvent>(wanted.Count), new List<WebhookDelivery>(deliveryIds.Count));
        foreach (var (one, webhooks) in wanted)
        {
            events.Add(new OutgoingEvent
            {
                Id = eventIds[events.Count],
                TenantId = tenant.TenantId,
                Type = one.Type,
                ResourceId = one.ResourceId(),
                ContactId = one.ContactId,
                Nonce = RandomNumberGenerator.GetInt32(int.MaxValue),
                ChangeOrigin = tenant.Actor.ChangeOrigin,
                RequestId = tenant.RequestId,
                OccurredAt = now,
                Changes = one.Changes,
                Attributes = one.Attributes(),
            });
            foreach (var webhook in webhooks)
            {
                deliveries.Add(new WebhookDelivery
                {
                    Id = deliveryIds[deliveries.Count],
                    TenantId = tenant.TenantId,
                    WebhookId = webhook,
                    EventId = events[^1].Id,
                    DueAt = now,
                    CreatedAt = now,
                });
            }
        }

        await db.BulkInsertAsync(events);
        await db.BulkInsertAsync(deliveries);
        return events.Count;
    }

    public static bool IsWanted(IReadOnlyList<WebhookSubscription> subscriptions, string resource) =>
        subscriptions.Any(webhook => webhook.Events.Any(name => name == EventTypes.Everything || EventTypes.ResourceOf(name) == resource));

    private void AddContact(AppDbContext db, EntityEntry entry, Contact contact)
    {
        var groups = AuditTrail.ChangedGroups(db, contact);
        var after = groups?.After ?? [.. contact.Groups.Select(member => member.GroupId).Order()];
        switch (entry.State)
        {
            case EntityState.Added: Add(EventTypes.ContactCreated, contact.Id, contact.Id, EventJson.Of(contact, after)); break;
            case EntityState.Deleted: Add(EventTypes.ContactDeleted, contact.Id, contact.Id, EventJson.Of(contact, after)); break;
            default: AddContactUpdate(contact, after, AuditTrail.Describe(entry, groups)); break;
        }
    }

    private void AddLookup(EntityEntry entry, Lookup lookup)
    {
        var changes = entry.State == EntityState.Modified ? AuditTrail.Describe(entry, null) : null;
        if (entry.State == EntityState.Modified
            && (changes is null || AuditTrail.ChangesOnly(changes, AuditFields.Name(nameof(Status.Position)))))
        {
            return; // its list position concerns no other system
        }

        var word = entry.State switch { EntityState.Added => "created", EntityState.Deleted => "deleted", _ => "updated" };
        Add($"{NameOf(lookup)}.{word}", lookup.Id, null, EventJson.Of(lookup), changes);
    }

    private static string NameOf(Lookup lookup) => lookup switch { Group => "group", Source => "source", _ => "status" };

    private sealed record Pending(string Type, Func<long> ResourceId, long? ContactId, Func<string> Attributes, string? Changes);
}
