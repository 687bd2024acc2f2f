namespace WaCr.Web.Features.Transfers;

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
