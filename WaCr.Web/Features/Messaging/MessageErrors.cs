using WaCr.Web.Common;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>The contact wants no messages.</summary>
public sealed record ContactOptedOutError() : AppError("The contact has opted out of messages");

/// <summary>More than 24 hours since the customer's last message.</summary>
public sealed record WindowClosedError()
    : AppError("More than 24 hours have passed since the customer's last message; only a template can be sent");

/// <summary>WhatsApp, or the way to it, said no. <paramref name="Code"/> is WhatsApp's; null where it gave none.</summary>
/// <param name="IsUncertain">It may have been sent all the same.</param>
public sealed record MessageSendFailedError(long? MessageId, int? Code, string Title, string Details, bool IsUncertain)
    : AppError("The message could not be sent")
{
    /// <summary>How long WhatsApp asks to wait before it is tried again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>WhatsApp, or the way to it, has surely not taken it.</summary>
    internal static MessageSendFailedError NotSent(long? messageId, AppError error) => error is WhatsAppRefused refused
        ? new(messageId, refused.KnownCode, refused.Title, refused.Message, IsUncertain: false) { RetryAfter = refused.RetryAfter }
        : new(messageId, null, "Unavailable", error.Message, IsUncertain: false);
}

/// <summary>All the ways in which messages say no, in the words of the API.</summary>
public static class MessageErrors
{
    public const string NotRecorded = "WhatsApp took the message, but that could not be written down; its status will tell";
    public const string PhoneRequired = "Phone number is required";
    public const string PhoneInvalid = "The phone number is not valid";
    public const string PhoneOfAnother = "The phone number is not the selected contact's";
    public const string NoDefaults = "There is no contact with this phone number, and no default status and source are set for new ones";
    public const string NoAddress = "The contact has no phone number and has not written yet";
    public const string MessageRequired = "Message is required";
    public const string BodyRequired = "Body text is required";
    public const string ListButtonRequired = "List button text is required";
    public const string InteractiveTypeInvalid = "Type must be either button or list";
    public const string ButtonsCount = "There must be 1 to 3 buttons";
    public const string SectionsCount = "There must be 1 to 10 sections";
    public const string RowsRequired = "A section must have at least one row";
    public const string RowsCount = "There must be at most 10 rows in all sections together";
    public const string IdRequired = "ID is required";
    public const string IdTaken = "IDs must be unique";
    public const string TitleTaken = "Titles must be unique";
    public const string TitleRequired = "Title is required";
    public const string MediaTypeInvalid = "Media type must be either image, document, video, or audio";
    public const string FileRequired = "Either media_url or media_file is required";
    public const string OneFile = "Give either media_url or media_file, not both";
    public const string OneHeaderFile = "A header has one file only";
    public const string NoCaption = "Audio has no caption";
    public const string EmailInvalid = "The email must be a valid email address";
    public const string CountryUnknown = "The selected country does not exist";
    public const string TemplateNameRequired = "Template name is required";
    public const string CodeNumberRange = "Must be from 1 to 10";
    public const string EmailTaken = "This email address already exists";
    public const string UserUnknown = "The selected user does not exist or does not belong to your account";
    public const string GroupsUnknown = "One or more groups do not exist or do not belong to your account";

    public static NotFoundError NotFound => new("Message not found");

    public static NotFoundError ContactNotFound => new("Contact not found");
}

/// <summary>Fields of the sends, in the words of the API.</summary>
public static class MessageFields
{
    public const string Phone = "phone";
    public const string ContactId = "contact_id";
    public const string Message = "message";
    public const string ContactEmail = "contact.email";
    public const string ContactAssignedId = "contact.assigned_id";
    public const string ContactGroups = "contact.groups";
}
