using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Domain;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Api.V2;

/// <summary>A contact on the wire.</summary>
internal static class ContactWire
{
    public const string Groups = "groups";
    public const string Source = "source";
    public const string Status = "status";

    /// <summary>By the number behind <see cref="ContactType"/>.</summary>
    public static readonly IReadOnlyList<string> Types = ["lead", "customer", "guest"];

    public static readonly WireShape<GroupItem> GroupShape = new(
        "ContactGroup",
        WireField.Id<GroupItem>(group => group.Id),
        WireField.Text<GroupItem>("name", group => group.Name, "Its name.", "Customers 2026"),
        WireField.Time<GroupItem>("created_at", group => group.CreatedAt, "When it was made."),
        WireField.Time<GroupItem>("updated_at", group => group.UpdatedAt, "When it was last changed."));

    public static readonly WireShape<LookupItem> SourceShape = new(
        "ContactSource",
        WireField.Id<LookupItem>(source => source.Id),
        WireField.Text<LookupItem>("name", source => source.Name, "Its name.", "Website"),
        WireField.Time<LookupItem>("created_at", source => source.CreatedAt, "When it was made."),
        WireField.Time<LookupItem>("updated_at", source => source.UpdatedAt, "When it was last changed."));

    public static readonly WireShape<StatusItem> StatusShape = new(
        "ContactStatus",
        WireField.Id<StatusItem>(status => status.Id),
        WireField.Text<StatusItem>("name", status => status.Name, "Its name.", "New"),
        WireField.TextOrNull<StatusItem>("color", status => status.Color, "`#RRGGBB`.", "#2E7D32"),
        WireField.Time<StatusItem>("created_at", status => status.CreatedAt, "When it was made."),
        WireField.Time<StatusItem>("updated_at", status => status.UpdatedAt, "When it was last changed."));

    public static readonly WireShape<ContactDetails> Shape = new(
        "Contact",
        WireField.Id<ContactDetails>(contact => contact.Id),
        WireField.Text<ContactDetails>(ContactFieldNames.FirstName, contact => contact.FirstName, "First name.", "Asha"),
        WireField.Text<ContactDetails>(ContactFieldNames.LastName, contact => contact.LastName, "Last name.", "Patel"),
        WireField.TextOrNull<ContactDetails>(ContactFieldNames.Company, contact => contact.Company, "Company.", "Baroda Textiles"),
        WireField.Word<ContactDetails>(ContactFieldNames.Type, contact => Types[(int)contact.Type], "Kind of contact.", [.. Types]),
        WireField.TextOrNull<ContactDetails>(ContactFieldNames.Email, contact => contact.Email, "E-mail address.", "asha@example.com"),
        WireField.TextOrNull<ContactDetails>(
            ContactFieldNames.Phone, contact => contact.Phone.Length == 0 ? null : contact.Phone,
            "Phone number, as it was entered; null of somebody who hides it.", "+919587422369"),
        WireField.Integer<ContactDetails>(ContactFieldNames.StatusId, contact => contact.StatusId, "Id of its status.", 1),
        WireField.Integer<ContactDetails>(ContactFieldNames.SourceId, contact => contact.SourceId, "Id of its source.", 1),
        WireField.TextOrNull<ContactDetails>(ContactFieldNames.Description, contact => contact.Description, "Free text.", "Met at the fair"),
        WireField.TextOrNull<ContactDetails>(ContactFieldNames.City, contact => contact.City, "City.", "Baroda"),
        WireField.TextOrNull<ContactDetails>(ContactFieldNames.State, contact => contact.State, "State or region.", "Gujarat"),
        WireField.TextOrNull<ContactDetails>(ContactFieldNames.Zip, contact => contact.Zip, "Postal code.", "390001"),
        WireField.TextOrNull<ContactDetails>(ContactFieldNames.Address, contact => contact.Address, "Street address.", "12 Station Road"),
        WireField.IntegerOrNull<ContactDetails>(ContactFieldNames.CountryId, contact => contact.CountryId, "Id of its country.", 356),
        WireField.IntegerOrNull<ContactDetails>(ContactFieldNames.AssignedId, contact => contact.AssignedId, "Id of the user who looks after it.", 3),
        WireField.Integers<ContactDetails>("group_id", contact => contact.GroupIds, "Ids of its groups, ascending."),
        WireField.Boolean<ContactDetails>("is_opted_out", contact => contact.IsOptedOut, "Whether it wants no messages."),
        WireField.Time<ContactDetails>("created_at", contact => contact.CreatedAt, "When it was made."),
        WireField.Time<ContactDetails>("updated_at", contact => contact.UpdatedAt, "When it was last changed."),
        WireField.IncludedList<ContactDetails, GroupItem>(Groups, contact => contact.Groups, GroupShape, "Its groups."),
        WireField.Included<ContactDetails, LookupItem>(Source, contact => contact.Source, SourceShape, "Its source."),
        WireField.Included<ContactDetails, StatusItem>(Status, contact => contact.Status, StatusShape, "Its status."));

    public static readonly ListSpec List = new(Shape)
    {
        Sorts = ContactSortFields.All,
        Includes = [Groups, Source, Status],
        Filters =
        [
            new FilterField(ContactFilterFields.Type, FilterKind.Word, Types),
            new FilterField(ContactFilterFields.StatusId, FilterKind.Id),
            new FilterField(ContactFilterFields.SourceId, FilterKind.Id),
            new FilterField(ContactFilterFields.AssignedId, FilterKind.Id),
            new FilterField(ContactFilterFields.GroupId, FilterKind.Id),
            new FilterField(ContactFilterFields.CreatedAt, FilterKind.Time),
        ],
    };

    private static readonly ulong GroupsBit = Shape.BitOf(Groups);
    private static readonly ulong SourceBit = Shape.BitOf(Source);
    private static readonly ulong StatusBit = Shape.BitOf(Status);

    /// <summary>What must be loaded to write these fields.</summary>
    public static ContactIncludes IncludesOf(ulong fields) =>
        ((fields & GroupsBit) != 0 ? ContactIncludes.Groups : ContactIncludes.None)
        | ((fields & SourceBit) != 0 ? ContactIncludes.Source : ContactIncludes.None)
        | ((fields & StatusBit) != 0 ? ContactIncludes.Status : ContactIncludes.None);
}
