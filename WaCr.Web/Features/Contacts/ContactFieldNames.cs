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

    /// <summary>Set by what a contact does, and by nobody's form.</summary>
    public const string IsOptedOut = "is_opted_out";

    /// <summary>In the history alone: how somebody agreed who had opted out, and in which words.</summary>
    public const string ConsentSource = "consent_source";
    public const string ConsentProof = "consent_proof";

    /// <summary>In the order in which people read them.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        FirstName, LastName, Company, Type, Email, Phone, StatusId, SourceId, Description, City, State, Zip, Address, CountryId, AssignedId, Groups,
    ];
}
