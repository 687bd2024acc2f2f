using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Shared;

/// <summary>Screen texts for changes of a user's sign-in.</summary>
public static class AccountChangeTexts
{
    public static string Of(Localizer T, string change) => change switch
    {
        nameof(AuditAction.PasswordChanged) => T["The password was changed"],
        nameof(AuditAction.PasskeyAdded) => T["A passkey was added"],
        nameof(AuditAction.PasskeyRemoved) => T["A passkey was removed"],
        nameof(AuditAction.TwoFactorAdded) => T["Two-factor sign-in was turned on"],
        nameof(AuditAction.TwoFactorRemoved) => T["Two-factor sign-in was turned off"],
        nameof(AuditAction.RecoveryCodesRenewed) => T["New recovery codes were made"],
        _ => "",
    };
}
