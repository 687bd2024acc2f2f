using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Metadata;

namespace WaCr.Web.Data;

/// <summary>A whole contact as JSON. Its columns come from the model, so that new ones are included.</summary>
internal static class ContactSnapshot
{
    private const string Groups = nameof(Contact.Groups);

    /// <summary>Its groups must be loaded.</summary>
    public static string Write(Contact contact, AppDbContext db)
    {
        var json = new JsonObject();
        foreach (var property in Columns(db))
        {
            if (property.GetGetter().GetClrValue(contact) is { } value)
            {
                json[property.Name] = JsonSerializer.SerializeToNode(value, property.ClrType);
            }
        }

        json[Groups] = JsonSerializer.SerializeToNode(contact.Groups.Select(member => member.GroupId).Order());
        return json.ToJsonString();
    }

    /// <summary>Columns missing from the snapshot get their default.</summary>
    public static Contact Read(string snapshot, AppDbContext db)
    {
        var json = JsonNode.Parse(snapshot)!.AsObject();
        var contact = new Contact();
        foreach (var property in Columns(db))
        {
            if (json[property.Name] is { } value)
            {
                property.PropertyInfo!.SetValue(contact, value.Deserialize(property.ClrType));
            }
        }

        contact.Groups.AddRange(json[Groups]!.AsArray().Select(group => new GroupMember
        {
            TenantId = contact.TenantId,
            ContactId = contact.Id,
            GroupId = group!.GetValue<long>(),
        }));
        return contact;
    }

    // The search text is recomputed when the contact is inserted.
    private static IEnumerable<IProperty> Columns(AppDbContext db) =>
        db.Model.FindEntityType(typeof(Contact))!.GetProperties().Where(property => property.Name != nameof(Contact.SearchText));
}
