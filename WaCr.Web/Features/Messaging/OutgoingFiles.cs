using WaCr.Web.Downloads;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>A file to send, from a URL or an upload.</summary>
/// <param name="Field">Field that errors are reported under.</param>
/// <param name="FileName">Name the recipient sees, if it differs from the file's own.</param>
internal sealed record OutgoingFile(string Field, FileKind Kind, string? Url, FileInput? Content, string? FileName)
{
    /// <summary>A voice note, which WhatsApp takes in one format only.</summary>
    public bool IsVoice { get; init; }
}

/// <summary>A file stored here and uploaded to WhatsApp.</summary>
internal sealed record UploadedFile(StoredFile Stored, string WhatsAppId, string? FileName);

/// <summary>
/// Uploads files to WhatsApp. A file at a URL is downloaded first, from public hosts only, so that the checked bytes are the ones sent.
/// </summary>
public sealed class OutgoingFiles(FileStore store, RemoteFiles remote, ChannelDirectory channels, IWhatsAppClient whatsApp)
{
    private const string PlainText = "text/plain";

    /// <summary>Checks an uploaded file before anything else.</summary>
    internal static async Task<ValidationError?> CheckAsync(OutgoingFile file, CancellationToken cancellationToken)
    {
        if (file.Content is not { } content)
        {
            return null;
        }

        return content.Content.Length > FileType.MaxBytesOf(file.Kind)
            ? new ValidationError(file.Field, RemoteFiles.TooLarge(FileType.MaxBytesOf(file.Kind)))
            : Check(file, await FileContent.DetectAsync(content.Content, content.FileName, cancellationToken));
    }

    /// <summary>Uploads the draft's file to WhatsApp; null on success. Errors that concern the channel are recorded on it.</summary>
    internal async Task<AppError?> AttachAsync(
        OpenChannel channel, MessageDraft draft, OutgoingFile file, CancellationToken cancellationToken)
    {
        var uploaded = await UploadAsync(channel, file, cancellationToken);
        draft.Uploaded = uploaded.Value;
        if (uploaded.Error is not null and not ValidationError)
        {
            await channels.NoteAsync(channel, uploaded.Error);
        }

        return uploaded.Error;
    }

    internal async Task<Result<UploadedFile>> UploadAsync(OpenChannel channel, OutgoingFile file, CancellationToken cancellationToken)
    {
        await using var draft = store.OpenDraft();
        var ownName = file.Content?.FileName;
        if (file.Content is { } content)
        {
            content.Content.Position = 0;
            await content.Content.CopyToAsync(draft, cancellationToken);
        }
        else
        {
            var fetched = await remote.DownloadAsync(file.Field, file.Url!, FileType.MaxBytesOf(file.Kind), draft, cancellationToken);
            if (!fetched.Succeeded)
            {
                return fetched.Error;
            }

            ownName = fetched.Value.FileName;
        }

        var type = await FileContent.DetectAsync(draft, ownName, cancellationToken);
        if (Check(file, type) is { } unfit)
        {
            return unfit;
        }

        var stored = await store.KeepAsync(draft, ownName, cancellationToken);
        var name = NameOf(file.FileName ?? ownName, type!);
        var uploaded = await whatsApp.UploadMediaAsync(
            channel.Access, new MediaUpload(draft, type == FileType.Csv ? PlainText : type!.ContentType, name), cancellationToken);
        return uploaded.Succeeded ? new UploadedFile(stored, uploaded.Value, name) : uploaded.Error;
    }

    private static ValidationError? Check(OutgoingFile file, FileType? type) => type?.MayBe(file.Kind) != true
        ? new ValidationError(file.Field, NotOfKind(file.Kind))
        : file.IsVoice && type != FileType.Opus ? new ValidationError(file.Field, MessageErrors.VoiceNotOpus) : null;

    private static FieldError NotOfKind(FileKind kind)
    {
        var extensions = string.Join(", ", FileType.All.Where(type => type.MayBe(kind)).Select(type => type.Extension));
        return new FieldError("file.not_of_kind", $"The file must be {extensions} by its content");
    }

    // The name goes into a header and is shown to people; it never becomes a path.
    internal static string NameOf(string? name, FileType type)
    {
        var clean = string.Concat((name ?? "").Where(letter => !char.IsControl(letter) && letter is not ('/' or '\\' or '"'))).Trim();
        clean = clean.Length == 0 || !TextRule.IsStorable(clean) ? $"file.{type.Extension}" : clean;
        return clean.CutStart(Domain.MessageMedia.FileNameMaxLength).TrimStart();
    }
}
