using WaCr.Web.Features.Bulk;

namespace WaCr.Web.Features.Transfers;

/// <summary>Column meanings beyond a contact's fields.</summary>
public static class ImportColumns
{
    /// <summary>First and last name together; the last word is the last name.</summary>
    public const string FullName = "name";

    /// <summary>Added column of a failed-rows file; ignored on import.</summary>
    public const string Reason = "import_error";

    /// <summary>Used if the row's phone is empty or invalid; otherwise added to a new contact's description.</summary>
    public const string OtherPhone = "phone_other";

    /// <inheritdoc cref="OtherPhone"/>
    public const string OtherEmail = "email_other";

    /// <summary>The <c>+91</c> for a phone number without it.</summary>
    public const string CallingCode = "calling_code";

    /// <summary>Whether the contact wants messages; only "no" has an effect and opts out.</summary>
    public const string OptIn = "opt_in";

    /// <summary>Column meanings beyond contact fields, in display order.</summary>
    public static readonly IReadOnlyList<string> Extra = [OtherPhone, CallingCode, OtherEmail, Contacts.ContactFieldNames.IsOptedOut,
        OptIn, Contacts.ContactFieldNames.ConsentMarketing, Contacts.ContactFieldNames.ConsentSource,
            Contacts.ContactFieldNames.ConsentProof];

    /// <summary>Whether several columns may have it.</summary>
    public static bool IsRepeatable(string field) => field is OtherPhone or OtherEmail;
}

/// <summary>What to do if a row's contact exists; it is found by phone, or else by e-mail.</summary>
public enum ExistingPolicy
{
    Skip = 0,

    /// <summary>Only fill empty fields.</summary>
    FillBlanks = 1,

    /// <summary>Overwrite with the file's values; blank cells change nothing.</summary>
    Overwrite = 2,
}

/// <summary>Meaning of the columns, and how to treat contacts.</summary>
public sealed record ImportSettings
{
    /// <summary>
    /// By column: a field of <see cref="Contacts.ContactFieldNames"/> or <see cref="ImportColumns"/>; null ignores the column.
    /// </summary>
    public IReadOnlyList<string?> Columns { get; init; } = [];

    public ExistingPolicy Existing { get; init; }

    /// <summary>Whether to create missing groups, statuses and sources; otherwise their rows fail.</summary>
    public bool CreateMissing { get; init; }

    /// <summary>For new contacts whose row has no value.</summary>
    public string? DefaultType { get; init; }

    /// <inheritdoc cref="DefaultType"/>
    public long? DefaultStatusId { get; init; }

    /// <inheritdoc cref="DefaultType"/>
    public long? DefaultSourceId { get; init; }

    /// <summary>Between the columns of the file; the file of failed rows has the same. Null if it was no CSV.</summary>
    public char? Delimiter { get; init; }
}

/// <summary>An import's current state.</summary>
public sealed record ImportItem
{
    public required long Id { get; init; }
    public required string FileName { get; init; }
    public required string Format { get; init; }
    public required long Bytes { get; init; }
    public required int Rows { get; init; }
    public required IReadOnlyList<string> Headers { get; init; }

    /// <summary>How the file was parsed; null for imports older than this field.</summary>
    public required FileReading? Reading { get; init; }

    /// <inheritdoc cref="ImportSettings.Delimiter"/>
    public char? Delimiter { get; init; }

    /// <summary>Notes on accepted rows, most frequent first. Grows while the import runs.</summary>
    public required IReadOnlyList<ImportNoteCount> Notes { get; init; }

    public required int Created { get; init; }
    public required int Updated { get; init; }
    public required int Unchanged { get; init; }
    public required int Skipped { get; init; }
    public required int Failed { get; init; }
    public required string UploadedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null until started.</summary>
    public required BulkJobItem? Job { get; init; }

    public int Behind => Created + Updated + Unchanged + Skipped + Failed;
}

public enum RowOutcome
{
    Create = 0,
    Update = 1,
    Skip = 2,
    Error = 3,
}

