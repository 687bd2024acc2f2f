using WaCr.Web.Components.Language;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts.Grid;

/// <param name="Width">Pixels; on a wider screen all columns grow in proportion.</param>
public sealed record ColumnChoice(string Id, int Width);

/// <summary>A user's settings of the list, stored with the account.</summary>
/// <param name="Columns">The shown columns in order; the name is always first and not included.</param>
public sealed record ListPreferences(IReadOnlyList<ColumnChoice> Columns, int NameWidth, bool IsCompact, int Size)
{
    public const string Key = "contacts.list";

    public ListPreferences With(string column, int width) => column == ContactColumns.Name
        ? this with { NameWidth = width }
        : this with { Columns = [.. Columns.Select(choice => choice.Id == column ? choice with { Width = width } : choice)] };

    public ListPreferences Shown(string column, bool shown) => this with
    {
        Columns = shown
            ? [.. Columns, new ColumnChoice(column, ContactColumns.WidthOf(column))]
            : [.. Columns.Where(choice => choice.Id != column)],
    };

    /// <param name="place">Counted from 0 after the name.</param>
    public ListPreferences Moved(string column, int place)
    {
        var columns = Columns.ToList();
        if (columns.Find(choice => choice.Id == column) is { } moved)
        {
            columns.Remove(moved);
            columns.Insert(Math.Clamp(place, 0, columns.Count), moved);
        }

        return this with { Columns = columns };
    }
}

/// <summary>The columns that the list can show.</summary>
public static class ContactColumns
{
    public const string Name = "name";
    public const string Phone = "phone";
    public const string Email = "email";
    public const string Company = ContactFieldNames.Company;
    public const string Type = "type";
    public const string Status = "status";
    public const string Source = "source";
    public const string Assigned = "assigned";
    public const string Groups = "groups";
    public const string Country = "country";
    public const string OptedOut = "optedout";
    public const string LastMessage = "lastmessage";
    public const string Changed = "changed";
    public const string Added = "added";

    public const int Narrowest = 72;
    public const int Widest = 480;

    public static readonly IReadOnlyList<string> All =
    [
        Phone, Email, Company, Type, Status, Source, Assigned, Groups, .. ContactFields.Listed.Select(field => field.Name)
            .Where(name => name != Company),
        Country, OptedOut, LastMessage, Changed, Added,
    ];

    private const int Rows = 50;

    public static readonly ListPreferences Default = new(
        [.. new[] { Phone, Email, Company, Status, Groups, LastMessage, Added }.Select(id => new ColumnChoice(id, WidthOf(id)))],
        WidthOf(Name), IsCompact: true, Rows);

    public static int WidthOf(string column) => column switch
    {
        Name => 240,
        Phone => 180,
        Email => 200,
        Groups => 190,
        ContactFieldNames.Language => 170,
        Assigned or Country or Source => 130,
        _ => (ContactFields.Find(column) as ContactTextField)?.ColumnWidth ?? 116,
    };

    public static string Label(Localizer T, string column) => column switch
    {
        Name => T["Name"],
        Phone => T["Phone"],
        Email => T["E-mail"],
        Type => T["Type"],
        Status => T["Status"],
        Source => T["Source"],
        Assigned => T["Assigned to"],
        Groups => T["Groups"],
        Country => T["Country"],
        OptedOut => T["Consent"],
        LastMessage => T["Last message"],
        Changed => T["Changed"],
        Added => T["Added"],
        _ => ContactFieldLabels.Of(T, column),
    };

    /// <summary>The field that the column's header sorts by; null if by none.</summary>
    public static string? SortOf(string column) => column switch
    {
        Changed => ContactSortFields.UpdatedAt,
        Added => ContactSortFields.CreatedAt,
        _ => null,
    };

    /// <summary>The stored settings without columns that this version does not know.</summary>
    public static ListPreferences Known(ListPreferences? kept) => kept?.Columns is null
        ? Default
        : kept with
        {
            Columns = [.. kept.Columns.Where(choice => choice is not null && All.Contains(choice.Id)).DistinctBy(choice => choice.Id).Select(choice => choice with { Width = Fit(choice.Width) })],
            NameWidth = Fit(kept.NameWidth),
            Size = Shared.Pager.Sizes.Contains(kept.Size) ? kept.Size : Default.Size,
        };

    public static int Fit(int width) => Math.Clamp(width, Narrowest, Widest);
}
