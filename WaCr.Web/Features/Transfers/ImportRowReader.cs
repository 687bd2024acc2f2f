using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>Parses a row's cells.</summary>
internal sealed class ImportRowReader(ImportSettings settings, ImportNames names, string homeCountry)
{
    private static readonly char[] EmailSeparators = [';', ',', '|', ' ', '\t', '\n', '\r'];

    private readonly RowCells _cells = new(settings.Columns);
    private readonly RowPhones _phones = new(new RowCells(settings.Columns), homeCountry);

    public ImportRow Read(TableRow row)
    {
        var (unreadable, notes) = (new FieldErrors(), new List<ImportNote>());
        if (row.Cells.Skip(_cells.Count).Any(cell => !string.IsNullOrWhiteSpace(cell)))
        {
            unreadable.Add(ImportErrors.Row, ImportErrors.RowTooWide);
        }

        if (row.IsDoubtful)
        {
            notes.Add(new ImportNote(ImportNoteKind.DoubtfulLetters, ImportErrors.Row, ""));
        }

        var phone = _phones.Read(row);
        var (email, otherEmails) = Emails(row);
        if (phone.PassedOver is { } passedOver)
        {
            notes.Add(new ImportNote(ImportNoteKind.PassedOver, ContactFieldNames.Phone, passedOver));
        }

        var description = _cells.Of(row, ContactFieldNames.Description);
        var isCut = description is not null && XlsxText.IsCut(description);
        if (isCut)
        {
            notes.Add(new ImportNote(ImportNoteKind.CutText, ContactFieldNames.Description, ""));
        }

        var (first, last) = Names(row);
        var patch = new ContactPatch
        {
            FirstName = Text(first),
            LastName = Text(last),
            Type = ContactType(row, notes),
            Email = Text(email),
            Phone = Text(phone.Text),
            PhoneRead = phone.Number,
            StatusId = Lookup(row, ContactFieldNames.StatusId, notes),
            SourceId = Lookup(row, ContactFieldNames.SourceId, notes),
            Description = isCut ? default : Text(description),
            CountryId = Country(row, notes),
            AssignedId = Person(row, notes),
            Groups = Groups(row, notes),
            OptsOut = OptsOut(row, notes),
            Consent = Consent(row, notes),
            Unreadable = unreadable,
        };
        foreach (var field in ContactFields.Columns.Where(field => field.Name is not (ContactFieldNames.Email or ContactFieldNames.Description)))
        {
            field.Give(patch, Text(Word(row, field, notes)));
        }

        var draft = New(patch, description, [.. phone.Others, .. otherEmails], notes);
        return new ImportRow { Source = row, Patch = patch, New = draft, Notes = notes };
    }

    private ContactDraft New(ContactPatch patch, string? description, List<string> more, List<ImportNote> notes)
    {
        var (first, last) = (patch.FirstName.Or(null), patch.LastName.Or(null));
        if (first is null)
        {
            (first, last) = (last, null); // a single word is the first name
        }

        var number = patch.PhoneRead is { } read ? PhoneNumber.FormatKey(read.Key) : null;
        if (first is null && (patch.Company.Or(null) ?? number) is { } instead)
        {
            first = instead;
            notes.Add(new ImportNote(ImportNoteKind.Nameless, ContactFieldNames.FirstName, ""));
        }

        if (more.Count > 0)
        {
            notes.Add(new ImportNote(ImportNoteKind.MoreValues, ContactFieldNames.Description, ""));
        }

        var all = string.Join('\n', new[] { description }.Concat(more).Where(text => text is not null));
        return ContactDraft.ForCreate(
            patch with
            {
                FirstName = Text(first),
                LastName = Text(last),
                Description = Text(all.Length == 0 ? null : all),
                Type = patch.Type.IsGiven ? patch.Type : Text(settings.DefaultType),
                StatusId = patch.StatusId.IsGiven ? patch.StatusId : Id(settings.DefaultStatusId),
                SourceId = patch.SourceId.IsGiven ? patch.SourceId : Id(settings.DefaultSourceId),
            },
            homeCountry,
            ChangeOrigin.Import);
    }

    private (string? First, string? Last) Names(TableRow row)
    {
        var (first, last) = SplitName(_cells.Of(row, ImportColumns.FullName));
        return _cells.Of(row, ContactFieldNames.FirstName) is { } given
            ? (given, _cells.Of(row, ContactFieldNames.LastName))
            : (first, _cells.Of(row, ContactFieldNames.LastName) ?? last);
    }

    private (string? Email, List<string> Others) Emails(TableRow row)
    {
        var written = _cells.All(row, ContactFieldNames.Email).Concat(_cells.All(row, ImportColumns.OtherEmail)).ToList();
        var addresses = written.SelectMany(AddressesIn).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return addresses.Count > 0 ? (addresses[0], addresses[1..]) : (written.FirstOrDefault(), []);
    }

