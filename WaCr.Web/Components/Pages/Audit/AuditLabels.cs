using WaCr.Web.Components.Language;
using WaCr.Web.Features.Audit;

namespace WaCr.Web.Components.Pages.Audit;

/// <summary>Screen texts for the audit trail. Field names are not translated: entries store the API's.</summary>
public static class AuditLabels
{
    /// <summary>The entity types that can be filtered by, as entries name them.</summary>
    public static IReadOnlyList<(string Type, string Text)> Types(Localizer T) =>
    [
        (AuditEntry.ContactType, T["Contact"]),
        ("group", T["Group"]),
        ("status", T["Status"]),
        ("source", T["Source"]),
        (AuditEntry.ChannelType, T["WhatsApp number"]),
        (AuditEntry.MessagesType, T["Broadcast"]),
        (AuditEntry.ApiTokenType, T["API token"]),
        (AuditEntry.WebhookType, T["Webhook"]),
        ("consentkeywordset", T["Stop and start words"]),
        (AuditEntry.AccountType, T["Sign-in account"]),
        ("membership", T["Person"]),
        ("invitation", T["Invitation"]),
        ("tenant", T["Workspace"]),
        (AuditEntry.AuditType, T["Audit trail"]),
    ];

    public static string Of(Localizer T, AuditAction action) => action switch
    {
        AuditAction.Created => T["Created"],
        AuditAction.Updated => T["Changed"],
        AuditAction.Deleted => T["Deleted"],
        AuditAction.Restored => T["Restored"],
        AuditAction.Erased => T["Erased permanently"],
        AuditAction.SignedIn => T["Signed in"],
        AuditAction.SignInRefused => T["Sign-in refused"],
        AuditAction.LockedOut => T["Locked out"],
        AuditAction.SignedOut => T["Signed out"],
        AuditAction.PasswordChanged => T["Password changed"],
        AuditAction.PasswordLinkCreated => T["Password link made"],
        AuditAction.TwoFactorAdded => T["Two-factor sign-in turned on"],
        AuditAction.TwoFactorRemoved => T["Two-factor sign-in turned off"],
        AuditAction.RecoveryCodesRenewed => T["Recovery codes renewed"],
        AuditAction.PasskeyAdded => T["Passkey added"],
        AuditAction.PasskeyRemoved => T["Passkey removed"],
        AuditAction.SessionsEnded => T["Signed out everywhere"],
        AuditAction.UsedFromNewAddress => T["Used from a new address"],
        AuditAction.Exported => T["Exported"],
        AuditAction.WebhookRefused => T["Webhook refused"],
        _ => action.ToString(),
    };

    public static string Who(Localizer T, AuditItem item) => item.ActorKind switch
    {
        ActorKind.Anonymous => T["Not signed in"],
        ActorKind.System when item.ChangeOrigin == ChangeOrigin.CommandLine => T["The operator"],
        _ => item.ActorName.Length == 0 ? T["The system"] : item.ActorName,
    };

    /// <summary>The type and the name of what changed, or its id if it has no name.</summary>
    public static string What(Localizer T, AuditItem item)
    {
        var type = Types(T).FirstOrDefault(known => known.Type == item.EntityType).Text ?? item.EntityType;
        return item.Subject is { } name ? $"{type}: {name}"
            : item.EntityId == 0 ? type
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{type} {item.EntityId}");
    }
}
