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

    /// <summary>What is not as the row says, although it comes in.</summary>
    public required List<ImportNote> Notes { get; init; }

    public string? PhoneKey => New.Phone.Or(null!)?.Key;

    public string? EmailKey => New.EmailKey;
}
