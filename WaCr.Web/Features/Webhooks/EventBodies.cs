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
        var names = await EventNames.LoadAsync(db, [.. events.Where(IsContact).Select(row => attributes[row.Id])]);
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

    private string Write(OutgoingEvent row, string domain, JsonObject? contact, EventNames names) => EventJson.WriteObject(json =>
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
}
