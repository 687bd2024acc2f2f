using System.Collections.Frozen;

namespace WaCr.Web.Security;

/// <summary>The permissions of each role; pages, services and tests read this one table.</summary>
public static class RolePermissions
{
    private static readonly string[] ViewerMay = [.. Permissions.ApiScopes.Where(scope => scope.EndsWith(":read", StringComparison.Ordinal) && scope != Permissions.WebhooksRead)];

    private static readonly string[] AgentMay =
    [
        .. ViewerMay, Permissions.ContactsWrite, Permissions.GroupsWrite, Permissions.MessagesSend, Permissions.CommentsWrite,
        Permissions.ConversationsWrite,
    ];

    private static readonly FrozenDictionary<Role, FrozenSet<string>> Table = new Dictionary<Role, FrozenSet<string>>
    {
        [Role.Viewer] = ViewerMay.ToFrozenSet(StringComparer.Ordinal),
        [Role.Agent] = AgentMay.ToFrozenSet(StringComparer.Ordinal),
        [Role.Admin] = Permissions.All.Except([Permissions.OwnersManage], StringComparer.Ordinal).ToFrozenSet(StringComparer.Ordinal),
        [Role.Owner] = Permissions.All,
    }.ToFrozenDictionary();

    public static FrozenSet<string> Of(Role role) => Table[role];

    /// <summary>Whether a member may make API tokens; those they made outlive this.</summary>
    public static bool MayMakeTokens(Role role, bool isActive) => isActive && Of(role).Contains(Permissions.TokensManage);
}
