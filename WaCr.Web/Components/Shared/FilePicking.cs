using Microsoft.AspNetCore.Components.Forms;
using WaCr.Web.Features.Files;

namespace WaCr.Web.Components.Shared;

/// <summary>Receives a file from the browser and detects its type from its content.</summary>
public sealed class FilePicking(FileStore store, ILogger<FilePicking> logger)
{
    private const int PictureEdge = 480;
    private const long PictureMaxBytes = 512 * 1024;

    /// <param name="wanted">Null accepts every type that WhatsApp does.</param>
    public async Task<Result<PickedFile>> TakeAsync(IBrowserFile file, FileKind? wanted, CancellationToken cancellationToken)
    {
        if (file.Size == 0)
        {
            return new FileEmptyError();
        }

        // The claimed type is only used to reject an oversized file early; the real type is detected below.
        var largest = FileType.MaxBytesOf(wanted ?? KindOf(file.ContentType));
        if (file.Size > largest)
        {
            return new FileSizeError(largest);
        }

        var draft = store.OpenDraft();
        try
        {
            await using (var source = file.OpenReadStream(largest, cancellationToken))
            {
                await source.CopyToAsync(draft, cancellationToken);
            }

            var type = await FileContent.DetectAsync(draft, file.Name, cancellationToken);
            AppError? unfit = type is null || (wanted is not null && type.Kind != wanted) ? new FileKindError(wanted)
                : draft.Length > type.MaxBytes ? new FileSizeError(type.MaxBytes)
                : null;
            if (unfit is not null)
            {
                await draft.DisposeAsync();
                return unfit;
            }

            return new PickedFile(
                file.Name, type!, draft, type!.Kind == FileKind.Image ? await PictureAsync(file, cancellationToken) : null);
        }
        catch
        {
            await draft.DisposeAsync();
            throw;
        }
    }

    // The browser makes a small copy; a picture that it cannot draw is shown by name.
    private async Task<string?> PictureAsync(IBrowserFile file, CancellationToken cancellationToken)
    {
        try
        {
            var small = await file.RequestImageFileAsync(FileType.Jpeg.ContentType, PictureEdge, PictureEdge);
            if (small.Size is 0 or > PictureMaxBytes)
            {
                return null;
            }

            using var bytes = new MemoryStream();
            await using var source = small.OpenReadStream(PictureMaxBytes, cancellationToken);
            await source.CopyToAsync(bytes, cancellationToken);
            return $"data:{FileType.Jpeg.ContentType};base64,{Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)}";
        }
#pragma warning disable CA1031 // It is only a preview, and whatever the browser says of it is logged.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            ComponentLog.NoPreview(logger, exception);
            return null;
        }
    }

    private static FileKind KindOf(string contentType) => contentType.Split('/')[0] switch
    {
        "image" => FileKind.Image,
        "video" => FileKind.Video,
        "audio" => FileKind.Audio,
        _ => FileKind.Document,
    };
}
