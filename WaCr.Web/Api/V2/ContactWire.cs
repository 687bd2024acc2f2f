using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Api.V2;

/// <summary>A contact on the wire.</summary>
internal static class ContactWire
{
    public const string Groups = "groups";
    public const string Source = "source";
    public const string Status = "status";

    /// <summary>Indexed by <see cref="ContactType"/>.</summary>
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

    /// <summary>Indexed by <see cref="MarketingConsent"/>.</summary>
    public static readonly IReadOnlyList<string> MarketingValues = ["unknown", "granted", "denied"];

    /// <summary>Indexed by <see cref="ServiceConsent"/>.</summary>
    public static readonly IReadOnlyList<string> ServiceValues = ["allowed", "denied"];

    public static readonly WireShape<ContactDetails> ConsentShape = new(
        "ContactConsent",
        WireField.Word<ContactDetails>(
            "marketing", contact =>
                MarketingValues[(int)contact.Consent.Marketing], "Broadcasts and marketing templates.", [.. MarketingValues]),
        WireField.Word<ContactDetails>(
            "service", contact => ServiceValues[(int)contact.Consent.Service], "Messages at all.", [.. ServiceValues]),
        WireField.TimeOrNull<ContactDetails>(
            "changed_at", contact => contact.ConsentChangedAt, "When it was last changed; null if nothing was ever said."));

    public static readonly WireShape<ContactDetails> Shape = new(
        "Contact",
        [
        WireField.Id<ContactDetails>(contact => contact.Id),
        .. ContactFields.All.Where(field => field is not ContactGroupsField).Select(Of),
        WireField.Integers<ContactDetails>("group_id", contact => contact.GroupIds, "Ids of its groups, ascending."),
        WireField.Boolean<ContactDetails>("is_opted_out", contact => contact.IsOptedOut, "Whether it wants no messages, or no marketing."),
        WireField.Object<ContactDetails, ContactDetails>(ContactFieldNames.Consent, contact => contact, ConsentShape),
        WireField.Time<ContactDetails>("created_at", contact => contact.CreatedAt, "When it was made."),
        WireField.Time<ContactDetails>("updated_at", contact => contact.UpdatedAt, "When it was last changed."),
        WireField.IncludedList<ContactDetails, GroupItem>(Groups, contact => contact.Groups, GroupShape, "Its groups."),
        WireField.Included<ContactDetails, LookupItem>(Source, contact => contact.Source, SourceShape, "Its source."),
        WireField.Included<ContactDetails, StatusItem>(Status, contact => contact.Status, StatusShape, "Its status."),
        ]);

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
            new FilterField(ContactFilterFields.UpdatedAt, FilterKind.Time),
            new FilterField(ContactFilterFields.Phone, FilterKind.Phone),
            new FilterField(ContactFilterFields.Email, FilterKind.Key),
            new FilterField(ContactFilterFields.IsOptedOut, FilterKind.Word, "false", "true"),
            .. ContactFields.Filters.Select(field => new FilterField(field.Name, FilterKind.Text)),
        ],
    };

    private static readonly ulong GroupsBit = Shape.BitOf(Groups);
    private static readonly ulong SourceBit = Shape.BitOf(Source);
    private static readonly ulong StatusBit = Shape.BitOf(Status);

    private static WireField<ContactDetails> Of(ContactField field) => field switch
    {
        { Name: ContactFieldNames.Type } =>
            WireField.Word<ContactDetails>(field.Name, contact => Types[(int)contact.Type], field.Description, [.. Types]),
        ContactTextField { Name: ContactFieldNames.Phone } phone => WireField.TextOrNull<ContactDetails>(
            phone.Name, contact => contact.Phone.Length == 0 ? null : contact.Phone, phone.Description, phone.Example),
        ContactColumnField column => WireField.TextOrNull<ContactDetails>(column.Name, column.Read, column.Description, column.Example),
        ContactTextField text => WireField.Text<ContactDetails>(text.Name, contact => text.Read(contact)!, text.Description, text.Example),
        ContactReferenceField { IsRequired: true } id => WireField.Integer<ContactDetails>(
            id.Name, contact => id.Read(contact)!.Value, id.Description, id.Example!.Value),
        ContactReferenceField id => WireField.IntegerOrNull<ContactDetails>(id.Name, id.Read, id.Description, id.Example),
        _ => throw new NotSupportedException($"{field.Name} has no JSON form."),
    };

    /// <summary>What must be loaded to write these fields.</summary>
    public static ContactIncludes IncludesOf(ulong fields) =>
        ((fields & GroupsBit) != 0 ? ContactIncludes.Groups : ContactIncludes.None)
        | ((fields & SourceBit) != 0 ? ContactIncludes.Source : ContactIncludes.None)
        | ((fields & StatusBit) != 0 ? ContactIncludes.Status : ContactIncludes.None);
}
