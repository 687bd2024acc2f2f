using WaCr.Web.Common;

namespace WaCr.Web.Features.Files;

/// <summary>A file that cannot be sent: not of a kind that WhatsApp carries, or not of the one that is wanted.</summary>
/// <param name="Wanted">Null where any kind would do.</param>
public sealed record FileKindError(FileKind? Wanted) : InvalidError("file.kind", "WhatsApp does not carry this kind of file");

public sealed record FileSizeError(long MaxBytes) : InvalidError("file.size", "The file is too large");

public sealed record FileEmptyError() : InvalidError("file.empty", "The file is empty");
