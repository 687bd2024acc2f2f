using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>A row after the checks that need no database.</summary>
internal sealed class ImportRow
{
    public required TableRow Source { get; init; }

    /// <summary>Values of the row; blank cells are absent.</summary>
    public required ContactPatch Patch { get; init; }

    /// <summary>The row as a new contact, with defaults.</summary>
    public required ContactDraft New { get; init; }

    /// <summary>Deviations from the row's values that do not reject it.</summary>
    public required List<ImportNote> Notes { get; init; }

    public string? PhoneKey => New.Phone.Or(null!)?.Key;

    public string? EmailKey => New.EmailKey;
}
