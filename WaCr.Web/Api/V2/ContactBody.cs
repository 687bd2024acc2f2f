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
                case ContactReferenceField id: id.Give(patch, reader.Integer(id.Name)); break;
            }
        }

        return patch with { Groups = reader.Integers(ContactFieldNames.Groups), Consent = ReadConsent(body, reader.Unreadable) };
    }

    private static ConsentPatch? ReadConsent(JsonElement body, FieldErrors unreadable)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(ContactFieldNames.Consent, out var given)
            || given.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            unreadable.Add(ContactFieldNames.Consent, NotAnObject);
            return null;
        }

        var reader = new ObjectReader(given);
        var patch = new ConsentPatch
        {
            Marketing = reader.Text("marketing").Or(null),
            Service = reader.Text("service").Or(null),
            Source = reader.Text("source").Or(null),
            Proof = reader.Text("proof").Or(null),
        };
        unreadable.AddAll(reader.Unreadable, ContactFieldNames.Consent + ".");
        return patch;
    }

    public static JsonObject Schema() =>
        Schemas.Object([.. ContactFields.All.Select(field => (field.Name, SchemaOf(field))), (ContactFieldNames.Consent, ConsentSchema())]);

    private static JsonObject ConsentSchema() => Schemas.Object(
        ("marketing", Schemas.Word("Whether the person wants marketing; `unknown` leaves it as it is.", [.. ContactWire.MarketingValues]).OrNull()),
        ("service", Schemas.Word("Whether the person wants messages at all; `denied` denies marketing too.", [.. ContactWire.ServiceValues]).OrNull()),
        ("source", Schemas.Text("How the person said it; required where more is allowed than before.", "Form on the website", ConsentRecord.SourceMaxLength).OrNull()),
        ("proof", Schemas.Text("The person's own words, or where they stand.", "Ticked “Send me offers”", ConsentRecord.ProofMaxLength).OrNull())).OrNull();

    public static JsonObject Required(JsonObject schema) => schema.Required(
        ContactFieldNames.FirstName, ContactFieldNames.LastName, ContactFieldNames.Type,
        ContactFieldNames.Phone, ContactFieldNames.StatusId, ContactFieldNames.SourceId);

    private static JsonObject SchemaOf(ContactField field) => field switch
    {
        ContactTextField { Name: ContactFieldNames.Type } type => Schemas.Word(type.Description, [.. ContactWire.Types]),
        ContactColumnField column => Schemas.Text(DescriptionOf(column), column.Example, column.MaxLength).OrNull(),
        ContactTextField text => Schemas.Text(DescriptionOf(text), text.Example, text.MaxLength),
        ContactReferenceField { IsRequired: true } id => Schemas.Integer(DescriptionOf(id), id.Example),
        ContactReferenceField { Name: ContactFieldNames.AssignedId } user => Schemas.Integer(DescriptionOf(user), null).OrNull(),
        ContactReferenceField id => Schemas.Integer(DescriptionOf(id), id.Example).OrNull(),
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
