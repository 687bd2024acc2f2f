using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Components.Pages.Contacts.Import;

/// <summary>Texts for imports, on the screen and in downloaded files.</summary>
public static class TransferLabels
{
    /// <summary>The fields that a column can map to, in display order.</summary>
    public static readonly IReadOnlyList<string> Fields = [ImportColumns.FullName, .. ContactFieldNames.All, .. ImportColumns.Extra];

    public static string Field(Localizer T, string field) => field switch
    {
        ImportColumns.FullName => T["First and last name in one"],
        ImportColumns.Reason => T["Import error"],
        ImportColumns.OtherPhone => T["Another phone, where the first is empty"],
        ImportColumns.OtherEmail => T["Another e-mail, where the first is empty"],
        ImportColumns.CallingCode => T["Calling code (+91)"],
        ContactFieldNames.ConsentMarketing => T["Agrees to marketing (yes or no)"],
        ContactFieldNames.ConsentSource => T["How they agreed to marketing, or refused it"],
        ContactFieldNames.ConsentProof => T["Their words about marketing"],
        ImportColumns.OptIn => T["Wants messages (a no opts out)"],
        ContactExport.CreatedAt => T["Added"],
        ImportErrors.Row => T["Row"],
        _ => ContactFieldLabels.Of(T, field),
    };

    /// <summary>Why a row failed, in the file of failed rows and in the preview.</summary>
    public static string Reason(Localizer T, string field, IReadOnlyList<FieldError> reasons) =>
        field == ImportErrors.Row ? FieldErrorLabels.Of(T, reasons) : $"{Field(T, field)}: {FieldErrorLabels.Of(T, reasons)}";

    public static string Note(Localizer T, ImportNote note) => note.Kind switch
    {
        ImportNoteKind.UnknownWord => T["{field}: “{word}” is unknown; the default or nothing is used", ("field", Field(T, note.Field)), ("word", note.Word)],
        ImportNoteKind.MoreValues => T["Further numbers and addresses go into the notes of a new contact"],
        ImportNoteKind.ConsentUnsourced => T["Agreed to marketing, but the file doesn't say how: it doesn't count"],
        ImportNoteKind.PassedOver => T["{field}: “{word}” is not valid; another column's value is used", ("field", Field(T, note.Field)), ("word", note.Word)],
        ImportNoteKind.DoubtfulLetters => T["Some letters may be wrong; check this row"],
        ImportNoteKind.CutText => T["{field}: the file has only its beginning; the existing value stays", ("field", Field(T, note.Field))],
        _ => T["Without a name: the company or the number serves as the name"],
    };

    public static string Problem(Localizer T, FileError error) => error.Problem switch
    {
        FileProblem.TooLarge => T["The file is larger than {size} MB. Split it, or remove what you don't import.", ("size", ImportUpload.MaxFileBytes / 1024 / 1024)],
        FileProblem.OldExcel => T["This is an old Excel file or has a password. Save it as .xlsx without a password or as CSV, and upload that."],
        FileProblem.OtherSpreadsheet => T["This is another spreadsheet format (.ods, .xlsb or Numbers). Save it as .xlsx or CSV and upload that."],
        FileProblem.WebPage => T["This file is a web page. Open it in your spreadsheet program, save it as .xlsx and upload that."],
        FileProblem.NoTable => T["This is not a table. Upload a CSV, XLSX or vCard file."],
        FileProblem.Empty => T["The file has no rows below the header line."],
        FileProblem.TooManyRows => T["The file has more than {count} rows. Split it.", ("count", ImportUpload.MaxRows)],
        FileProblem.TooManyColumns => T["Line {line} has more than {count} columns.", ("line", error.Line), ("count", ImportUpload.MaxColumns)],
        FileProblem.CellTooLong => T["Line {line} has a cell of more than {count} characters: a quotation mark is probably missing.", ("line", error.Line), ("count", ImportUpload.MaxCellLength)],
        FileProblem.QuoteNotClosed => T["Line {line} opens a quotation mark that is never closed. Fix that line and upload the file again.", ("line", error.Line)],
        FileProblem.TooLargeUnpacked => T["The workbook is larger than {size} MB once unpacked. Split it or upload it as CSV.", ("size", ImportUpload.MaxUnpacked / 1024 / 1024)],
        FileProblem.TooSlow => T["The file took too long to upload or read. Split it and upload the parts."],
        FileProblem.AnotherIsRead => T["Another file of this workspace is being read. Wait until it is done, then upload this one again."],
        FileProblem.Busy => T["Many files are being read right now. Upload this one again in a minute."],
        _ => T["The file is damaged. Save it again and upload that one."],
    };

    public static string State(Localizer T, ImportItem import) => import.Job switch
    {
        null => T["Not started"],
        { State: BulkState.Running } => T["Running"],
        { State: BulkState.Cancelled } => T["Cancelled"],
        { State: BulkState.Stopped } => T["Stopped: the user who started it no longer has permission"],
        { IsUndone: true } => T["Undone"],
        _ => T["Done"],
    };

    public static string Outcome(Localizer T, RowOutcome outcome) => outcome switch
    {
        RowOutcome.Create => T["New"],
        RowOutcome.Update => T["Updated"],
        RowOutcome.Skip => T["Skipped"],
        _ => T["Error"],
    };

    /// <summary>The rows' results in one line; once done, the numbers add up to the file's rows.</summary>
    public static string Summary(Localizer T, ImportItem import)
    {
        var parts = new List<string> { T["{count} new", ("count", import.Created)] };
        Add(import.Updated, T["{count} updated", ("count", import.Updated)]);
        Add(import.Unchanged, T["{count} already set", ("count", import.Unchanged)]);
        Add(import.Skipped, T["{count} skipped", ("count", import.Skipped)]);
        Add(import.Failed, T["{count} failed", ("count", import.Failed)]);
        return string.Join(" · ", parts);

        void Add(int count, string part)
        {
            if (count > 0)
            {
                parts.Add(part);
            }
        }
    }
}
