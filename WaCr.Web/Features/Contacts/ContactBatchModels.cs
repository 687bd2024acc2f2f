namespace WaCr.Web.Features.Contacts;

/// <summary>A contact written by its number.</summary>
/// <param name="IsNew">Whether it was created.</param>
public sealed record PutContact(ContactDetails Contact, bool IsNew);

/// <summary>Result of a batch; <c>Index</c> counts from 0.</summary>
public sealed record BatchOutcome(
    int Total, IReadOnlyList<ContactDetails> Created, IReadOnlyList<ContactDetails> Updated, IReadOnlyList<SkippedRow> Skipped,
        IReadOnlyList<FailedRow> Failed);

public sealed record SkippedRow(int Index, string Reason);

public sealed record FailedRow(int Index, FieldErrors Errors);

/// <summary>What becomes of a row whose phone exists.</summary>
public enum DuplicateRow
{
    Fail = 0,
    Skip = 1,

    /// <summary>The contact with that phone gets the row's fields.</summary>
    Update = 2,
}

/// <param name="ContinueOnError">False: the first failing row rolls everything back.</param>
public sealed record ContactBatchOptions(bool ContinueOnError = true, DuplicateRow OnDuplicate = DuplicateRow.Fail);
