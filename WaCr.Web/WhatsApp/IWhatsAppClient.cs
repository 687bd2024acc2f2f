using WaCr.Web.Common;

namespace WaCr.Web.WhatsApp;

/// <summary>The WhatsApp Cloud API, as far as we use it. Every "no" is an error; only bugs throw.</summary>
public interface IWhatsAppClient
{
    /// <summary>Accepted is not delivered: that comes later, as a status.</summary>
    Task<Result<AcceptedMessage>> SendAsync(WhatsAppChannel channel, OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>Shows the person that this message, and all before it, were read.</summary>
    Task<Result<Done>> MarkReadAsync(WhatsAppChannel channel, string messageId, CancellationToken cancellationToken);

    /// <summary>Gives WhatsApp a file to send; answers its id. The stream must be seekable: a second attempt starts over.</summary>
    Task<Result<string>> UploadMediaAsync(WhatsAppChannel channel, MediaUpload upload, CancellationToken cancellationToken);

    /// <summary>Writes a file that somebody sent into <paramref name="target"/>, up to <paramref name="maximumBytes"/>.</summary>
    Task<Result<MediaDescription>> DownloadMediaAsync(
        WhatsAppChannel channel, string mediaId, Stream target, long maximumBytes, CancellationToken cancellationToken);

    /// <summary>One page of the account's templates; start with no cursor and go on with the page's own until it has none.</summary>
    Task<Result<TemplatePage>> ListTemplatesAsync(WhatsAppChannel channel, string? cursor, CancellationToken cancellationToken);

    /// <summary>The number as WhatsApp knows it: what "test connection" asks.</summary>
    Task<Result<PhoneNumberDescription>> FindPhoneNumberAsync(WhatsAppChannel channel, CancellationToken cancellationToken);
}
