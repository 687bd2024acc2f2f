namespace WaCr.Web.Features.Privacy;

/// <summary>Record of an erasure, without personal data.</summary>
/// <param name="ContactId">The contact's id, which is never reused.</param>
/// <param name="ErasedBy">Name of the user or token; empty for the product itself.</param>
/// <param name="Counts">How much was erased, by kind.</param>
public sealed record ErasureReceipt(long ContactId, DateTimeOffset ErasedAt, string ErasedBy, ErasedCounts Counts);

/// <param name="MergedContacts">Contacts merged into this one.</param>
public sealed record ErasedCounts(int Messages, int Comments, int Files, int MergedContacts)
{
    public IReadOnlyDictionary<string, object?> ToDetails() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["messages"] = Messages,
        ["comments"] = Comments,
        ["files"] = Files,
        ["merged_contacts"] = MergedContacts,
    };
}

/// <summary>A temporary file; deleted on dispose.</summary>
public sealed record PersonArchive(Stream Content, string FileName) : IAsyncDisposable
{
    public const string ContentType = "application/zip";

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
