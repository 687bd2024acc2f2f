using WaCr.Web.Common;

namespace WaCr.Web.WhatsApp;

/// <summary>The part of the WhatsApp Cloud API that we use. Every refusal is an error; only bugs throw.</summary>
public interface IWhatsAppClient
{
    /// <summary>Success means accepted, not delivered: delivery is reported later, as a status.</summary>
    Task<Result<AcceptedMessage>> SendAsync(WhatsAppChannel channel, OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>Marks this message and all before it as read.</summary>
    /// <param name="typing">Whether the customer also sees that somebody writes, for 25 seconds or until the next message.</param>
    Task<Result<Done>> MarkReadAsync(WhatsAppChannel channel, string messageId, bool typing, CancellationToken cancellationToken);

    /// <summary>Uploads a file to send; returns its id. The stream must be seekable, so that a retry can start over.</summary>
    Task<Result<string>> UploadMediaAsync(WhatsAppChannel channel, MediaUpload upload, CancellationToken cancellationToken);

    /// <summary>Writes a received file into <paramref name="target"/>, up to <paramref name="maximumBytes"/>.</summary>
    Task<Result<MediaDescription>> DownloadMediaAsync(
        WhatsAppChannel channel, string mediaId, Stream target, long maximumBytes, CancellationToken cancellationToken);

    /// <summary>One page of the account's templates; start without a cursor and pass each page's cursor until it is null.</summary>
    Task<Result<TemplatePage>> ListTemplatesAsync(WhatsAppChannel channel, string? cursor, CancellationToken cancellationToken);

    /// <summary>The number as WhatsApp describes it; used by "test connection".</summary>
    Task<Result<PhoneNumberDescription>> FindPhoneNumberAsync(WhatsAppChannel channel, CancellationToken cancellationToken);
}
