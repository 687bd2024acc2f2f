using Microsoft.AspNetCore.Components;

namespace WaCr.E2E;

/// <summary>A page to look at.</summary>
/// <param name="Route">Its template; several looks may be of one page.</param>
public sealed record Look(string Name, string Route, string Path)
{
    /// <summary>False of plain requests, which have no live part to wait for.</summary>
    public bool HasCircuit => !Path.StartsWith("/account/", StringComparison.Ordinal) && Path != "/setup";
}

/// <summary>Every page of the staff app, and where to see it with the demo's data. A test keeps it complete.</summary>
public static class AppRoutes
{
    /// <summary>Inside the workspace, seen by its owner.</summary>
    public static readonly IReadOnlyList<Look> Staff =
    [
        new("home", "/", "/"),
        new("contacts", "/contacts", "/contacts"),
        new("contacts-search", "/contacts", "/contacts?search=an&sort=firstname"),
        new("contacts-filtered", "/contacts", "/contacts?type=lead"),
        new("contacts-none", "/contacts", "/contacts?search=zzzqqq"),
        new("contact-new", "/contacts/new", "/contacts/new"),
        new("contact", "/contacts/{Id:long}", "/contacts/1"),
        new("contact-missing", "/contacts/{Id:long}", "/contacts/999999"),
        new("merge", "/contacts/{Id:long}/merge/{OtherId:long}", "/contacts/1/merge/2"),
        new("workspace", "/settings/workspace", "/settings/workspace"),
        new("duplicates", "/contacts/duplicates", "/contacts/duplicates"),
        new("trash", "/contacts/trash", "/contacts/trash"),
        new("import", "/contacts/import", "/contacts/import"),
        new("import-missing", "/contacts/import/{Id:long}", "/contacts/import/999999"),
        new("bulk-jobs", "/contacts/jobs", "/contacts/jobs"),
        new("conversations", "/conversations", "/conversations"),
        new("conversation", "/conversations/{Id:long}", "/conversations/1"),
        new("conversation-contact", "/conversations/{Id:long}", "/conversations/1?panel=contact"),
        new("group-messages", "/conversations/groups", "/conversations/groups"),
        new("conversation-files", "/conversations/{Id:long}", "/conversations/1?panel=files"),
        new("starred", "/conversations/starred", "/conversations/starred"),
        new("templates", "/templates", "/templates"),
        new("template-builder", "/templates/new", "/templates/new"),
        new("template-edit", "/templates/{Id}/edit", "/templates/1/edit"),
        new("templates-table", "/templates", "/templates?view=table"),
        new("broadcasts", "/broadcasts", "/broadcasts"),
        new("broadcast-new", "/broadcasts/new", "/broadcasts/new"),
        new("broadcast", "/broadcasts/{Id:long}", "/broadcasts/1"),
        new("channels", "/settings/whatsapp", "/settings/whatsapp"),
        new("sandbox", "/sandbox", "/sandbox"),
        new("consent-keywords", "/settings/consent-keywords", "/settings/consent-keywords"),
        new("quick-replies", "/settings/quick-replies", "/settings/quick-replies"),
        new("outbox", "/settings/outbox", "/settings/outbox"),
        new("groups", "/groups", "/groups"),
        new("settings", "/settings", "/settings"),
        new("notifications", "/settings/notifications", "/settings/notifications"),
        new("statuses", "/settings/statuses", "/settings/statuses"),
        new("sources", "/settings/sources", "/settings/sources"),
        new("plan", "/settings/plan", "/settings/plan"),
        new("people", "/settings/people", "/settings/people"),
        new("tokens", "/settings/tokens", "/settings/tokens"),
        new("webhooks", "/settings/webhooks", "/settings/webhooks"),
        new("webhook-missing", "/settings/webhooks/{Id:long}", "/settings/webhooks/999999"),
        new("audit", "/settings/audit", "/settings/audit"),
        new("not-found", "/not-found", "/not-found"),
    ];

    /// <summary>Plain requests without a circuit, seen by somebody who is signed in.</summary>
    public static readonly IReadOnlyList<Look> Account =
    [
        new("workspace", "/account/workspace", "/account/workspace"),
        new("profile", "/account/profile", "/account/profile"),
        new("two-factor", "/account/two-factor", "/account/two-factor"),
        new("two-factor-required", "/account/two-factor", "/account/two-factor?required=true"),
        new("passkeys", "/account/passkeys", "/account/passkeys"),
        new("confirm", "/account/confirm", "/account/confirm"),
        new("sessions", "/account/sessions", "/account/sessions"),
        new("join-gone", "/account/join", "/account/join"),
        new("reset-gone", "/account/reset", "/account/reset"),
        new("denied", "/account/denied", "/account/denied"),
    ];

    /// <summary>Seen by nobody in particular; set-up only in a fresh installation, which <see cref="SetUpTests"/> looks at.</summary>
    public static readonly IReadOnlyList<Look> ChangeOrigin = [new("sign-in", "/account/sign-in", "/account/sign-in"), new("code", "/account/code", "/account/code"), new("set-up", "/setup", "/setup")];

    /// <summary>Where the owner of a workspace may go.</summary>
    public static readonly IReadOnlyList<Look> Everywhere = [.. Staff, .. Account];

    public static IEnumerable<string> Known => Staff.Concat(Account).Concat(ChangeOrigin).Select(look => look.Route).Distinct();

    public static IEnumerable<string> OfTheProduct =>
        typeof(Program).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>())
            .Select(route => route.Template);
}
