using WaCr.Web.Common;
using WaCr.Web.Features.Files;

namespace WaCr.Web.Components.Shared;

/// <summary>A file that a person chose, here and looked at; its bytes are gone when it is disposed of.</summary>
/// <param name="Picture">A small copy to show at once, as a data address; null where it is no picture.</param>
public sealed record PickedFile(string Name, FileType Type, Stream Content, string? Picture) : IAsyncDisposable
{
    public long Size => Content.Length;

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>A file that cannot be sent: not of a kind that WhatsApp carries, or not of the one that is wanted.</summary>
/// <param name="Wanted">Null where any kind would do.</param>
public sealed record FileKindError(FileKind? Wanted) : AppError("WhatsApp does not carry this kind of file");

public sealed record FileSizeError(long MaxBytes) : AppError("The file is too large");

public sealed record FileEmptyError() : AppError("The file is empty");
