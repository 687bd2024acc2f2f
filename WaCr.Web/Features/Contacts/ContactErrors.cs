namespace WaCr.Web.Features.Contacts;

/// <summary>Errors of contacts, with the messages of the API.</summary>
public static class ContactErrors
{
    public static readonly FieldError FirstNameRequired = new("contact.first_name_required", "First name is required");
    public static readonly FieldError LastNameRequired = new("contact.last_name_required", "Last name is required");
    public static readonly FieldError PhoneRequired = new("contact.phone_required", "Phone number is required");
    public static readonly FieldError PhoneInvalid = new("contact.phone_invalid", "The phone number is not valid");
    public static readonly FieldError PhoneRounded =
        new("contact.phone_rounded", "A spreadsheet has rounded this number: its last digits are lost");
    public static readonly FieldError PhoneTaken = new("contact.phone_taken", "This phone number already exists");
    public static readonly FieldError PhoneDiffers = new("contact.phone_differs", "The phone number must be the one in the path");
    public static readonly FieldError TypeInvalid = new("contact.type_invalid", "Type must be either lead, customer, or guest");
    public static readonly FieldError EmailInvalid = new("contact.email_invalid", "The email must be a valid email address");
    public static readonly FieldError EmailTaken = new("contact.email_taken", "This email address already exists");
    public static readonly FieldError SourceRequired = new("contact.source_required", "Source is required");
    public static readonly FieldError SourceUnknown =
        new("contact.source_unknown", "The selected source does not exist or does not belong to your account");
    public static readonly FieldError StatusRequired = new("contact.status_required", "Status is required");
    public static readonly FieldError StatusUnknown =
        new("contact.status_unknown", "The selected status does not exist or does not belong to your account");
    public static readonly FieldError CountryUnknown = new("contact.country_unknown", "The selected country does not exist");
    public static readonly FieldError UserUnknown =
        new("contact.user_unknown", "The selected user does not exist or does not belong to your account");
    public static readonly FieldError LanguageInvalid =
        new("contact.language_invalid", "The language must be a BCP 47 tag, such as pt-BR or ar");
    public static readonly FieldError GroupsUnknown =
        new("contact.groups_unknown", "One or more groups do not exist or do not belong to your account");

    public static readonly FieldError ConsentSourceRequired = new("contact.consent_source_required", "How the person agreed is required");
    public static readonly FieldError MarketingInvalid = new("contact.marketing_invalid", "Marketing must be granted or denied");
    public static readonly FieldError ServiceInvalid = new("contact.service_invalid", "Service must be allowed or denied");
    public static readonly FieldError MarketingWithoutService =
        new("contact.marketing_without_service", "Marketing can't be granted by somebody who wants no messages at all");

    public static NotFoundError NotFound => new("contact.not_found", "Contact not found");
}
