namespace WaCr.Web.Features.Files;

/// <summary>The file cannot be sent: WhatsApp does not support its type, or another kind was expected.</summary>
/// <param name="Wanted">The expected kind; null for any.</param>
public sealed record FileKindError(FileKind? Wanted) : InvalidError("file.kind", "WhatsApp does not carry this kind of file");

public sealed record FileSizeError(long MaxBytes) : InvalidError("file.size", "The file is too large");

public sealed record FileEmptyError() : InvalidError("file.empty", "The file is empty");
