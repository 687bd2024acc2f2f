namespace WaCr.Web.Features.Files;

public enum FileKind
{
    Image = 0,
    Document = 1,
    Video = 2,
    Audio = 3,

    /// <summary>A WebP picture without a bubble.</summary>
    Sticker = 4,
}

/// <summary>A file type WhatsApp supports, with its maximum size in bytes.</summary>
/// <param name="Extension">Without the dot.</param>
public sealed record FileType(FileKind Kind, string Extension, string ContentType)
{
    private const long Kilobyte = 1024;
    private const long Megabyte = 1024 * Kilobyte;

    public static readonly FileType Jpeg = new(FileKind.Image, "jpg", "image/jpeg");
    public static readonly FileType Png = new(FileKind.Image, "png", "image/png");
    public static readonly FileType Webp = new(FileKind.Image, "webp", "image/webp");
    public static readonly FileType Pdf = new(FileKind.Document, "pdf", "application/pdf");
    public static readonly FileType Doc = new(FileKind.Document, "doc", "application/msword");
    public static readonly FileType Docx = new(FileKind.Document, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    public static readonly FileType Xls = new(FileKind.Document, "xls", "application/vnd.ms-excel");
    public static readonly FileType Xlsx = new(FileKind.Document, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    public static readonly FileType Ppt = new(FileKind.Document, "ppt", "application/vnd.ms-powerpoint");
    public static readonly FileType Pptx = new(FileKind.Document, "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation");
    public static readonly FileType Txt = new(FileKind.Document, "txt", "text/plain");
    public static readonly FileType Csv = new(FileKind.Document, "csv", "text/csv");
    public static readonly FileType Mp4 = new(FileKind.Video, "mp4", "video/mp4");
    public static readonly FileType ThreeGp = new(FileKind.Video, "3gp", "video/3gpp");
    public static readonly FileType Mp3 = new(FileKind.Audio, "mp3", "audio/mpeg");
    public static readonly FileType Ogg = new(FileKind.Audio, "ogg", "audio/ogg");
    public static readonly FileType Opus = new(FileKind.Audio, "opus", "audio/ogg; codecs=opus");
    public static readonly FileType Amr = new(FileKind.Audio, "amr", "audio/amr");
    public static readonly FileType Aac = new(FileKind.Audio, "aac", "audio/aac");

    public static readonly IReadOnlyList<FileType> All =
        [Jpeg, Png, Webp, Pdf, Doc, Docx, Xls, Xlsx, Ppt, Pptx, Txt, Csv, Mp4, ThreeGp, Mp3, Ogg, Opus, Amr, Aac];

    public long MaxBytes => MaxBytesOf(Kind);

    /// <summary>Whether a file of this type can be sent as <paramref name="kind"/>: stickers are pictures by their content.</summary>
    public bool MayBe(FileKind kind) => kind == FileKind.Sticker ? this == Webp : Kind == kind;

    public static long MaxBytesOf(FileKind kind) => kind switch
    {
        FileKind.Sticker => 500 * Kilobyte,
        FileKind.Image => 5 * Megabyte,
        FileKind.Document => 100 * Megabyte,
        FileKind.Video or FileKind.Audio => 16 * Megabyte,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
