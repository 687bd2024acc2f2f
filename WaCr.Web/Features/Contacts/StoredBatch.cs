namespace WaCr.Web.Features.Contacts;

internal sealed record WrittenBatch(List<Contact> Created, List<Contact> Updated, List<SkippedRow> Skipped, List<FailedRow> Failed);

/// <summary>A batch's result as it is kept for a request that comes once more.</summary>
internal sealed record StoredBatch(List<long> Created, List<long> Updated, List<SkippedRow> Skipped, List<StoredFailure> Failed)
{
    /// <summary>Limit of stored errors; a hundred empty rows would take fifty kilobytes.</summary>
    private const int MaxReasons = 60;

    public static StoredBatch Of(WrittenBatch written)
    {
        var reasons = written.Failed.Sum(row => row.Errors.Sum(error => error.Value.Count));
        return new StoredBatch(
            written.Created.ConvertAll(contact => contact.Id), [.. written.Updated.Select(contact => contact.Id).Distinct()],
                written.Skipped,
            written.Failed.ConvertAll(row => StoredFailure.Of(row, reasons <= MaxReasons)));
    }
}

internal sealed record StoredFailure(int Index, Dictionary<string, IReadOnlyList<string>>? Reasons)
{
    private const string Forgotten = "This row was not created; the reasons were too many to be kept";

    public static StoredFailure Of(FailedRow row, bool withReasons) =>
        new(row.Index, withReasons
            ? row.Errors.ToDictionary(
                error => error.Key, IReadOnlyList<string> (error) => [.. error.Value.Select(reason => reason.Message)], StringComparer.Ordinal)
            : null);

    public FailedRow ToFailedRow()
    {
        var errors = new FieldErrors();
        var reasons = Reasons ?? new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["row"] = [Forgotten] };
        foreach (var (field, messages) in reasons)
        {
            foreach (var message in messages)
            {
                errors.Add(field, new FieldError("contact.kept", message));
            }
        }

        return new FailedRow(Index, errors);
    }
}
