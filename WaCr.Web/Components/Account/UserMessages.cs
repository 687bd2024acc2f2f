using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Components.Account;

public static class UserMessages
{
    public static string Of(Localizer T, string message) => Of(T, [message]);

    public static string Of(Localizer T, IReadOnlyList<string> messages) => FieldMessages.Of(T, messages, message => message switch
    {
        UserErrors.EmailInvalid => T["The email must be a valid email address"],
        UserErrors.AlreadyMember => T["This person already belongs to the workspace"],
        UserErrors.Deactivated => T["This person was deactivated here. Reactivate them instead"],
        UserErrors.NameRequired => T["Name is required"],
        UserErrors.LastOwner => T["A workspace keeps at least one owner"],
        UserErrors.NotYourself => T["You can't deactivate yourself"],
        UserErrors.InOtherWorkspaces => T["This person belongs to other workspaces too. Whoever runs the server can make a link for them"],
        UserErrors.PasswordWrong => T["This is not your password"],
        UserErrors.CodeWrong => T["This code is not right. Codes change every 30 seconds, and each works once"],
        UserErrors.TooManyTries => T["Too many tries from here. Wait a minute, then try again"],
        UserErrors.PasswordNotNew => T["Choose a password that you did not have before"],
        UserErrors.ConfirmationMissing => T["Confirm that it is you first"],
        UserErrors.TimeZoneUnknown => T["There is no such time zone"],
        UserErrors.LanguageUnknown => T["There is no such language"],
        UserErrors.WrongAccount => T["This invitation is for another address"],
        PasswordRules.Common => T["This password is one of the first that others would try"],
        PasswordRules.Personal => T["Leave out your name and your e-mail"],
        PasskeyService.NotAdded => T["This passkey could not be added. Try again"],
        PasskeyService.TooMany => T["An account has 20 passkeys at most"],
        FirstStart.CodeWrong => T["This is not the code in the server's log"],
        _ when FieldMessages.NumberIn(message) is { } number => OfPasswords(T, message, number),
        _ => null,
    });

    // Identity writes the limit into its sentences.
    private static string? OfPasswords(Localizer T, string message, int number) => message switch
    {
        _ when message.StartsWith("Passwords must be at least", StringComparison.Ordinal) => T["At least {count} characters", ("count", number)],
        _ when message.StartsWith("Passwords must use at least", StringComparison.Ordinal) => T["At least {count} different characters", ("count", number)],
        _ => null,
    };
}
