using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Webhooks;

/// <summary>
/// Builds event bodies: envelope version 1.0. The resource is as it was at the event; names of related rows (group, source, status, user)
/// are current.
/// </summary>
public sealed class EventBodies(TenantContext tenant, IHostEnvironment? environment = null)
{
    private const string Version = "1.0";

    /// <summary>Bodies by event id.</summary>
    internal async Task<Dictionary<long, string>> WriteAsync(AppDbContext db, IReadOnlyCollection<OutgoingEvent> events)
    {
        var domain = await db.Tenants.Where(row => row.Id == tenant.TenantId).Select(row => row.Subdomain).SingleAsync();
        var attributes = events.ToDictionary(row => row.Id, row => JsonNode.Parse(row.Attributes)!.AsObject());
        var names = await Names.LoadAsync(db, [.. events.Where(IsContact).Select(row => attributes[row.Id])]);
        return events.ToDictionary(row => row.Id, row => Write(row, domain, IsContact(row) ? attributes[row.Id] : null, names));
    }

    /// <summary>A test event, not caused by any change.</summary>
    internal async Task<(string Key, string Body)> PingAsync(AppDbContext db, long webhookId, DateTimeOffset now)
    {
        var row = new OutgoingEvent
        {
            Type = EventTypes.Ping,
            ResourceId = webhookId,
            Nonce = System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue),
            ChangeOrigin = tenant.Actor.ChangeOrigin,
            RequestId = tenant.RequestId,
            OccurredAt = now,
            Attributes = EventJson.OfErased(webhookId),
        };
        return (row.Key, (await WriteAsync(db, [row]))[row.Id]);
    }

    private static bool IsContact(OutgoingEvent row) => EventTypes.ResourceOf(row.Type) == "contact";

    private string Write(OutgoingEvent row, string domain, JsonObject? contact, Names names) => EventJson.WriteObject(json =>
    {
        json.WriteStartObject("event"u8);
        json.WriteString("id"u8, row.Key);
        json.WriteString("type"u8, row.Type);
        json.WriteString("timestamp"u8, row.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("version"u8, Version);
        json.WriteEndObject();

        json.WriteStartObject("tenant"u8);
        json.WriteNumber("id"u8, tenant.TenantId);
        json.WriteString("name"u8, tenant.Tenant.Name);
        json.WriteString("domain"u8, domain);
        json.WriteEndObject();

        json.WriteStartObject("data"u8);
        json.WriteStartObject("resource"u8);
        json.WriteString("type"u8, row.Type == EventTypes.Ping ? "webhook" : EventTypes.ResourceOf(row.Type));
        json.WriteNumber("id"u8, row.ResourceId);
        json.WritePropertyName("attributes"u8);
        json.WriteRawValue(row.Attributes);
        json.WriteEndObject();
        json.WriteStartObject("relationships"u8);
        if (contact is not null)
        {
            names.Write(json, contact);
        }

        json.WriteEndObject();
        json.WriteEndObject();

        WriteChanges(json, row.Changes);
        json.WriteStartObject("metadata"u8);
        json.WriteString("source"u8, SourceOf(row.ChangeOrigin));
        json.WriteString("environment"u8, (environment?.EnvironmentName ?? Environments.Production).ToLowerInvariant());
        json.WriteString("request_id"u8, row.RequestId);
        json.WriteEndObject();
    });

    private static void WriteChanges(Utf8JsonWriter json, string? changes)
    {
        if (changes is null)
        {
            json.WriteNull("changes"u8);
            return;
        }

        using var known = JsonDocument.Parse(changes);
        json.WriteStartObject("changes"u8);
        foreach (var (name, index) in (ReadOnlySpan<(string, int)>)[("previous", 0), ("current", 1)])
        {
            json.WriteStartObject(name);
            foreach (var field in known.RootElement.EnumerateObject())
            {
                json.WritePropertyName(field.Name);
                field.Value[index].WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteStartArray("modified_fields"u8);
        foreach (var field in known.RootElement.EnumerateObject())
        {
            json.WriteStringValue(field.Name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string SourceOf(ChangeOrigin origin) => origin switch
    {
        ChangeOrigin.App => "app",
        ChangeOrigin.Api => "api",
        ChangeOrigin.Import => "import",
        ChangeOrigin.Bulk => "bulk",
        ChangeOrigin.Webhook => "whatsapp",
        _ => "system",
    };

    /// <summary>Names of rows that contacts reference, by id; null for deleted ones.</summary>
    private sealed record Names(
        Dictionary<long, string> Groups, Dictionary<long, string> Sources, Dictionary<long, (string Name, string? Color)> Statuses,
        Dictionary<long, string> Users)
    {
        public static async Task<Names> LoadAsync(AppDbContext db, List<JsonObject> contacts)
        {
            var (groups, sources) = (contacts.SelectMany(contact => Ids(contact, "group_id")).ToHashSet(), Each(contacts, "source_id"));
            var (statuses, users) = (Each(contacts, "status_id"), Each(contacts, "assigned_id"));
            return new Names(
                groups.Count == 0
                    ? []
                    : await db.Groups.Where(row => groups.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name),
                sources.Count == 0
                    ? []
                    : await db.Sources.Where(row => sources.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name),
                statuses.Count == 0
                    ? []
                    : await db.Statuses.Where(row => statuses.Contains(row.Id))
                        .ToDictionaryAsync(row => row.Id, row => (row.Name, row.Color)),
                users.Count == 0
                    ? []
                    : await db.Memberships.Where(row => users.Contains(row.UserId)).Select(row => new { row.UserId, row.User!.Name })
                        .ToDictionaryAsync(row => row.UserId, row => row.Name));
        }

        public void Write(Utf8JsonWriter json, JsonObject contact)
        {
            json.WriteStartArray("groups"u8);
            foreach (var id in Ids(contact, "group_id").Where(Groups.ContainsKey))
            {
                json.WriteStartObject();
                WriteNamed(json, id, Groups[id]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteOne(json, "source", contact["source_id"], Sources);
            if ((long?)contact["status_id"] is { } statusId && Statuses.TryGetValue(statusId, out var status))
            {
                json.WriteStartObject("status"u8);
                WriteNamed(json, statusId, status.Name);
                json.WriteString("color"u8, status.Color);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("status"u8);
            }

            WriteOne(json, "assigned", contact["assigned_id"], Users);
        }

        private static void WriteOne(Utf8JsonWriter json, string name, JsonNode? id, Dictionary<long, string> names)
        {
            if ((long?)id is { } known && names.TryGetValue(known, out var text))
            {
                json.WriteStartObject(name);
                WriteNamed(json, known, text);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull(name);
            }
        }

        private static void WriteNamed(Utf8JsonWriter json, long id, string name)
        {
            json.WriteNumber("id"u8, id);
            json.WriteString("name"u8, name);
        }

        private static HashSet<long> Each(List<JsonObject> contacts, string field) =>
            [.. contacts.Select(contact => (long?)contact[field]).OfType<long>()];

        private static IEnumerable<long> Ids(JsonObject contact, string field) =>
            (contact[field] as JsonArray ?? []).Select(id => (long)id!);
    }
}
