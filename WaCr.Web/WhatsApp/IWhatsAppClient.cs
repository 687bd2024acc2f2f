namespace WaCr.Web.WhatsApp;

/// <summary>The part of the WhatsApp Cloud API that we use. Every refusal is an error; only bugs throw.</summary>
public interface IWhatsAppClient
{
    /// <summary>Success means accepted, not delivered: delivery is reported later, as a status.</summary>
    Task<Result<AcceptedMessage>> SendAsync(WhatsAppChannel channel, OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>Marks this message and all before it as read.</summary>
    /// <param name="typing">Whether the customer also sees that somebody writes, for 25 seconds or until the next message.</param>
    Task<Result<Done>> MarkReadAsync(WhatsAppChannel channel, string messageId, bool typing, CancellationToken cancellationToken);

    /// <summary>
    /// Blocks a person, so that neither side reaches the other, or ends it. WhatsApp blocks only people who wrote in the last 24 hours.
    /// </summary>
    Task<Result<Done>> BlockAsync(WhatsAppChannel channel, Recipient person, bool blocked, CancellationToken cancellationToken);

    /// <summary>Uploads a file to send; returns its id. The stream must be seekable, so that a retry can start over.</summary>
    Task<Result<string>> UploadMediaAsync(WhatsAppChannel channel, MediaUpload upload, CancellationToken cancellationToken);

    /// <summary>Writes a received file into <paramref name="target"/>, up to <paramref name="maximumBytes"/>.</summary>
    Task<Result<MediaDescription>> DownloadMediaAsync(
        WhatsAppChannel channel, string mediaId, Stream target, long maximumBytes, CancellationToken cancellationToken);

    /// <summary>One page of the account's templates; start without a cursor and pass each page's cursor until it is null.</summary>
    Task<Result<TemplatePage>> ListTemplatesAsync(WhatsAppChannel channel, string? cursor, CancellationToken cancellationToken);

    /// <summary>One template by WhatsApp's id.</summary>
    Task<Result<TemplateDescription>> FindTemplateAsync(WhatsAppChannel channel, string templateId, CancellationToken cancellationToken);

    /// <summary>Submits a new template for review. Names are unique per language: a retry of one that arrived is refused, never
    /// doubled.</summary>
    Task<Result<CreatedTemplate>> CreateTemplateAsync(
        WhatsAppChannel channel, TemplateSubmission template, CancellationToken cancellationToken);

    /// <summary>Changes a template, which is reviewed again. What <paramref name="edit"/> does not name stays.</summary>
    Task<Result<Done>> EditTemplateAsync(
        WhatsAppChannel channel, string templateId, TemplateEdit edit, CancellationToken cancellationToken);

    /// <summary>Deletes one language if <paramref name="templateId"/> is given, else all languages of the name.</summary>
    Task<Result<Done>> DeleteTemplateAsync(WhatsAppChannel channel, string name, string? templateId, CancellationToken cancellationToken);

    /// <summary>Asks WhatsApp to send a template again that it paused for its quality.</summary>
    Task<Result<Done>> UnpauseTemplateAsync(WhatsAppChannel channel, string templateId, CancellationToken cancellationToken);

    /// <summary>Archives templates, or takes them back; at most 100 in a call.</summary>
    Task<Result<Done>> ArchiveTemplatesAsync(
        WhatsAppChannel channel, IReadOnlyList<string> templateIds, bool archived, CancellationToken cancellationToken);

    /// <summary>Uploads the sample file of a template's media header; returns the handle that the template names as its example.</summary>
    Task<Result<string>> UploadSampleAsync(WhatsAppChannel channel, MediaUpload upload, CancellationToken cancellationToken);

    /// <summary>The number and how it does, as WhatsApp describes it.</summary>
    Task<Result<PhoneNumberDescription>> FindPhoneNumberAsync(WhatsAppChannel channel, CancellationToken cancellationToken);

    /// <summary>What WhatsApp says of the access token itself.</summary>
    Task<Result<TokenDescription>> FindTokenAsync(WhatsAppChannel channel, CancellationToken cancellationToken);

    Task<Result<AccountDescription>> FindAccountAsync(WhatsAppChannel channel, CancellationToken cancellationToken);

    /// <summary>The account's numbers, by id and name alone.</summary>
    Task<Result<IReadOnlyList<PhoneNumberDescription>>> ListPhoneNumbersAsync(WhatsAppChannel channel, CancellationToken cancellationToken);

    /// <summary>Registers the number to send and receive here.</summary>
    /// <param name="pin">Six digits: the number's two-step PIN, or a new one if it has none.</param>
    Task<Result<Done>> RegisterAsync(WhatsAppChannel channel, string pin, CancellationToken cancellationToken);

    /// <summary>The number's own username.</summary>
    Task<Result<BusinessUsername>> FindUsernameAsync(WhatsAppChannel channel, CancellationToken cancellationToken);

    /// <summary>Usernames that WhatsApp keeps free for the business.</summary>
    Task<Result<IReadOnlyList<string>>> SuggestUsernamesAsync(WhatsAppChannel channel, CancellationToken cancellationToken);

    /// <summary>Claims a username for the number; one that it has is given up.</summary>
    Task<Result<Done>> SetUsernameAsync(WhatsAppChannel channel, string username, CancellationToken cancellationToken);

    Task<Result<Done>> DeleteUsernameAsync(WhatsAppChannel channel, CancellationToken cancellationToken);

    /// <summary>The apps that get the account's webhooks.</summary>
    Task<Result<IReadOnlyList<SubscribedApp>>> ListSubscribedAppsAsync(WhatsAppChannel channel, CancellationToken cancellationToken);

    /// <summary>Gives the account's webhooks to the token's app.</summary>
    Task<Result<Done>> SubscribeAppAsync(WhatsAppChannel channel, CancellationToken cancellationToken);

    /// <summary>The app's webhook for WhatsApp accounts; one without fields if it has none.</summary>
    Task<Result<MetaAppWebhook>> FindWebhookAsync(WhatsAppApp app, CancellationToken cancellationToken);

    /// <summary>Sets the app's webhook. WhatsApp calls <paramref name="address"/> at once to verify it.</summary>
    Task<Result<Done>> SetWebhookAsync(
        WhatsAppApp app, Uri address, string verifyToken, IReadOnlyList<string> fields, CancellationToken cancellationToken);
}
