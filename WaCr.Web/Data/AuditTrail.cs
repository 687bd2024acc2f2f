using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace WaCr.Web.Data;

/// <summary>Adds an audit entry for each changed entity to the save that changes it.</summary>
internal static partial class AuditTrail
{
    // Derived or secret: they tell a reader nothing more.
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal)
    {
        nameof(Contact.Id), nameof(Contact.TenantId), nameof(Contact.Version), nameof(Contact.PhoneKey), nameof(Contact.EmailKey),
        nameof(Contact.Username), // WhatsApp's own
        nameof(Contact.OptedOutOf), nameof(Contact.AgreesToMarketing), nameof(Contact.ConsentChangedAt), // ConsentChanges says it
        nameof(Contact.FirstNameKey), nameof(Contact.LastNameKey), nameof(Contact.SearchText),
        nameof(Contact.CreatedAt), nameof(Contact.UpdatedAt), nameof(Lookup.NameKey), nameof(ApiToken.Hash), nameof(ApiToken.LastUsedAt),
        nameof(Membership.LastSeenAt), nameof(Tenant.ConsentKey),
        nameof(Channel.AccessToken), nameof(Channel.AppSecret), nameof(Channel.VerifyToken), nameof(Channel.VerifyTokenHash),
        nameof(Channel.DueAt), nameof(Channel.LeaseOwner), nameof(Channel.Attempts),
        nameof(Webhook.Secret), nameof(Webhook.OldSecret), nameof(Webhook.OldSecretEndsAt), nameof(Webhook.FailingSince),
        nameof(Webhook.LastSuccessAt),
        nameof(Webhook.LeaseOwner), nameof(Webhook.LeaseEndsAt), nameof(Template.SyncedAt), nameof(Template.EditTimes),
    };

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly List<long> NoGroups = [];

    public static void Add(AppDbContext context, TenantContext tenant, DateTimeOffset at)
    {
        List<AuditEntry>? entries = null;
        foreach (var entry in context.ChangeTracker.Entries<IAudited>())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
            {
                continue;
            }

            var changes = Describe(entry, entry.Entity is Contact contact ? ChangedGroups(context, contact) : null);
            if (changes is not null)
            {
                (entries ??= []).Add(For(entry, changes, tenant, at));
            }
        }

        if (entries is not null)
        {
            context.AuditEntries.AddRange(entries);
        }
    }

    /// <summary>The entry of a new row that bypasses the change tracker.</summary>
    public static AuditEntry Created(
        long auditId, Contact contact, List<long> groups, AppDbContext context, TenantContext tenant, DateTimeOffset at) =>
        Of(auditId, AuditAction.Created, contact.Id, null, ContactImage.Of(contact, groups, context), tenant, at)!;

    /// <summary>The entry of a contact's change that bypasses the change tracker; null if no visible field changed.</summary>
    /// <param name="before">Null for a new contact.</param>
    /// <param name="after">Null for a deleted contact.</param>
    public static AuditEntry? Of(
        long auditId, AuditAction action, long contactId, ContactImage? before, ContactImage? after, TenantContext tenant,
        DateTimeOffset time)
    {
        var any = before is null || after is null;
        var changes = Write(json =>
        {
            var properties = (after ?? before)!.Properties;
            for (var i = 0; i < properties.Count; i++)
            {
                var (was, becomes) = (before?[i], after?[i]);
                if (!Equals(was, becomes) && !LeftOut.Contains(properties[i].Name))
                {
                    any = true;
                    WritePair(json, AuditFields.Name(properties[i].Name), was, becomes);
                }
            }

            any |= before?.Consent != after?.Consent;
            WriteConsent(json, before?.Consent, after?.Consent);
            var (had, has) = (before?.Groups ?? NoGroups, after?.Groups ?? NoGroups);
            if (!had.SequenceEqual(has))
            {
                any = true;
                WritePair(json, AuditFields.Groups, had, has);
            }
        });
        if (!any)
        {
            return null;
        }

        var entry = Entry("contact", contactId, action, changes, tenant, time);
        entry.Id = auditId;
        return entry;
    }

    /// <summary>The entry of an event that changes no row: a sign-in, an export, the receipt of an erasure.</summary>
    /// <param name="details">By name, as in the API; numbers, texts and flags.</param>
    public static AuditEntry Event(
        AuditAction action, string entityType, long entityId, IReadOnlyDictionary<string, object?>? details, TenantContext tenant,
        DateTimeOffset at) => Entry(
            entityType, entityId, action,
            Write(json =>
            {
                foreach (var (name, value) in details ?? new Dictionary<string, object?>())
                {
                    WritePair(json, name, null, value);
                }
            }),
            tenant, at);

    /// <summary>The entry of an event of an account in one of its workspaces.</summary>
    /// <param name="scope">Of the request; it has entered no workspace.</param>
    public static AuditEntry EventOfAccount(
        AuditAction action, long userId, long tenantId, CurrentActor actor, TenantContext scope, DateTimeOffset at) =>
        Entry(AuditEntry.AccountType, userId, action, Write(_ => { }), tenantId, actor, scope, at);

    private static AuditEntry Entry(
        string entityType, long entityId, AuditAction action, string changes, TenantContext tenant, DateTimeOffset at) =>
        Entry(entityType, entityId, action, changes, tenant.TenantId, tenant.Actor, tenant, at);

    private static AuditEntry Entry(
        string entityType, long entityId, AuditAction action, string changes, long tenantId, CurrentActor actor, TenantContext scope,
        DateTimeOffset at) => new()
        {
            TenantId = tenantId,
            EntityType = entityType,
            EntityId = entityId,
            Action = action,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            ActorName = actor.Name,
            ChangeOrigin = actor.ChangeOrigin,
            RequestId = scope.RequestId,
            Address = scope.ClientAddress,
            At = at,
            Changes = changes,
        };

    private static AuditEntry For(EntityEntry<IAudited> entry, string changes, TenantContext tenant, DateTimeOffset at)
    {
        var action = entry.State switch
        {
            EntityState.Added => AuditAction.Created,
            EntityState.Deleted => AuditAction.Deleted,
            _ => AuditAction.Updated,
        };
        return Entry(TypeName(entry), EntityId(entry), action, changes, tenant, at);
    }

    private static string TypeName(EntityEntry entry) => entry.Metadata.ClrType.Name.ToLowerInvariant();

    private static long EntityId(EntityEntry<IAudited> entry) => entry.Entity switch
    {
        Contact contact => contact.Id,
        Lookup lookup => lookup.Id,
        ApiToken token => token.Id,
        Membership membership => membership.UserId,
        Invitation invitation => invitation.Id,
        Tenant entity => entity.Id,
        Channel channel => channel.Id,
        Webhook webhook => webhook.Id,
        ConsentKeywordSet words => words.Id,
        _ => throw new NotSupportedException($"{entry.Metadata.ClrType.Name} is audited but has no id mapping."),
    };

    /// <summary>Each changed field, before and after; null if no visible field changed.</summary>
    internal static string? Describe(EntityEntry entry, (List<long> Before, List<long> After)? groups)
    {
        var any = entry.State != EntityState.Modified;
        var changes = Write(json =>
        {
            foreach (var property in entry.Properties)
            {
                var before = entry.State == EntityState.Added ? null : property.OriginalValue;
                var after = entry.State == EntityState.Deleted ? null : property.CurrentValue;
                if (!LeftOut.Contains(property.Metadata.Name) && !Equals(before, after))
                {
                    any = true;
                    WritePair(json, AuditFields.Name(property.Metadata.Name), before, after);
                }
            }

            if (entry.Entity is Contact contact)
            {
                any |= WriteConsent(
                    json, entry.State == EntityState.Added ? null : ConsentLedger.Before(contact, entry),
                        entry.State == EntityState.Deleted ? null : contact.Consent);
            }

            if (groups is { } sets)
            {
                any = true;
                WritePair(json, AuditFields.Groups, sets.Before, sets.After);
            }
        });
        return any ? changes : null;
    }

    // Nobody has said anything by default, so that is not worth a line.
    private static bool WriteConsent(Utf8JsonWriter json, Consent? before, Consent? after)
    {
        var (was, becomes) = (before ?? default, after ?? default);
        if (was.Marketing != becomes.Marketing)
        {
            WritePair(json, AuditFields.ConsentMarketing, before?.Marketing, after?.Marketing);
        }

        if (was.Service != becomes.Service)
        {
            WritePair(json, AuditFields.ConsentService, before?.Service, after?.Service);
        }

        return was != becomes;
    }

    private static string Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Null if the groups did not change.</summary>
    internal static (List<long> Before, List<long> After)? ChangedGroups(AppDbContext context, Contact contact)
    {
        var before = new List<long>();
        var after = new List<long>();
        var changed = false;
        foreach (var member in context.ChangeTracker.Entries<GroupMember>())
        {
            if (member.Entity.ContactId != contact.Id && member.Entity.Contact != contact)
            {
                continue;
            }

            changed |= member.State is EntityState.Added or EntityState.Deleted;
            if (member.State != EntityState.Added)
            {
                before.Add(member.Entity.GroupId);
            }

            if (member.State != EntityState.Deleted)
            {
                after.Add(member.Entity.GroupId);
            }
        }

        before.Sort();
        after.Sort();
        return changed ? (before, after) : null;
    }
}
