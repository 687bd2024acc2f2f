using System.Collections.Frozen;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>Names of a contact's fields in the API; errors, forms and imports use the same.</summary>
public static class ContactFieldNames
{
    public const string FirstName = "firstname";
    public const string LastName = "lastname";
    public const string Company = "company";
    public const string Type = "type";
    public const string Email = "email";
    public const string Phone = "phone";
    public const string StatusId = "status_id";
    public const string SourceId = "source_id";
    public const string Description = "description";
    public const string City = "city";
    public const string State = "state";
    public const string Zip = "zip";
    public const string Address = "address";
    public const string CountryId = "country_id";
    public const string AssignedId = "assigned_id";
    public const string Language = "language";
    public const string Groups = "groups";

    /// <summary>Set by the contact's own opt-out; no form sets it.</summary>
    public const string IsOptedOut = "is_opted_out";

    /// <summary>What the contact wants: marketing, and messages at all.</summary>
    public const string Consent = "consent";

    /// <summary>Only in the history: both wishes before and after.</summary>
    public const string ConsentMarketing = AuditFields.ConsentMarketing;
    public const string ConsentService = AuditFields.ConsentService;

    /// <summary>Only in the history: how it was said, and in which words.</summary>
    public const string ConsentSource = "consent_source";
    public const string ConsentProof = "consent_proof";

    /// <summary>Whether the history tells with this field what a contact wants.</summary>
    public static bool IsConsent(string field) => field is IsOptedOut or ConsentMarketing or ConsentService;

    /// <summary>In display order.</summary>
    public static IReadOnlyList<string> All => ContactFields.Names;
}

/// <summary>
/// The one table of a contact's fields, used by everything that treats fields alike: API, form, list, imports, exports, bulk changes,
/// merges, history and campaigns. CONTRIBUTING.md has the recipe for a new field.
/// </summary>
public static class ContactFields
{
    /// <summary>In display order.</summary>
    public static readonly IReadOnlyList<ContactField> All =
    [
        new ContactTextField(ContactFieldNames.FirstName, patch => patch.FirstName, contact => contact.FirstName)
        {
            Label = "First name", Description = "First name.", Example = "Asha", MaxLength = Contact.NameMaxLength, IsRequired = true,
            Place = new(ContactFormSection.Person, 1),
        },
        new ContactTextField(ContactFieldNames.LastName, patch => patch.LastName, contact => contact.LastName)
        {
            Label = "Last name", Description = "Last name.", Example = "Patel", MaxLength = Contact.NameMaxLength,
            Place = new(ContactFormSection.Person, 1),
        },
        new ContactColumnField(ContactFieldNames.Company, c => c.Company, patch => patch.Company, contact => contact.Company)
        {
            Label = "Company", Description = "Company.", Example = "Baroda Textiles",
            Place = new(ContactFormSection.Person, 3), BulkOrder = 6, ColumnWidth = 160, IsVariable = true,
        },
        new ContactTextField(ContactFieldNames.Type, patch => patch.Type, contact => contact.Type.ToString().ToLowerInvariant())
        {
            Label = "Type", Description = "Kind of contact.", Example = "lead", IsRequired = true,
            Place = new(ContactFormSection.Standing, 1), BulkOrder = 2,
        },
        new ContactColumnField(ContactFieldNames.Email, c => c.Email, patch => patch.Email, contact => contact.Email)
        {
            Label = "E-mail", Description = "E-mail address.", Example = "asha@example.com", Input = ContactFieldInput.Email,
            Normalize = email => TextRule.IsEmail(email) ? email : null, Invalid = ContactErrors.EmailInvalid,
            Place = new(ContactFormSection.Person, 2, Column: 1), IsVariable = true,
        },
        new ContactTextField(ContactFieldNames.Phone, patch => patch.Phone, contact => contact.Phone)
        {
            Label = "Phone", Description = "Phone number, as it was entered; null of somebody who hides it.", Example = "+919587422369",
            MaxLength = Contact.PhoneMaxLength, Input = ContactFieldInput.Phone, IsRequired = true,
            Place = new(ContactFormSection.Person, 2),
        },
        new ContactReferenceField(ContactFieldNames.StatusId, c => c.StatusId, patch => patch.StatusId, contact => contact.StatusId)
        {
            Label = "Status", Description = "Id of its status.", Example = 1, IsRequired = true,
            Place = new(ContactFormSection.Standing, 1), BulkOrder = 1,
        },
        new ContactReferenceField(ContactFieldNames.SourceId, c => c.SourceId, patch => patch.SourceId, contact => contact.SourceId)
        {
            Label = "Source", Description = "Id of its source.", Example = 1, IsRequired = true,
            Place = new(ContactFormSection.Standing, 2), BulkOrder = 3,
        },
        new ContactColumnField(ContactFieldNames.Description, c => c.Description, patch => patch.Description, contact => contact.Description)
        {
            Label = "Notes", Description = "Free text.", Example = "Met at the fair", Input = ContactFieldInput.Lines,
            MaxLength = Contact.DescriptionMaxLength, // the column has no limit
            Place = new(ContactFormSection.Address, 4), BulkOrder = 12,
        },
        new ContactColumnField(ContactFieldNames.City, c => c.City, patch => patch.City, contact => contact.City)
        {
            Label = "City", Description = "City.", Example = "Baroda",
            Place = new(ContactFormSection.Address, 2), BulkOrder = 8, ColumnWidth = 130, IsVariable = true,
        },
        new ContactColumnField(ContactFieldNames.State, c => c.State, patch => patch.State, contact => contact.State)
        {
            Label = "State or region", Description = "State or region.", Example = "Gujarat",
            Place = new(ContactFormSection.Address, 3), BulkOrder = 10, IsVariable = true,
        },
        new ContactColumnField(ContactFieldNames.Zip, c => c.Zip, patch => patch.Zip, contact => contact.Zip)
        {
            Label = "Postal code", Description = "Postal code.", Example = "390001",
            Place = new(ContactFormSection.Address, 2), BulkOrder = 9, IsVariable = true,
        },
        new ContactColumnField(ContactFieldNames.Address, c => c.Address, patch => patch.Address, contact => contact.Address)
        {
            Label = "Street address", Description = "Street address.", Example = "12 Station Road",
            Place = new(ContactFormSection.Address, 1), BulkOrder = 7, IsVariable = true,
        },
        new ContactReferenceField(ContactFieldNames.CountryId, c => c.CountryId, patch => patch.CountryId, contact => contact.CountryId)
        {
            Label = "Country", Description = "Id of its country.", Example = 356,
            Place = new(ContactFormSection.Address, 3), BulkOrder = 11,
        },
        new ContactReferenceField(ContactFieldNames.AssignedId, c => c.AssignedId, patch => patch.AssignedId, contact => contact.AssignedId)
        {
            Label = "Assigned to", Description = "Id of the user who looks after it.", Example = 3,
            Place = new(ContactFormSection.Standing, 2), BulkOrder = 4,
        },
        new ContactColumnField(ContactFieldNames.Language, c => c.Language, patch => patch.Language, contact => contact.Language)
        {
            Label = "Language", Description = "The language that the person prefers, after BCP 47.", Example = "pt-BR", Input = ContactFieldInput.Language,
            Normalize = LanguageTag.Normalize, Invalid = ContactErrors.LanguageInvalid, ReadWord = LanguageTag.ReadWord,
            Place = new(ContactFormSection.Person, 3, Column: 1), BulkOrder = 5, ColumnWidth = 130, IsFilter = true, IsVariable = true,
        },
        new ContactGroupsField(ContactFieldNames.Groups)
        {
            Label = "Groups", Description = "The whole set of its groups; null is none.", Place = new(ContactFormSection.Standing, 3),
        },
    ];

