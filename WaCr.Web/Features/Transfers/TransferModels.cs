using WaCr.Web.Common;
using WaCr.Web.Domain;
using WaCr.Web.Features.Bulk;

namespace WaCr.Web.Features.Transfers;

/// <summary>What a column of a file can be, beside the fields of a contact.</summary>
public static class ImportColumns
{
    /// <summary>First and last name in one: the last word is the last name.</summary>
    public const string FullName = "name";

    /// <summary>What a file of failed rows adds; passed over when it is sent again.</summary>
    public const string Reason = "import_error";

    /// <summary>Taken, row by row, where the phone is empty or no number; else it goes into the notes of a new contact.</summary>
    public const string OtherPhone = "phone_other";

    /// <inheritdoc cref="OtherPhone"/>
    public const string OtherEmail = "email_other";

    /// <summary>The <c>+91</c> of a phone number that stands without it.</summary>
    public const string CallingCode = "calling_code";

    /// <summary>Whether somebody wants messages; only a no counts, and opts out.</summary>
    public const string OptIn = "opt_in";

    /// <summary>Those beside the fields of a contact, in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<string> Extra = [OtherPhone, CallingCode, OtherEmail, Contacts.ContactFieldNames.IsOptedOut,
        OptIn];

    /// <summary>Whether several columns may be it.</summary>
    public static bool IsRepeatable(string field) => field is OtherPhone or OtherEmail;
}

/// <summary>What to do where a row's contact is there already: found by its phone number, or else by its e-mail address.</summary>
public enum ExistingPolicy
{
    Skip = 0,

    /// <summary>Only what the contact has no value for.</summary>
    FillBlanks = 1,

    /// <summary>What the file says, and nothing where it says nothing.</summary>
    Overwrite = 2,
}

/// <summary>Which column is what, and what to do with whom.</summary>
public sealed record ImportSettings
{
    /// <summary>By column: a field of <see cref="Contacts.ContactFieldNames"/> or <see cref="ImportColumns"/>; null is passed over.</summary>
    public IReadOnlyList<string?> Columns { get; init; } = [];

    public ExistingPolicy Existing { get; init; }

    /// <summary>Whether groups, statuses and sources that do not exist are made; else their rows fail.</summary>
    public bool CreateMissing { get; init; }

    /// <summary>For new contacts whose row says nothing.</summary>
    public string? DefaultType { get; init; }

    /// <inheritdoc cref="DefaultType"/>
    public long? DefaultStatusId { get; init; }

    /// <inheritdoc cref="DefaultType"/>
    public long? DefaultSourceId { get; init; }
}

/// <summary>An import as it stands.</summary>
public sealed record ImportItem
{
    public required long Id { get; init; }
    public required string FileName { get; init; }
    public required string Format { get; init; }
    public required long Bytes { get; init; }
    public required int Rows { get; init; }
    public required IReadOnlyList<string> Headers { get; init; }

    /// <summary>How the file was understood; null of one that came before this was kept.</summary>
    public required FileReading? Reading { get; init; }

    /// <summary>What to know of rows that came in, the most frequent first. It grows while the import runs.</summary>
    public required IReadOnlyList<ImportNoteCount> Notes { get; init; }

    public required int Created { get; init; }
    public required int Updated { get; init; }
    public required int Unchanged { get; init; }
    public required int Skipped { get; init; }
    public required int Failed { get; init; }
    public required string UploadedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while it was not started.</summary>
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
    /// <summary>A word that stands for nothing here: the default is used, or the field stays empty.</summary>
    UnknownWord = 0,

    /// <summary>More values in the cell than the field takes: they are in the notes of a new contact.</summary>
    MoreValues = 1,

    /// <summary>A value that was passed over for one in another column.</summary>
    PassedOver = 2,

    /// <summary>Bytes that are no letters in the file's encoding.</summary>
    DoubtfulLetters = 3,

    /// <summary>A text that our own export had to cut; it changes nothing that is there.</summary>
    CutText = 4,

    /// <summary>Nobody's name: the company's or the number serves.</summary>
    Nameless = 5,
}

/// <summary>What a person should know of a row that comes in all the same.</summary>
public sealed record ImportNote(ImportNoteKind Kind, string Field, string Word);

/// <summary>The same note of several rows.</summary>
/// <param name="Lines">Of the first few.</param>
public sealed record ImportNoteCount(ImportNote Note, int Rows, IReadOnlyList<int> Lines);

/// <param name="Line">In the file.</param>
public sealed record PreviewRow(int Line, RowOutcome Outcome, string Name, string Phone, string Email, FieldErrors Errors,
    IReadOnlyList<ImportNote> Notes);

/// <summary>What an import would do now.</summary>
public sealed record ImportForecast
{
    public required int Create { get; init; }
    public required int Update { get; init; }
    public required int Skip { get; init; }
    public required int Error { get; init; }

    /// <summary>The first few rows of each outcome.</summary>
    public required IReadOnlyList<PreviewRow> Rows { get; init; }

    /// <summary>Groups, statuses and sources that would be made.</summary>
    public required IReadOnlyList<string> NewNames { get; init; }

    /// <summary>What to know of rows that come in, the most frequent first.</summary>
    public required IReadOnlyList<ImportNoteCount> Notes { get; init; }

    /// <summary>How many of the errors are for want of room in the plan.</summary>
    public required int OverLimit { get; init; }
}

public static class ImportErrors
{
    public static readonly FieldError PhoneUnmapped = new("import.phone_unmapped", "Choose the column with the phone number");
    public static readonly FieldError ColumnTwice = new("import.column_twice", "This field is chosen for two columns");
    public static readonly FieldError ColumnUnknown = new("import.column_unknown", "There is no such field");
    public static readonly FieldError RowTooWide = new("import.row_too_wide", "The line has more cells than there are columns");
    public static readonly FieldError PlanFull = new("import.plan_full", "Your plan has no room for more contacts");

    /// <summary>Too long a name, say, or hundreds of new ones: then the column is something else.</summary>
    public static readonly FieldError NameNotMade = new("import.name_not_made", "This name does not exist and could not be made");

    /// <summary>The key of errors that are about a row as a whole.</summary>
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

    /// <summary>A workbook that unpacks to more than is read.</summary>
    TooLargeUnpacked = 9,

    /// <summary>Sent or read for longer than a file may take.</summary>
    TooSlow = 10,

    /// <summary>Open Document, Excel's binary workbooks, Numbers.</summary>
    OtherSpreadsheet = 11,

    /// <summary>HTML or XML, which many programs call <c>.xls</c>.</summary>
    WebPage = 12,

    /// <summary>Another file of the workspace is being read.</summary>
    AnotherIsRead = 13,

    /// <summary>Too many files of others are being read.</summary>
    Busy = 14,
}

/// <summary>Why an uploaded file is no use.</summary>
/// <param name="Line">Where in the file, if that is known.</param>
public sealed record FileError(FileProblem Problem, int? Line = null) : InvalidError("import.file", $"The file cannot be imported: {Problem}");
