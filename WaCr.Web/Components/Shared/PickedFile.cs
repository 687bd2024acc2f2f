using WaCr.Web.Features.Files;

namespace WaCr.Web.Components.Shared;

/// <summary>A file that a user chose, received and checked; Dispose deletes its bytes.</summary>
/// <param name="Picture">A small preview as a data URL; null if it is no picture.</param>
public sealed record PickedFile(string Name, FileType Type, Stream Content, string? Picture) : IAsyncDisposable
{
    public long Size => Content.Length;

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