    public static readonly IReadOnlyList<string> Names = [.. All.Select(field => field.Name)];

    /// <summary>Optional texts stored in their own columns.</summary>
    public static readonly IReadOnlyList<ContactColumnField> Columns = [.. All.OfType<ContactColumnField>()];

    /// <summary>
    /// Fields a bulk change can set, in form order; names, phone and e-mail are excluded, because they belong to one contact.
    /// </summary>
    public static readonly IReadOnlyList<ContactField> Bulk = [.. All.Where(field => field.BulkOrder is not null).OrderBy(field => field.BulkOrder)];

    /// <summary>Fields a campaign variable can use.</summary>
    public static readonly IReadOnlyList<ContactColumnField> Variables = [.. Columns.Where(field => field.IsVariable)];

    /// <summary>Fields with a generic list filter; the list has custom filters in addition.</summary>
    public static readonly IReadOnlyList<ContactColumnField> Filters = [.. Columns.Where(field => field.IsFilter)];

    /// <summary>Fields the list shows as a plain text column.</summary>
    public static readonly IReadOnlyList<ContactTextField> Listed =
        [.. All.OfType<ContactTextField>().Where(field => field.ColumnWidth is not null)];

    private static readonly FrozenDictionary<string, ContactField> ByName = All.ToFrozenDictionary(
        field => field.Name, StringComparer.Ordinal);

    static ContactFields()
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            Columns[index].Index = index;
        }
    }

    /// <summary>Null if the field has no generic filter.</summary>
    public static ContactColumnField? FindFilter(string name) => Find(name) is ContactColumnField { IsFilter: true } field ? field : null;

    /// <summary>Null if there is no such field.</summary>
    public static ContactField? Find(string name) => ByName.GetValueOrDefault(name);
}
