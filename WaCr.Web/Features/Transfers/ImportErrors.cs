namespace WaCr.Web.Features.Transfers;

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
