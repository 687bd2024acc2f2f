using WaCr.Web.Features.Files;

namespace WaCr.Web.Components.Shared;

/// <summary>A file that a person chose, here and looked at; its bytes are gone when it is disposed of.</summary>
/// <param name="Picture">A small copy to show at once, as a data address; null where it is no picture.</param>
public sealed record PickedFile(string Name, FileType Type, Stream Content, string? Picture) : IAsyncDisposable
{
    public long Size => Content.Length;

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
