using WaCr.Web.Components.Pages.Contacts.Grid;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Components;

/// <summary>The only place that builds links.</summary>
public static class Urls
{
    public const string Home = "/";
    public const string Contacts = "/contacts";
    public const string NewContact = "/contacts/new";

    /// <summary>A new contact's form, filled from a contact card.</summary>
    public static string NewContactOf(string? name, string? phone, string? email)
    {
        var parts = (name ?? "").Trim().Split(' ', 2, StringSplitOptions.TrimEntries);
        KeyValuePair<string, string?>[] fields = [new("firstname", parts[0]), new("lastname", parts.ElementAtOrDefault(1)), new("phone", phone), new("email", email)];
        return NewContact + QueryString.Create(fields.Where(field => !string.IsNullOrEmpty(field.Value)));
    }
    public const string Trash = "/contacts/trash";
    public const string Duplicates = "/contacts/duplicates";
    public const string BulkJobs = "/contacts/jobs";
    public const string ExportContactsPath = "/contacts/export";
    public const string Imports = "/contacts/import";
    public const string UploadImport = "/contacts/import/upload";
    public const string FailedRowsPattern = "/contacts/import/{id:long}/failed";
    public const string Groups = "/groups";
    public const string Sources = "/settings/sources";
    public const string Statuses = "/settings/statuses";
    public const string Settings = "/settings";
    public const string Workspace = "/settings/workspace";
    public const string Notifications = "/settings/notifications";
    public const string NotificationTexts = "/notification-texts.json";

    /// <summary>Leads from a notification to its page, in its workspace.</summary>
    public const string OpenNotification = "/open";
    public const string Offline = "/offline";
    public const string Manifest = "/manifest.webmanifest";

    /// <summary>The installed app's manifest. Browsers ask for it without cookies, so the address names the language.</summary>
    public static string ManifestIn(CultureInfo language) => $"{Manifest}?culture={language.Name}";

    public const string Plan = "/settings/plan";

    /// <summary>The costs of a month.</summary>
    public static string PlanOf(DateOnly month) => string.Create(CultureInfo.InvariantCulture, $"{Plan}?month={month:yyyy-MM}");
    public const string Conversations = "/conversations";
    public const string Templates = "/templates";
    public const string NewTemplate = "/templates/new";
    public const string Broadcasts = "/broadcasts";
    public const string NewBroadcast = "/broadcasts/new";
    public const string ExportBroadcastPattern = "/broadcasts/{id:long}/export";
    public const string Channels = "/settings/whatsapp";
    public const string QuickReplies = "/settings/quick-replies";
    public const string ConsentKeywords = "/settings/consent-keywords";
    public const string Outbox = "/settings/outbox";

    /// <summary>Where WhatsApp sends its webhooks.</summary>
    public static Uri WhatsAppWebhook(string baseUri) => new(new Uri(baseUri), "webhooks/whatsapp");
    public const string ApiTokens = "/settings/tokens";
    public const string Webhooks = "/settings/webhooks";
    public const string Sandbox = "/sandbox";
    public const string SandboxFilePattern = "/sandbox/files/{number}/{id}";
    public const string Audit = "/settings/audit";
    public const string ExportAudit = "/settings/audit/export";
    public const string ExportPersonPattern = "/contacts/{id:long}/everything";
    public const string People = "/settings/people";
    public const string SetUp = "/setup";
    public const string NotFound = "/not-found";
    public const string AccountFolder = "/account";
    public const string ChooseWorkspace = "/account/workspace";
    public const string Profile = "/account/profile";
    public const string TwoFactor = "/account/two-factor";
    public const string TwoFactorRequired = "/account/two-factor?required=true";
    public const string Passkeys = "/account/passkeys";
    public const string NewPasskeyOptions = "/account/passkeys/options";
    public const string PasskeySignInOptions = "/account/sign-in/passkey";
    public const string Sessions = "/account/sessions";
    public const string AccessDenied = "/account/denied";
    public const string SignOut = "/account/sign-out";
    public const string Language = "/account/language";
    private const string SignInPath = "/account/sign-in";

