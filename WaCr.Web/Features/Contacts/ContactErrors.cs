using WaCr.Web.Common;

namespace WaCr.Web.Features.Contacts;

/// <summary>All the ways in which contacts say no, in the words of the API.</summary>
public static class ContactErrors
{
    public const string FirstNameRequired = "First name is required";
    public const string LastNameRequired = "Last name is required";
    public const string PhoneRequired = "Phone number is required";
    public const string PhoneInvalid = "The phone number is not valid";
    public const string PhoneRounded = "A spreadsheet has rounded this number: its last digits are lost";
    public const string PhoneTaken = "This phone number already exists";
    public const string TypeInvalid = "Type must be either lead, customer, or guest";
    public const string EmailInvalid = "The email must be a valid email address";
    public const string EmailTaken = "This email address already exists";
    public const string SourceRequired = "Source is required";
    public const string SourceUnknown = "The selected source does not exist or does not belong to your account";
    public const string StatusRequired = "Status is required";
    public const string StatusUnknown = "The selected status does not exist or does not belong to your account";
    public const string CountryUnknown = "The selected country does not exist";
    public const string UserUnknown = "The selected user does not exist or does not belong to your account";
    public const string GroupsUnknown = "One or more groups do not exist or do not belong to your account";

    /// <summary>Said on the screen alone: the API has no such call.</summary>
    public const string ConsentSourceRequired = "How the person agreed is required";

    public static NotFoundError NotFound => new("Contact not found");
}
