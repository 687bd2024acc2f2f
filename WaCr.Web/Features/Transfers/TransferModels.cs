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
