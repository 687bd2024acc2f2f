using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Webhooks;

/// <summary>Names of rows that contacts reference, by id; null for deleted ones.</summary>
internal sealed record EventNames(
    Dictionary<long, string> Groups, Dictionary<long, string> Sources, Dictionary<long, (string Name, string? Color)> Statuses,
    Dictionary<long, string> Users)
{
    public static async Task<EventNames> LoadAsync(AppDbContext db, List<JsonObject> contacts)
    {
        var (groups, sources) = (contacts.SelectMany(contact => Ids(contact, "group_id")).ToHashSet(), Each(contacts, "source_id"));
        var (statuses, users) = (Each(contacts, "status_id"), Each(contacts, "assigned_id"));
        return new EventNames(
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
