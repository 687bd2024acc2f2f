using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>WhatsApp takes no marketing from the number, but everything else.</summary>
public sealed record MarketingStoppedError() : DeniedError("message.marketing_stopped", "WhatsApp accepts no marketing from this number");

/// <summary>More than 24 hours have passed since the contact's last message.</summary>
public sealed record WindowClosedError()
    : InvalidError("message.window_closed", "More than 24 hours have passed since the customer's last message; only a template can be sent");

/// <summary>WhatsApp refused the message or was not reachable. <paramref name="Code"/> is WhatsApp's; null if it gave none.</summary>
/// <param name="IsUncertain">Whether it may have been sent anyway.</param>
public sealed record MessageSendFailedError(long? MessageId, int? Code, string Title, string Details, bool IsUncertain)
    : UnavailableError("message.not_sent", "The message could not be sent")
{
    /// <summary>Wait before the next attempt, as asked by WhatsApp.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>WhatsApp has certainly not accepted the message.</summary>
    internal static MessageSendFailedError NotSent(long? messageId, AppError error) => error is WhatsAppRefused refused
        ? new(messageId, refused.KnownCode, refused.Title, refused.Message, IsUncertain: false) { RetryAfter = refused.RetryAfter }
        : new(messageId, null, "Unavailable", error.Message, IsUncertain: false);
}

/// <summary>Errors of messages, with the messages of the API.</summary>
public static class MessageErrors
{
    public const string NotRecorded = "WhatsApp took the message, but that could not be written down; its status will tell";
    public static readonly FieldError PhoneRequired = new("message.phone_required", "Phone number is required");
    public static readonly FieldError PhoneInvalid = new("message.phone_invalid", "The phone number is not valid");
    public static readonly FieldError PhoneOfAnother = new("message.phone_of_another", "The phone number is not the selected contact's");
    public static readonly FieldError NoDefaults =
        new("message.no_defaults", "There is no contact with this phone number, and no default status and source are set for new ones");
    public static readonly FieldError NoAddress = new("message.no_address", "The contact has no phone number and has not written yet");
    public static readonly FieldError MessageRequired = new("message.message_required", "Message is required");
    public static readonly FieldError BodyRequired = new("message.body_required", "Body text is required");
    public static readonly FieldError ListButtonRequired = new("message.list_button_required", "List button text is required");
    public static readonly FieldError InteractiveTypeInvalid =
        new("message.interactive_type_invalid", "Type must be either button, list, cta_url, location_request, or contact_info_request");
    public static readonly FieldError ButtonsCount = new("message.buttons_count", "There must be 1 to 3 buttons");
    public static readonly FieldError SectionsCount = new("message.sections_count", "There must be 1 to 10 sections");
    public static readonly FieldError RowsRequired = new("message.rows_required", "A section must have at least one row");
    public static readonly FieldError RowsCount = new("message.rows_count", "There must be at most 10 rows in all sections together");
    public static readonly FieldError IdRequired = new("message.id_required", "ID is required");
    public static readonly FieldError IdTaken = new("message.id_taken", "IDs must be unique");
    public static readonly FieldError TitleTaken = new("message.title_taken", "Titles must be unique");
    public static readonly FieldError TitleRequired = new("message.title_required", "Title is required");
    public static readonly FieldError MediaTypeInvalid =
        new("message.media_type_invalid", "Media type must be either image, document, video, or audio");
    public static readonly FieldError FileRequired = new("message.file_required", "Either media_url or media_file is required");
    public static readonly FieldError OneFile = new("message.one_file", "Give either media_url or media_file, not both");
    public static readonly FieldError OneHeaderFile = new("message.one_header_file", "A header has one file only");
    public static readonly FieldError NoCaption = new("message.no_caption", "Audio has no caption");
    public static readonly FieldError EmailInvalid = new("message.email_invalid", "The email must be a valid email address");
    public static readonly FieldError CountryUnknown = new("message.country_unknown", "The selected country does not exist");
    public static readonly FieldError TemplateNameRequired = new("message.template_name_required", "Template name is required");
    public static readonly FieldError CodeNumberRange = new("message.code_number_range", "Must be from 1 to 10");
    public static readonly FieldError EmailTaken = new("message.email_taken", "This email address already exists");
    public static readonly FieldError UserUnknown =
        new("message.user_unknown", "The selected user does not exist or does not belong to your account");
    public static readonly FieldError GroupsUnknown =
        new("message.groups_unknown", "One or more groups do not exist or do not belong to your account");

    public static readonly FieldError ReplyToUnknown = new("message.reply_to_unknown", "The quoted message does not exist in this conversation");
    public static readonly FieldError ReplyToUnsent = new("message.reply_to_unsent", "The message is not at WhatsApp, so it cannot be answered");
    public static readonly FieldError SendAtInvalid =
        new("message.send_at_invalid", "The time must be ISO 8601 with an offset, for example 2026-01-01T08:00:00+00:00");
    public static readonly FieldError TargetRequired = new("message.target_required", "Message ID is required");
    public static readonly FieldError TargetOfAnother = new("message.target_of_another", "The message is not of a conversation with this contact");
    public static readonly FieldError TargetTooOld = new("message.target_too_old", "The message is older than 30 days");
    public static readonly FieldError TargetUnfit = new("message.target_unfit", "A reaction or a system message cannot be reacted to");
    public static readonly FieldError NotInbound = new("message.not_inbound", "Only a message that the customer wrote can be marked read");
    public static readonly FieldError EmojiRequired = new("message.emoji_required", "Emoji is required; an empty one takes the reaction back");
    public static readonly FieldError EmojiInvalid = new("message.emoji_invalid", "Give one emoji");
    public static readonly FieldError LatitudeInvalid = new("message.latitude_invalid", "Latitude must be from -90 to 90");
    public static readonly FieldError LongitudeInvalid = new("message.longitude_invalid", "Longitude must be from -180 to 180");
    public static readonly FieldError CardsCount = new("message.cards_count", "There must be 1 to 20 contacts");
    public static readonly FieldError CardNameRequired = new("message.card_name_required", "A card needs a name");
    public static readonly FieldError CardUnknown = new("message.card_unknown", "One or more contacts do not exist or do not belong to your account");
    public static readonly FieldError LinkTextRequired = new("message.link_text_required", "Button text is required");
    public static readonly FieldError LinkRequired = new("message.link_required", "URL is required");
    public static readonly FieldError LinkInvalid = new("message.link_invalid", "The URL must be an http or https address");
    public static readonly FieldError OnlyBody = new("message.only_body", "A request for the location has a body text only");
    public static readonly FieldError VoiceOnlyAudio = new("message.voice_only_audio", "Only audio can be a voice note");
    public static readonly FieldError VoiceNotOpus = new("message.voice_not_opus", "A voice note must be OGG with Opus");

    /// <summary>It was sent, failed, or was cancelled meanwhile; or it belongs to a campaign.</summary>
    public static TooLateError NotScheduled => new("message.not_scheduled", "The message is not scheduled any more");

    public static NotFoundError NotFound => new("message.not_found", "Message not found");

    public static NotFoundError ContactNotFound => new("contact.not_found", "Contact not found");
}

/// <summary>Fields of send requests as named in the API.</summary>
public static class MessageFields
{
    public const string Phone = "phone";
    public const string ContactId = "contact_id";
    public const string Message = "message";
    public const string ReplyTo = "reply_to";
    public const string SendAt = "send_at";
    public const string ContactEmail = "contact.email";
    public const string ContactAssignedId = "contact.assigned_id";
    public const string ContactGroups = "contact.groups";
}
