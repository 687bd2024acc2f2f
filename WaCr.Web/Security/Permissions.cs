using System.Collections.Frozen;

namespace WaCr.Web.Security;

/// <summary>
/// What can be allowed. An API scope is a permission of the same name; those under <see cref="StaffOnly"/>
/// are for people and never for a token.
/// </summary>
public static class Permissions
{
    public const string AccountRead = "account:read";
    public const string ContactsRead = "contacts:read";
    public const string ContactsWrite = "contacts:write";
    public const string ContactsDelete = "contacts:delete";
    public const string GroupsRead = "groups:read";
    public const string GroupsWrite = "groups:write";
    public const string GroupsDelete = "groups:delete";
    public const string MessagesRead = "messages:read";
    public const string MessagesSend = "messages:send";
    public const string SourcesRead = "sources:read";
    public const string SourcesWrite = "sources:write";
    public const string SourcesDelete = "sources:delete";
    public const string StatusesRead = "statuses:read";
    public const string StatusesWrite = "statuses:write";
    public const string StatusesDelete = "statuses:delete";
    public const string TemplatesRead = "templates:read";
    public const string TemplatesSync = "templates:sync";
    public const string CommentsRead = "comments:read";
    public const string CommentsWrite = "comments:write";

    /// <summary>To see where changes are sent and what was sent: the addresses may hold keys, and what was sent holds every contact.</summary>
    public const string WebhooksRead = "webhooks:read";

    public const string WebhooksWrite = "webhooks:write";

    /// <summary>Beside <see cref="ContactsWrite"/>: a file creates thousands at once, overwrites what others wrote, and its undo deletes.</summary>
    public const string ContactsImport = "contacts:import";

    /// <summary>Beside <see cref="ContactsRead"/>: whoever holds the file holds every customer.</summary>
    public const string ContactsExport = "contacts:export";

    /// <summary>To write to many at once, and to stop that. Whoever reads messages sees what was sent.</summary>
    public const string CampaignsManage = "campaigns:manage";

    public const string TokensManage = "tokens:manage";
    public const string ChannelsManage = "channels:manage";
    public const string UsersManage = "users:manage";

    /// <summary>To see who did what, when and from where, and to say how long that is kept.</summary>
    public const string AuditRead = "audit:read";

    /// <summary>To make owners, and to change or send away those who are.</summary>
    public const string OwnersManage = "owners:manage";

    /// <summary>Every scope that a token can carry, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<string> ApiScopes =
    [
        AccountRead, ContactsRead, ContactsWrite, ContactsDelete, GroupsRead, GroupsWrite, GroupsDelete,
        MessagesRead, MessagesSend, SourcesRead, SourcesWrite, SourcesDelete, StatusesRead, StatusesWrite,
        StatusesDelete, TemplatesRead, TemplatesSync, CommentsRead, CommentsWrite, WebhooksRead, WebhooksWrite,
    ];

    /// <summary>Granted to every token: the original asks no scope for comments.</summary>
    public static readonly IReadOnlyList<string> GrantedToEveryToken = [CommentsRead, CommentsWrite];

    public static readonly IReadOnlyList<string> StaffOnly =
        [ContactsImport, ContactsExport, CampaignsManage, ChannelsManage, TokensManage, UsersManage, AuditRead, OwnersManage];

    public static readonly FrozenSet<string> All = ApiScopes.Concat(StaffOnly).ToFrozenSet(StringComparer.Ordinal);
}
