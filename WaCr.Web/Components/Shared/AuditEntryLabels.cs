using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Shared;

/// <summary>Screen texts for a contact's changes and their origins.</summary>
public static class AuditEntryLabels
{
    /// <param name="fields">The number of changed fields; null if unknown.</param>
    public static string Of(Localizer T, AuditAction action, int? fields = null) => (action, fields) switch
    {
        (AuditAction.Created, _) => T["added the contact"],
        (AuditAction.Deleted, _) => T["deleted the contact"],
        (AuditAction.Restored, _) => T["restored the contact"],
        (AuditAction.Exported, _) => T["exported everything about the contact"],
        (_, { } count) => T["{count, plural, one {changed # field} other {changed # fields}}", ("count", count)],
        _ => T["changed the contact"],
    };

    public static string Of(Localizer T, ChangeOrigin origin) => origin switch
    {
        ChangeOrigin.App => T["in the app"],
        ChangeOrigin.Api => T["through the API"],
        ChangeOrigin.Import => T["by an import"],
        ChangeOrigin.Bulk => T["in a bulk change"],
        ChangeOrigin.CommandLine => T["on the command line"],
        ChangeOrigin.Webhook => T["through WhatsApp"],
        _ => "",
    };
}
