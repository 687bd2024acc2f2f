namespace WaCr.Web.Features.Contacts;

/// <summary>A contact's fields in the words of the API; errors, forms and imports use the same.</summary>
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
    public const string Groups = "groups";
}
