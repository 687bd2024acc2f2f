using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Domain;
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

        return new ContactPatch
        {
            FirstName = reader.Text(ContactFieldNames.FirstName),
            LastName = reader.Text(ContactFieldNames.LastName),
            Company = reader.Text(ContactFieldNames.Company),
            Type = reader.Text(ContactFieldNames.Type),
            Email = reader.Text(ContactFieldNames.Email),
            Phone = reader.Text(ContactFieldNames.Phone),
            StatusId = reader.Integer(ContactFieldNames.StatusId),
            SourceId = reader.Integer(ContactFieldNames.SourceId),
            Description = reader.Text(ContactFieldNames.Description),
            City = reader.Text(ContactFieldNames.City),
            State = reader.Text(ContactFieldNames.State),
            Zip = reader.Text(ContactFieldNames.Zip),
            Address = reader.Text(ContactFieldNames.Address),
            CountryId = reader.Integer(ContactFieldNames.CountryId),
            AssignedId = reader.Integer(ContactFieldNames.AssignedId),
            Groups = reader.Integers(ContactFieldNames.Groups),
            Unreadable = reader.Unreadable,
        };
    }

    public static JsonObject Schema() => Schemas.Object(
        (ContactFieldNames.FirstName, Schemas.Text("First name.", "Asha", Contact.NameMaxLength)),
        (ContactFieldNames.LastName, Schemas.Text("Last name.", "Patel", Contact.NameMaxLength)),
        (ContactFieldNames.Company, Schemas.Text("Company.", "Baroda Textiles", Contact.CompanyMaxLength).OrNull()),
        (ContactFieldNames.Type, Schemas.Word("Kind of contact.", [.. ContactWire.Types])),
        (ContactFieldNames.Email, Schemas.Text("E-mail address; unique in the workspace, ignoring case.", "asha@example.com", Contact.EmailMaxLength).OrNull()),
        (ContactFieldNames.Phone, Schemas.Text("Phone number; unique in the workspace, however it is written.", "+919587422369", Contact.PhoneMaxLength)),
        (ContactFieldNames.StatusId, Schemas.Integer("Id of a status.", 1)),
        (ContactFieldNames.SourceId, Schemas.Integer("Id of a source.", 1)),
        (ContactFieldNames.Description, Schemas.Text("Free text.", "Met at the fair", Contact.DescriptionMaxLength).OrNull()),
        (ContactFieldNames.City, Schemas.Text("City.", "Baroda", Contact.CityMaxLength).OrNull()),
        (ContactFieldNames.State, Schemas.Text("State or region.", "Gujarat", Contact.StateMaxLength).OrNull()),
        (ContactFieldNames.Zip, Schemas.Text("Postal code.", "390001", Contact.ZipMaxLength).OrNull()),
        (ContactFieldNames.Address, Schemas.Text("Street address.", "12 Station Road", Contact.AddressMaxLength).OrNull()),
        (ContactFieldNames.CountryId, Schemas.Integer("Id of a country.", 356).OrNull()),
        (ContactFieldNames.AssignedId, Schemas.Integer("Id of a user of the workspace.", null).OrNull()),
        (ContactFieldNames.Groups, Schemas.ArrayOf(Schemas.Integer("Id of a group.", 4), "The whole set of its groups; null is none.").OrNull()));

    public static JsonObject Required(JsonObject schema) => schema.Required(
        ContactFieldNames.FirstName, ContactFieldNames.LastName, ContactFieldNames.Type,
        ContactFieldNames.Phone, ContactFieldNames.StatusId, ContactFieldNames.SourceId);

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
