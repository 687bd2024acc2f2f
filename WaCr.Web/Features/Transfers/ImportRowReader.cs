using WaCr.Web.Common;
using WaCr.Web.Domain;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>A row after the rules that need no database.</summary>
internal sealed class ImportRow
{
    public required TableRow Source { get; init; }

    /// <summary>What the row says; blank cells say nothing.</summary>
    public required ContactPatch Patch { get; init; }

    /// <summary>The same as a new contact, with the defaults.</summary>
    public required ContactDraft New { get; init; }

    public string? PhoneKey => New.Phone.Or(null!)?.Key;

    public string? EmailKey => New.EmailKey;
}

/// <summary>Makes of cells what they stand for.</summary>
internal sealed class ImportRowReader(ImportSettings settings, ImportNames names, string homeCountry)
{
    private readonly Dictionary<string, int> _columns = settings.Columns
        .Select((field, at) => (field, at)).Where(column => column.field is not null)
        .DistinctBy(column => column.field).ToDictionary(column => column.field!, column => column.at, StringComparer.Ordinal);

    public ImportRow Read(TableRow row)
    {
        var unreadable = new FieldErrors();
        if (row.Cells.Skip(settings.Columns.Count).Any(cell => !string.IsNullOrWhiteSpace(cell)))
        {
            unreadable.Add(ImportErrors.Row, ImportErrors.RowTooWide);
        }

        var (first, last) = SplitName(Cell(row, ImportColumns.FullName));
        var patch = new ContactPatch
        {
            FirstName = Text(Cell(row, ContactFieldNames.FirstName) ?? first),
            LastName = Text(Cell(row, ContactFieldNames.LastName) ?? last),
            Company = Text(Cell(row, ContactFieldNames.Company)),
            Type = Text(Cell(row, ContactFieldNames.Type) is { } type ? ImportWords.TypeOf(type) : null),
            Email = Text(Cell(row, ContactFieldNames.Email)),
            Phone = Text(Cell(row, ContactFieldNames.Phone)),
            StatusId = Lookup(row, ContactFieldNames.StatusId, ContactErrors.StatusUnknown, unreadable),
            SourceId = Lookup(row, ContactFieldNames.SourceId, ContactErrors.SourceUnknown, unreadable),
            Description = Text(Cell(row, ContactFieldNames.Description)),
            City = Text(Cell(row, ContactFieldNames.City)),
            State = Text(Cell(row, ContactFieldNames.State)),
            Zip = Text(Cell(row, ContactFieldNames.Zip)),
            Address = Text(Cell(row, ContactFieldNames.Address)),
            CountryId = Country(row, unreadable),
            AssignedId = Person(row, unreadable),
            Groups = Groups(row, unreadable),
            Unreadable = unreadable,
        };
        return new ImportRow
        {
            Source = row,
            Patch = patch,
            New = ContactDraft.ForCreate(
                patch with
                {
                    Type = patch.Type.IsGiven ? patch.Type : Text(settings.DefaultType),
                    StatusId = patch.StatusId.IsGiven ? patch.StatusId : Id(settings.DefaultStatusId),
                    SourceId = patch.SourceId.IsGiven ? patch.SourceId : Id(settings.DefaultSourceId),
                },
                homeCountry),
        };
    }

    private string? Cell(TableRow row, string field) =>
        _columns.TryGetValue(field, out var at) && at < row.Cells.Length && row.Cells[at].Trim() is { Length: > 0 } cell ? cell : null;

    private static Optional<string?> Text(string? text) => text is null ? default : new Optional<string?>(text);

    private static Optional<long?> Id(long? id) => id is null ? default : new Optional<long?>(id);

    private Optional<long?> Lookup(TableRow row, string field, string unknown, FieldErrors errors) =>
        Cell(row, field) is { } name && FindOrNote(field, name, unknown, errors) is { } id ? Id(id) : default;

    // 0 stands for one that will be made: the row is read again once it is.
    private long? FindOrNote(string field, string name, string unknown, FieldErrors errors)
    {
        if (names.Find(field, name) is { } id)
        {
            return id;
        }

        if (settings.CreateMissing && names.WillMake(field, name))
        {
            return 0;
        }

        errors.Add(field, settings.CreateMissing ? ImportErrors.NameNotMade : unknown);
        return null;
    }

    private Optional<IReadOnlyList<long>?> Groups(TableRow row, FieldErrors errors)
    {
        if (Cell(row, ContactFieldNames.Groups) is not { } cell)
        {
            return default;
        }

        return NameList.Read(cell).Select(name => FindOrNote(ContactFieldNames.Groups, name, ContactErrors.GroupsUnknown, errors)).OfType<long>().ToList();
    }

    private Optional<long?> Country(TableRow row, FieldErrors errors)
    {
        if (Cell(row, ContactFieldNames.CountryId) is not { } cell)
        {
            return default;
        }

        if (ImportWords.CountryOf(cell) is { } country)
        {
            return Id(country);
        }

        errors.Add(ContactFieldNames.CountryId, ContactErrors.CountryUnknown);
        return default;
    }

    private Optional<long?> Person(TableRow row, FieldErrors errors)
    {
        if (Cell(row, ContactFieldNames.AssignedId) is not { } cell)
        {
            return default;
        }

        if (names.Find(ContactFieldNames.AssignedId, cell) is { } person)
        {
            return Id(person);
        }

        errors.Add(ContactFieldNames.AssignedId, ContactErrors.UserUnknown);
        return default;
    }

    private static (string? First, string? Last) SplitName(string? name)
    {
        if (name is null)
        {
            return (null, null);
        }

        var comma = name.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0 && name[(comma + 1)..].Trim() is { Length: > 0 } behind)
        {
            return (behind, name[..comma].Trim()); // "Patel, Asha"
        }

        var blank = name.LastIndexOf(' ');
        return blank < 0 ? (name, null) : (name[..blank].Trim(), name[(blank + 1)..]);
    }
}
