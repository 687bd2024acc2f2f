using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Lookups;

namespace WaCr.Web.Api.V2;

/// <summary>Groups, sources and statuses on the wire.</summary>
internal static class LookupWire
{
    public static readonly WireShape<LookupDetails> Group = Shape("Group", "Customers 2026");

    public static readonly WireShape<LookupDetails> Source = Shape("Source", "Website");

    public static readonly WireShape<LookupDetails> Status = Shape(
        "Status", "New", WireField.TextOrNull<LookupDetails>(LookupFields.Color, lookup => lookup.Color, "`#RRGGBB`.", "#FF5733"));

    private static WireShape<LookupDetails> Shape(string name, string example, params WireField<LookupDetails>[] more) => new(
        name,
        [
            WireField.Id<LookupDetails>(lookup => lookup.Id),
            WireField.Text<LookupDetails>(LookupFields.Name, lookup => lookup.Name, "Its name.", example),
            .. more,
            WireField.Time<LookupDetails>(LookupFields.CreatedAt, lookup => lookup.CreatedAt, "When it was made."),
            WireField.Time<LookupDetails>(LookupFields.UpdatedAt, lookup => lookup.UpdatedAt, "When it was last changed."),
            WireField.IncludedInteger<LookupDetails>("contacts_count", lookup => lookup.ContactsCount, "How many contacts have it.", 42),
        ]);
}
