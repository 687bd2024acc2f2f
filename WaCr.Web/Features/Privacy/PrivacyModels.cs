using WaCr.Web.Common;

namespace WaCr.Web.Features.Privacy;

/// <summary>That somebody was erased, without a word of who it was.</summary>
/// <param name="ContactId">Of the contact; no other gets it again.</param>
/// <param name="ErasedBy">The name of the person or token; empty where it was the product itself.</param>
/// <param name="Counts">By what was erased: messages, comments, files, merged contacts.</param>
public sealed record ErasureReceipt(long ContactId, DateTimeOffset ErasedAt, string ErasedBy, ErasedCounts Counts);

/// <param name="MergedContacts">Contacts that had been merged into this one: the same person.</param>
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

/// <summary>A file that is gone once it is disposed of.</summary>
public sealed record PersonArchive(Stream Content, string FileName) : IAsyncDisposable
{
    public const string ContentType = "application/zip";

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
