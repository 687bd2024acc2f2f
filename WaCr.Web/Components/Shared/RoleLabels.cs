using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Shared;

/// <summary>A role's label.</summary>
public static class RoleLabels
{
    public static string Of(Localizer T, Role role) => role switch
    {
        Role.Owner => T["Owner"],
        Role.Admin => T["Admin"],
        Role.Agent => T["Agent"],
        _ => T["Viewer"],
    };

    /// <summary>What the role may do (<c>RolePermissions</c>), in a sentence.</summary>
    public static string Meaning(Localizer T, Role role) => role switch
    {
        Role.Owner => T["Full access"],
        Role.Admin => T["Full access, except managing owners"],
        Role.Agent => T["Contacts, groups and messages; no deleting"],
        _ => T["View only"],
    };

    /// <summary>The roles that this user may assign, lowest first.</summary>
    public static IEnumerable<Role> Offered(CurrentActor actor) =>
        Enum.GetValues<Role>().Where(role => role != Role.Owner || actor.May(Permissions.OwnersManage));
}
