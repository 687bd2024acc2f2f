using System.Collections.Frozen;

namespace WaCr.Web.Security;

/// <summary>
/// All permissions. An API scope is a permission of the same name; those under <see cref="StaffOnly"/> are never given to a token.
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

    /// <summary>To make, change and delete templates at WhatsApp.</summary>
    public const string TemplatesWrite = "templates:write";

    public const string CommentsRead = "comments:read";
    public const string CommentsWrite = "comments:write";

    /// <summary>To see who has which conversation, and whether it was read; what was said takes <see cref="MessagesRead"/>.</summary>
    public const string ConversationsRead = "conversations:read";

    /// <summary>To assign conversations and to mark them read.</summary>
    public const string ConversationsWrite = "conversations:write";

    public const string CampaignsRead = "campaigns:read";

    /// <summary>To prepare, start and stop campaigns: one call can write to everybody.</summary>
    public const string CampaignsWrite = "campaigns:write";

    /// <summary>To let a language model send, over MCP, what the token's other scopes let it send; of no use alone.</summary>
    public const string McpSend = "mcp:send";

    /// <summary>To see webhooks and their deliveries. Addresses may hold keys, and deliveries hold every contact.</summary>
    public const string WebhooksRead = "webhooks:read";

    public const string WebhooksWrite = "webhooks:write";

    /// <summary>Separate from <see cref="ContactsWrite"/>: a file creates and overwrites thousands at once, and its undo deletes.</summary>
    public const string ContactsImport = "contacts:import";

    /// <summary>Separate from <see cref="ContactsRead"/>: the file holds every contact.</summary>
    public const string ContactsExport = "contacts:export";

    public const string TokensManage = "tokens:manage";
    public const string ChannelsManage = "channels:manage";
    public const string UsersManage = "users:manage";

    /// <summary>To see the audit trail, and to set how long it is kept.</summary>
    public const string AuditRead = "audit:read";

    /// <summary>To appoint owners, and to change or remove them.</summary>
    public const string OwnersManage = "owners:manage";

    /// <summary>Every scope that a token can have, in display order.</summary>
    public static readonly IReadOnlyList<string> ApiScopes =
    [
        AccountRead, ContactsRead, ContactsWrite, ContactsDelete, GroupsRead, GroupsWrite, GroupsDelete,
        MessagesRead, MessagesSend, SourcesRead, SourcesWrite, SourcesDelete, StatusesRead, StatusesWrite,
        StatusesDelete, TemplatesRead, TemplatesSync, TemplatesWrite, CommentsRead, CommentsWrite, WebhooksRead, WebhooksWrite,
        ConversationsRead, ConversationsWrite, CampaignsRead, CampaignsWrite, McpSend,
    ];

    /// <summary>Granted to every token: the v1 API asks no scope for comments.</summary>
    public static readonly IReadOnlyList<string> GrantedToEveryToken = [CommentsRead, CommentsWrite];

    public static readonly IReadOnlyList<string> StaffOnly =
        [ContactsImport, ContactsExport, ChannelsManage, TokensManage, UsersManage, AuditRead, OwnersManage];

    public static readonly FrozenSet<string> All = ApiScopes.Concat(StaffOnly).ToFrozenSet(StringComparer.Ordinal);
}