    public static string SignIn(string? returnUrl = null) =>
        returnUrl is null or Home ? SignInPath : $"{SignInPath}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    /// <param name="reason">A reason that the sign-in page has a text for.</param>
    public static string SignInAfter(string reason) => $"{SignInPath}?reason={Uri.EscapeDataString(reason)}";

    public static string ChooseWorkspaceThen(string? returnUrl) =>
        returnUrl is null or Home ? ChooseWorkspace : $"{ChooseWorkspace}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    /// <summary>The step after a correct password, if the account has a second factor.</summary>
    public static string SignInCode(string? returnUrl, bool remember) => "/account/code" + QueryString.Create(
        new[] { KeyValuePair.Create("returnUrl", returnUrl is null or Home ? null : returnUrl), KeyValuePair.Create("remember", remember ? "true" : null) }
            .Where(pair => pair.Value is not null));

    /// <summary>Asks for the password or passkey again, then continues to the protected page.</summary>
    public static string Confirm(string returnUrl) => $"/account/confirm?returnUrl={Uri.EscapeDataString(returnUrl)}";

    /// <param name="secret">The invitation's.</param>
    public static string Join(string secret) => $"/account/join?code={Uri.EscapeDataString(secret)}";

    /// <param name="code">Lets its holder set a new password.</param>
    public static string ResetPassword(string code) => PasswordResets.PathOf(code);

    /// <summary>All data about one person, as a ZIP.</summary>
    public static string ExportPerson(long id) => Contact(id) + "/everything";

    public static string Contact(long id) => string.Create(CultureInfo.InvariantCulture, $"/contacts/{id}");