    // A cell may hold several addresses, each with a name: Asha <asha@example.org>.
    private static IEnumerable<string> AddressesIn(string cell) => TextRule.IsEmail(cell)
        ? [cell]
        : cell.Replace(":::", ";", StringComparison.Ordinal).Split(EmailSeparators, StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Replace("mailto:", "", StringComparison.OrdinalIgnoreCase).Trim('<', '>', '"', '\'', '(', ')'))
                .Where(TextRule.IsEmail);

    private static Optional<string?> Text(string? text) => text is null ? default : new Optional<string?>(text);

    private static Optional<long?> Id(long? id) => id is null ? default : new Optional<long?>(id);

    private Optional<string?> ContactType(TableRow row, List<ImportNote> notes)
    {
        var word = _cells.Of(row, ContactFieldNames.Type);
        var type = word is null ? null : ImportValueWords.TypeOf(word);
        if (word is not null && type is null)
        {
            notes.Add(new ImportNote(ImportNoteKind.UnknownWord, ContactFieldNames.Type, word));
        }

        return Text(type);
    }

    private string? Word(TableRow row, ContactColumnField field, List<ImportNote> notes)
    {
        var cell = _cells.Of(row, field.Name);
        var meaning = cell is null ? null : field.ReadWord(cell);
        if (cell is not null && meaning is null)
        {
            notes.Add(new ImportNote(ImportNoteKind.UnknownWord, field.Name, cell));
        }

        return meaning;
    }

    private Optional<long?> Lookup(TableRow row, string field, List<ImportNote> notes) =>
        _cells.Of(row, field) is { } name && FindOrNote(field, name, notes) is { } id ? Id(id) : default;

    // 0 means it will be created; the row is read again afterwards.
    private long? FindOrNote(string field, string name, List<ImportNote> notes)
    {
        if (names.Find(field, name) is { } id)
        {
            return id;
        }

        if (settings.CreateMissing && names.TryPlan(field, name))
        {
            return 0;
        }

        notes.Add(new ImportNote(ImportNoteKind.UnknownWord, field, name));
        return null;
    }

    // Google's system labels (* myContacts) are skipped.
    private Optional<IReadOnlyList<long>?> Groups(TableRow row, List<ImportNote> notes)
    {
        if (_cells.Of(row, ContactFieldNames.Groups) is not { } cell)
        {
            return default;
        }

        var words = cell.Contains(":::", StringComparison.Ordinal) ? [.. CellValues.Split(cell)] : NameList.Read(cell);
        var groups = words.Where(name => !name.StartsWith("* ", StringComparison.Ordinal))
            .Select(name => FindOrNote(ContactFieldNames.Groups, name, notes)).OfType<long>().ToList();
        return groups.Count == 0 ? default : groups;
    }

    private Optional<long?> Country(TableRow row, List<ImportNote> notes)
    {
        if (_cells.Of(row, ContactFieldNames.CountryId) is { } cell && RowPhones.CallingCodeOf(cell) is null
            && ImportValueWords.CountryOf(cell) is null)
        {
            notes.Add(new ImportNote(ImportNoteKind.UnknownWord, ContactFieldNames.CountryId, cell));
            return default;
        }

        return _cells.Of(row, ContactFieldNames.CountryId) is null ? default
            : Id(_phones.RegionOf(row) is { } code ? ImportValueWords.CountryOf(code) : null);
    }

    private Optional<long?> Person(TableRow row, List<ImportNote> notes)
    {
        if (_cells.Of(row, ContactFieldNames.AssignedId) is not { } cell)
        {
            return default;
        }

        if (names.Find(ContactFieldNames.AssignedId, cell) is { } person)
        {
            return Id(person);
        }

        notes.Add(new ImportNote(ImportNoteKind.UnknownWord, ContactFieldNames.AssignedId, cell));
        return default;
    }

    private ConsentPatch? Consent(TableRow row, List<ImportNote> notes)
    {
        if (_cells.Of(row, ContactFieldNames.ConsentMarketing) is not { } word
            || ImportValueWords.OptsOut(word, yesIsOut: false) is not { } isDenied)
        {
            return null;
        }

        var source = _cells.Of(row, ContactFieldNames.ConsentSource);
        if (source is null && !isDenied)
        {
            notes.Add(new ImportNote(ImportNoteKind.ConsentUnsourced, ContactFieldNames.ConsentMarketing, ""));
            return null;
        }

        return new ConsentPatch { Marketing = isDenied ? "denied" : "granted", Source = source, Proof = _cells.Of(row, ContactFieldNames.ConsentProof) };
    }

    private bool OptsOut(TableRow row, List<ImportNote> notes) =>
        OptsOut(row, ContactFieldNames.IsOptedOut, yesIsOut: true, notes) | OptsOut(row, ImportColumns.OptIn, yesIsOut: false, notes);

    private bool OptsOut(TableRow row, string field, bool yesIsOut, List<ImportNote> notes)
    {
        if (_cells.Of(row, field) is not { } word)
        {
            return false;
        }

        var optsOut = ImportValueWords.OptsOut(word, yesIsOut);
        if (optsOut is null)
        {
            notes.Add(new ImportNote(ImportNoteKind.UnknownWord, field, word));
        }

        return optsOut == true;
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
