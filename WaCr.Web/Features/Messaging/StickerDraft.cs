using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>A sticker: a WebP picture, still or moving.</summary>
internal sealed class StickerDraft : MessageDraft
{
    private StickerDraft(SendSticker request, DraftFields fields) : base(request, fields)
    {
        var url = fields.Text(MediaFields.Url, request.Url, Message.UrlMaxLength);
        if (url is null && request.File is null && !Errors.Has(MediaFields.Url))
        {
            Errors.Add(MediaFields.Url, MessageErrors.FileRequired);
        }
        else if (url is not null && request.File is not null)
        {
            Errors.Add(MediaFields.File, MessageErrors.OneFile);
        }

        File = new OutgoingFile(request.File is null ? MediaFields.Url : MediaFields.File, FileKind.Sticker, url, request.File, null);
    }

    public override MessageType Type => MessageType.Sticker;

    public override OutgoingFile File { get; }

    public static StickerDraft Read(SendSticker request, DraftFields fields) => new(request, fields) { To = fields.ReadDestination() };

    public override Task<Result<Composed>> ComposeAsync(AppDbContext db, OpenChannel channel, Addressee to) =>
        Task.FromResult<Result<Composed>>(new Composed(new MediaContent(MediaKind.Sticker, FileSource), "") { Url = File.Url });
}