public enum ImportNoteKind
{
    /// <summary>Unknown word: the default is used, or the field stays empty.</summary>
    UnknownWord = 0,

    /// <summary>More values than the field takes: they go into a new contact's description.</summary>
    MoreValues = 1,

    /// <summary>A value skipped in favour of another column's.</summary>
    PassedOver = 2,

    /// <summary>Bytes that are invalid in the file's encoding.</summary>
    DoubtfulLetters = 3,

    /// <summary>A text our own export had to shorten; it does not overwrite the full one.</summary>
    CutText = 4,

    /// <summary>No name: the company or the number is used instead.</summary>
    Nameless = 5,

    /// <summary>A consent to marketing without a word of how it was given: it does not count.</summary>
    ConsentUnsourced = 6,
}

/// <summary>A note on a row that is accepted anyway.</summary>
public sealed record ImportNote(ImportNoteKind Kind, string Field, string Word);

/// <summary>A note with its number of rows.</summary>
/// <param name="Lines">The first few lines with it.</param>
public sealed record ImportNoteCount(ImportNote Note, int Rows, IReadOnlyList<int> Lines);

/// <param name="Line">Line in the file.</param>
public sealed record PreviewRow(int Line, RowOutcome Outcome, string Name, string Phone, string Email, FieldErrors Errors,
    IReadOnlyList<ImportNote> Notes);

/// <summary>Preview of an import.</summary>
public sealed record ImportForecast
{
    public required int Create { get; init; }
    public required int Update { get; init; }
    public required int Skip { get; init; }
    public required int Error { get; init; }

    /// <summary>The first few rows per outcome.</summary>
    public required IReadOnlyList<PreviewRow> Rows { get; init; }

    /// <summary>Groups, statuses and sources that would be created.</summary>
    public required IReadOnlyList<string> NewNames { get; init; }

    /// <summary>Notes on rows that would be accepted, most frequent first.</summary>
    public required IReadOnlyList<ImportNoteCount> Notes { get; init; }

    /// <summary>How many errors are due to the plan's limit.</summary>
    public required int OverLimit { get; init; }
}

public static class ImportErrors
{
    public static readonly FieldError PhoneUnmapped = new("import.phone_unmapped", "Choose the column with the phone number");
    public static readonly FieldError ColumnTwice = new("import.column_twice", "This field is chosen for two columns");
    public static readonly FieldError ColumnUnknown = new("import.column_unknown", "There is no such field");
    public static readonly FieldError RowTooWide = new("import.row_too_wide", "The line has more cells than there are columns");
    public static readonly FieldError PlanFull = new("import.plan_full", "Your plan has no room for more contacts");

    /// <summary>Key of errors about a row as a whole.</summary>
    public const string Row = "row";

    public static NotFoundError NotFound => new("import.not_found", "Import not found");

    public static AppError AlreadyStarted => new TooLateError("import.started", "This import has been started already");
}

public enum FileProblem
{
    TooLarge = 0,
    NoTable = 1,
    OldExcel = 2,
    Damaged = 3,
    Empty = 4,
    TooManyRows = 5,
    TooManyColumns = 6,
    CellTooLong = 7,
    QuoteNotClosed = 8,

    /// <summary>The unpacked workbook exceeds the limit.</summary>
    TooLargeUnpacked = 9,

    /// <summary>Uploading or reading took too long.</summary>
    TooSlow = 10,

    /// <summary>OpenDocument, Excel binary or Numbers.</summary>
    OtherSpreadsheet = 11,

    /// <summary>HTML or XML, which many programs save as <c>.xls</c>.</summary>
    WebPage = 12,

    /// <summary>Another file of the workspace is being read.</summary>
    AnotherIsRead = 13,

    /// <summary>Too many files of other workspaces are being read.</summary>
    Busy = 14,
}

/// <summary>Why an uploaded file cannot be used.</summary>
/// <param name="Line">Line in the file, if known.</param>
public sealed record FileError(FileProblem Problem, int? Line = null) : InvalidError("import.file", $"The file cannot be imported: {Problem}");
