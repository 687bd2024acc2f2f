using MudBlazor;
using WaCr.Web.Components.Language;
using WaCr.Web.Features.Sandbox;

namespace WaCr.Web.Components.Layout;

/// <summary>A page of the navigation, the settings and the search over everything.</summary>
/// <param name="Permission">Null if every user of the workspace may open it.</param>
/// <param name="InRail">False if it is reached only through the settings or the search.</param>
/// <param name="NeedsSandbox">Whether it is shown only if WhatsApp is a sandbox.</param>
/// <param name="About">Its purpose in one sentence; lists the page in the settings.</param>
public sealed record AppPage(
    string Url, string Icon, string? Permission, Func<Localizer, string> Name, bool InRail = true, Func<Localizer, string>? About = null,
    bool NeedsSandbox = false);

/// <summary>All navigable pages, in the navigation's order: most used first.</summary>
public static class AppPages
{
    private static readonly IReadOnlyList<AppPage> All =
    [
        new(Urls.Home, Icons.Material.Outlined.Home, null, T => T["Home"]),
        new(Urls.Contacts, Icons.Material.Outlined.People, Permissions.ContactsRead, T => T["Contacts"]),
        new(Urls.NewContact, Icons.Material.Outlined.PersonAdd, Permissions.ContactsWrite, T => T["New contact"], InRail: false),
        new(Urls.Imports, Icons.Material.Outlined.UploadFile, Permissions.ContactsImport, T => T["Import contacts"], InRail: false),
        new(Urls.BulkJobs, Icons.Material.Outlined.Checklist, Permissions.ContactsRead, T => T["Bulk changes"], InRail: false),
        new(Urls.Duplicates, Icons.Material.Outlined.MergeType, Permissions.ContactsRead, T => T["Duplicates"], InRail: false),
        new(Urls.Trash, Icons.Material.Outlined.Delete, Permissions.ContactsRead, T => T["Trash"], InRail: false),
        new(Urls.Conversations, Icons.Material.Outlined.Forum, Permissions.MessagesRead, T => T["Conversations"]),
        new(Urls.Templates, Icons.Material.Outlined.Article, Permissions.TemplatesRead, T => T["Templates"]),
        new(Urls.Broadcasts, Icons.Material.Outlined.Campaign, Permissions.MessagesRead, T => T["Broadcasts"]),
        new(Urls.NewBroadcast, Icons.Material.Outlined.Campaign, Permissions.CampaignsWrite, T => T["New broadcast"], InRail: false),
        new(Urls.Groups, Icons.Material.Outlined.Label, Permissions.GroupsRead, T => T["Groups"]),
        new(Urls.Sandbox, Icons.Material.Outlined.PhoneIphone, Permissions.MessagesSend, T => T["Test phone"], NeedsSandbox: true),
        new(Urls.Settings, Icons.Material.Outlined.Settings, null, T => T["Settings"]),
        new(Urls.Workspace, Icons.Material.Outlined.Business, Permissions.UsersManage, T => T["Workspace"], InRail: false, About: T => T["Name, time zone, country and language"]),
        new(Urls.Channels, Icons.Material.Outlined.Chat, Permissions.ChannelsManage, T => T["WhatsApp numbers"], InRail: false, About: T => T["Connect your numbers and set defaults for new contacts"]),
        new(Urls.QuickReplies, Icons.Material.Outlined.Bolt, Permissions.MessagesRead, T => T["Quick replies"], InRail: false, About: T => T["Saved replies: type / in a conversation"]),
        new(Urls.ConsentKeywords, Icons.Material.Outlined.Block, Permissions.ChannelsManage, T => T["Stop and start words"], InRail: false, About: T => T["The words by which contacts opt out and in again, by language"]),
        new(Urls.Outbox, Icons.Material.Outlined.Outbox, Permissions.MessagesRead, T => T["Outbox"], InRail: false, About: T => T["Unsent messages and paused numbers"]),
        new(Urls.Statuses, Icons.Material.Outlined.Flag, Permissions.StatusesRead, T => T["Statuses"], InRail: false, About: T => T["The stages of your pipeline: names, colours and order"]),
        new(Urls.Sources, Icons.Material.Outlined.CallSplit, Permissions.SourcesRead, T => T["Sources"], InRail: false, About: T => T["Where contacts come from"]),
        new(Urls.People, Icons.Material.Outlined.Group, Permissions.UsersManage, T => T["People"], InRail: false, About: T => T["Team members, their roles and how they sign in"]),
        new(Urls.Plan, Icons.Material.Outlined.DataUsage, Permissions.AccountRead, T => T["Plan and usage"], InRail: false, About: T => T["Your plan's limits and how much you have used"]),
        new(Urls.ApiTokens, Icons.Material.Outlined.Key, Permissions.TokensManage, T => T["API tokens"], InRail: false, About: T => T["Connect your own software"]),
        new(Urls.Webhooks, Icons.Material.Outlined.Webhook, Permissions.WebhooksRead, T => T["Webhooks"], InRail: false, About: T => T["Tell other systems at once what changes here"]),
        new(Urls.Audit, Icons.Material.Outlined.History, Permissions.AuditRead, T => T["Audit trail"], InRail: false, About: T => T["Who did what, when and from where, including failed attempts"]),
        new(Urls.Notifications, Icons.Material.Outlined.NotificationsActive, null, T => T["Notifications"], InRail: false, About: T => T["What you are told of, how, and your quiet hours"]),
        new(Urls.Profile, Icons.Material.Outlined.AccountCircle, null, T => T["Your profile"], InRail: false),
    ];

    public static IEnumerable<AppPage> For(CurrentActor actor, SandboxPresence sandbox) =>
        All.Where(page => (page.Permission is null || actor.May(page.Permission)) && (sandbox.IsOn || !page.NeedsSandbox));

    /// <summary>Those of the settings.</summary>
    public static IEnumerable<AppPage> SettingsFor(CurrentActor actor, SandboxPresence sandbox) =>
        For(actor, sandbox).Where(page => page.About is not null);
}