    /// <param name="list">Of the list that it was opened from.</param>
    public static string Contact(long id, IEnumerable<KeyValuePair<string, string>> list) =>
        Contact(id) + QueryString.Create(list.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));

    /// <param name="survivorId">The contact that is kept.</param>
    public static string MergeContacts(long survivorId, long otherId) =>
        string.Create(CultureInfo.InvariantCulture, $"/contacts/{survivorId}/merge/{otherId}");

    public static string TrashPage(string? search, int page, int size) => Trash + QueryString.Create(
        new[] { ("search", search), ("page", page == 1 ? null : Number(page)), ("size", size == Pager.Sizes[0] ? null : Number(size)) }
            .Where(pair => !string.IsNullOrEmpty(pair.Item2))
            .Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string ContactList(IEnumerable<KeyValuePair<string, string>> parameters) =>
        Contacts + QueryString.Create(parameters.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));

    /// <param name="format"><c>csv</c> or <c>xlsx</c>.</param>
    /// <param name="list">The list's parameters, to export all that match them.</param>
    /// <param name="ids">The selected ids, instead of all that match; null for none.</param>
    /// <param name="except">Excluded from all that match.</param>
    public static string ExportContacts(
        string format, IEnumerable<KeyValuePair<string, string>> list, IEnumerable<long>? ids = null, IEnumerable<long>? except = null) =>
        ExportContactsPath + QueryString.Create(
            (ids is null ? list : [])
                .Append(new("ids", ids is null ? "" : Numbers(ids)))
                .Append(new("except", ids is null ? Numbers(except ?? []) : ""))
                .Where(pair => pair.Value.Length > 0)
                .Append(new("format", format))
                .Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));

    public static string Webhook(long id) => string.Create(CultureInfo.InvariantCulture, $"{Webhooks}/{id}");

    public static string Import(long id) => string.Create(CultureInfo.InvariantCulture, $"/contacts/import/{id}");

    /// <param name="format"><c>csv</c> or <c>xlsx</c>.</param>
    public static string FailedRows(long importId, string format) => $"{Import(importId)}/failed?format={format}";

    private static string Numbers(IEnumerable<long> ids) => string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The list, filtered by one of <c>ContactFilterFields</c>.</summary>
    public static string ContactsWhere(string field, long value) => ContactsWhere(field, value.ToString(CultureInfo.InvariantCulture));

    public static string ContactsWhere(string field, string value) => ContactList([new(field, value)]);

    /// <summary>The contacts that a campaign's messages got so far with.</summary>
    public static string ContactsReached(long campaignId, CampaignReach reach) =>
        ContactsWhere(ContactFilterFields.Campaign, ContactFilter.Of(campaignId, reach).Text);

    /// <summary>List filtered to rows where this field is empty.</summary>
    public static string ContactsWithout(string field) => ContactsWhere(field, "none");
    public static string Conversation(long id) => string.Create(CultureInfo.InvariantCulture, $"{Conversations}/{id}");

    public static string Broadcast(long id) => string.Create(CultureInfo.InvariantCulture, $"{Broadcasts}/{id}");

    public static string EditTemplate(long id) => string.Create(CultureInfo.InvariantCulture, $"{Templates}/{id}/edit");

    /// <summary>A new template that begins as this one.</summary>
    public static string CopyTemplate(long id) => string.Create(CultureInfo.InvariantCulture, $"{NewTemplate}?copy={id}");

    public static string TemplateDraft(long id) => string.Create(CultureInfo.InvariantCulture, $"{NewTemplate}?draft={id}");

    public static string TemplatesNamed(string name) => $"{Templates}?search={Uri.EscapeDataString(name)}";

    /// <summary>A template's card, alone among the templates.</summary>
    public static string TemplateCard(string name, string language) => Templates + QueryString.Create(
        [KeyValuePair.Create("search", (string?)name), KeyValuePair.Create("language", (string?)language)]);

    /// <summary>A campaign in draft.</summary>
    public static string BroadcastDraft(long id) => string.Create(CultureInfo.InvariantCulture, $"{NewBroadcast}?draft={id}");

    /// <param name="format"><c>csv</c> or <c>xlsx</c>.</param>
    public static string ExportBroadcast(long id, string format) => $"{Broadcast(id)}/export?format={format}";
    public static string ConversationList(IEnumerable<KeyValuePair<string, string?>> list) =>
        Conversations + QueryString.Create(list.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    /// <param name="box">An <c>InboxBox</c> in lower case.</param>
    public static string ConversationsIn(string box) => ConversationList([new("box", box)]);

    /// <param name="list">The filters of the list next to it.</param>
    public static string Conversation(long id, IEnumerable<KeyValuePair<string, string?>> list) =>
        Conversation(id) + QueryString.Create(list.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    /// <summary>The conversation, scrolled to one of its messages.</summary>
    public static string Message(long conversationId, long id, IEnumerable<KeyValuePair<string, string?>> list) =>
        Conversation(conversationId, list.Append(KeyValuePair.Create("message", (string?)id.ToString(CultureInfo.InvariantCulture))));

    public const string StarredMessages = "/conversations/starred";
    public const string GroupMessages = "/conversations/groups";

    public static string File(long id) => string.Create(CultureInfo.InvariantCulture, $"/files/{id}");

    /// <param name="messageId">The message whose file it is; it is saved under its name there.</param>
    public static string File(long id, long messageId) => string.Create(CultureInfo.InvariantCulture, $"/files/{id}?message={messageId}");

    /// <param name="number">WhatsApp's id of the workspace's number.</param>
    public static string SandboxPhone(string number, string customer) =>
        Sandbox + QueryString.Create([KeyValuePair.Create("number", (string?)number), KeyValuePair.Create("customer", (string?)customer)]);

    /// <summary>A file in the sandbox.</summary>
    public static string SandboxFile(string number, string id) => $"{Sandbox}/files/{Uri.EscapeDataString(number)}/{Uri.EscapeDataString(id)}";

    public static string Flag(string country) => $"/flags/{country.ToLowerInvariant()}.svg";

    /// <summary>
    /// Where to go after signing in: a path of this app, never another site's ("//evil.example", "/\evil.example"); as a header holds it.
    /// </summary>
    public static string LocalOrHome(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl)
            ? string.Concat(url.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())))
            : Home;
}
