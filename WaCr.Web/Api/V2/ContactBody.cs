using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Api.V2;

/// <summary>A contact in a request.</summary>
internal static class ContactBody
{
    private const string NotAnObject = "Must be an object";

    public static ContactPatch Read(JsonElement body)
    {
        var reader = new ObjectReader(body);
        if (body.ValueKind != JsonValueKind.Object)
        {
            reader.Unreadable.Add("contact", NotAnObject);
        }

        var patch = new ContactPatch { Unreadable = reader.Unreadable };
        foreach (var field in ContactFields.All)
        {
            switch (field)
            {
                case ContactTextField text: text.Give(patch, reader.Text(text.Name)); break;
                case ContactIdField id: id.Give(patch, reader.Integer(id.Name)); break;
            }
        }

        return patch with { Groups = reader.Integers(ContactFieldNames.Groups) };
    }

    public static JsonObject Schema() => Schemas.Object([.. ContactFields.All.Select(field => (field.Name, SchemaOf(field)))]);

    public static JsonObject Required(JsonObject schema) => schema.Required(
        ContactFieldNames.FirstName, ContactFieldNames.LastName, ContactFieldNames.Type,
        ContactFieldNames.Phone, ContactFieldNames.StatusId, ContactFieldNames.SourceId);

    private static JsonObject SchemaOf(ContactField field) => field switch
    {
        ContactTextField { Name: ContactFieldNames.Type } type => Schemas.Word(type.Description, [.. ContactWire.Types]),
        ContactColumnField column => Schemas.Text(DescriptionOf(column), column.Example, column.MaxLength).OrNull(),
        ContactTextField text => Schemas.Text(DescriptionOf(text), text.Example, text.MaxLength),
        ContactIdField { IsRequired: true } id => Schemas.Integer(DescriptionOf(id), id.Example),
        ContactIdField { Name: ContactFieldNames.AssignedId } user => Schemas.Integer(DescriptionOf(user), null).OrNull(),
        ContactIdField id => Schemas.Integer(DescriptionOf(id), id.Example).OrNull(),
        _ => Schemas.ArrayOf(Schemas.Integer("Id of a group.", 4), field.Description).OrNull(),
    };

    // The request's description, where it says more than the answer's.
    private static string DescriptionOf(ContactField field) => field.Name switch
    {
        ContactFieldNames.Email => "E-mail address; unique in the workspace, ignoring case.",
        ContactFieldNames.Phone => "Phone number; unique in the workspace, however it is written.",
        ContactFieldNames.StatusId => "Id of a status.",
        ContactFieldNames.SourceId => "Id of a source.",
        ContactFieldNames.CountryId => "Id of a country.",
        ContactFieldNames.AssignedId => "Id of a user of the workspace.",
        _ => field.Description,
    };

    public static JsonObject Example() => new()
    {
        [ContactFieldNames.FirstName] = "Asha",
        [ContactFieldNames.LastName] = "Patel",
        [ContactFieldNames.Type] = "lead",
        [ContactFieldNames.Phone] = "+919587422369",
        [ContactFieldNames.StatusId] = 1,
        [ContactFieldNames.SourceId] = 1,
    };
}
