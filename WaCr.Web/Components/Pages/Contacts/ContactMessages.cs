using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

public static class ContactMessages
{
    public static string Of(Localizer T, IReadOnlyList<string> messages) => FieldMessages.Of(T, messages, message => message switch
    {
        ContactErrors.FirstNameRequired => T["First name is required"],
        ContactErrors.LastNameRequired => T["Last name is required"],
        ContactErrors.PhoneRequired => T["Phone number is required"],
        ContactErrors.PhoneInvalid => T["The phone number is not valid"],
        ContactErrors.PhoneRounded => T["A spreadsheet has rounded this number: its last digits are lost"],
        ContactErrors.PhoneTaken => T["This phone number already exists"],
        ContactErrors.TypeInvalid => T["Type must be either lead, customer, or guest"],
        ContactErrors.EmailInvalid => T["The email must be a valid email address"],
        ContactErrors.EmailTaken => T["This email address already exists"],
        ContactErrors.SourceRequired => T["Source is required"],
        ContactErrors.SourceUnknown => T["The selected source does not exist or does not belong to your account"],
        ContactErrors.StatusRequired => T["Status is required"],
        ContactErrors.StatusUnknown => T["The selected status does not exist or does not belong to your account"],
        ContactErrors.CountryUnknown => T["The selected country does not exist"],
        ContactErrors.UserUnknown => T["The selected user does not exist or does not belong to your account"],
        ContactErrors.GroupsUnknown => T["One or more groups do not exist or do not belong to your account"],
        _ => null,
    });
}
