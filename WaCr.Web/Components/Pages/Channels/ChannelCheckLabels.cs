using MudBlazor;
using WaCr.Web.Components.Language;
using WaCr.Web.Features.Channels;

namespace WaCr.Web.Components.Pages.Channels;

/// <summary>Screen texts of a check: what is asked, what is wrong, and what to do, with the names of Meta's pages and buttons.</summary>
internal static class ChannelCheckLabels
{
    private const string SystemUsers = "https://business.facebook.com/settings/system-users";
    private const string WhatsAppManager = "https://business.facebook.com/wa/manage/phone-numbers/";
    private const string Apps = "https://developers.facebook.com/apps/";

    public static string Summary(Localizer T, ChannelReport? report, bool isBusy, bool hasToken) => (isBusy, report) switch
    {
        (true, _) => T["Asking WhatsApp…"],
        (_, null) when !hasToken => T["Enter the access token below and save; then the connection can be checked."],
        (_, null) => T["We check everything a working connection needs and tell you how to fix what is missing."],
        var (_, found) when found.IsGood => T["Everything works."],
        var (_, found) => T["{count, plural, one {# thing} other {# things}} to fix. Start at the top.",
            ("count", found.Checks.Count(check => check.State == ChannelCheckState.Failed))],
    };

    public static string Title(Localizer T, ChannelCheckKind kind) => kind switch
    {
        ChannelCheckKind.Token => T["The access token works"],
        ChannelCheckKind.Permissions => T["The token may send messages and manage the account"],
        ChannelCheckKind.Number => T["The number belongs to your WhatsApp account"],
        ChannelCheckKind.Registration => T["The number is registered"],
        ChannelCheckKind.Subscription => T["Your account's messages go to your app"],
        ChannelCheckKind.Webhook => T["Your app sends them here"],
        ChannelCheckKind.Fields => T["All kinds of events are subscribed"],
        _ => T["A message has arrived with a valid signature"],
    };

    public static string Icon(ChannelCheckState state) => state switch
    {
        ChannelCheckState.Good => Icons.Material.Outlined.CheckCircle,
        ChannelCheckState.Warning => Icons.Material.Outlined.WarningAmber,
        ChannelCheckState.Failed => Icons.Material.Outlined.ErrorOutline,
        _ => Icons.Material.Outlined.RadioButtonUnchecked,
    };

    public static string State(Localizer T, ChannelCheckState state) => state switch
    {
        ChannelCheckState.Good => T["Good"],
        ChannelCheckState.Warning => T["Needs attention soon"],
        ChannelCheckState.Failed => T["Wrong"],
        _ => T["Not checked yet"],
    };

    /// <summary>What is wrong.</summary>
    public static string Problem(Localizer T, ChannelCheck check, Func<DateTimeOffset, string> day) => check.Problem switch
    {
        ChannelProblem.TokenRefused => T["WhatsApp refuses it. It has ended, was withdrawn, or was not copied whole."],
        ChannelProblem.TokenEndsSoon => T["It ends on {date}. Nothing is sent or received after that.", ("date", day(check.At!.Value))],
        ChannelProblem.PermissionsMissing => T["It lacks a permission:"],
        ChannelProblem.AccountMissing => T["The WhatsApp business account ID is not entered."],
        ChannelProblem.AccountUnreachable => T["The token can't see the WhatsApp account."],
        ChannelProblem.NumberElsewhere => T["The account has no number with this ID."],
        ChannelProblem.NumberUnreachable => T["The token can't see this number."],
        ChannelProblem.NumberClaimed => T["This number is connected to another workspace"],
        ChannelProblem.NotRegistered => T["WhatsApp neither sends nor receives for it until it is registered."],
        ChannelProblem.NotSubscribed => T["Without it, nothing that customers write reaches you."],
        ChannelProblem.WebhookMissing => T["The app has no callback URL."],
        ChannelProblem.WebhookElsewhere => T["The app sends them to another address:"],
        ChannelProblem.SecretMissing => T["The app secret is not entered, so nothing that arrives can be trusted."],
        ChannelProblem.SecretRefused => T["The app secret belongs to another app, or is an old one."],
        ChannelProblem.FieldsMissing => T["The app doesn't want these fields yet:"],
        ChannelProblem.NothingHeard => T["Nothing has arrived yet."],
        ChannelProblem.SignatureRefused => T["Something arrived whose signature doesn't match the app secret."],
        ChannelProblem.NoAnswer => T["WhatsApp didn't answer this question. Check again in a moment."],
        _ => "",
    };

    /// <summary>What to do about it; empty if a button beside it does everything.</summary>
    public static string Repair(Localizer T, ChannelProblem problem) => problem switch
    {
        ChannelProblem.TokenRefused or ChannelProblem.TokenEndsSoon or ChannelProblem.PermissionsMissing =>
            T["In Meta's Business settings open Users, System users, choose yours and press Generate token. Choose your app, set the token's expiration to Never, tick whatsapp_business_messaging and whatsapp_business_management, and paste the new token below."],
        ChannelProblem.AccountMissing => T["Copy it from your Meta app under WhatsApp, API Setup: WhatsApp Business Account ID. Enter it below."],
        ChannelProblem.AccountUnreachable =>
            T["In Meta's Business settings open Users, System users, choose yours and press Assign assets. Under WhatsApp accounts choose your account and turn on Full control. Also compare the account ID below."],
        ChannelProblem.NumberElsewhere => T["Choose your number, or correct the two IDs below."],
        ChannelProblem.NumberUnreachable => T["Compare the phone number ID below with your Meta app under WhatsApp, API Setup: Phone number ID."],
        ChannelProblem.NumberClaimed => T["It can send from here once it is removed there."],
        ChannelProblem.NotRegistered =>
            T["Enter the number's PIN. If it has none yet, choose six digits: they become its PIN. Forgotten? In WhatsApp Manager open Phone numbers, the number's settings, Two-step verification, and change it."],
        ChannelProblem.WebhookMissing or ChannelProblem.WebhookElsewhere =>
            T["In your Meta app under WhatsApp, Configuration, press Edit beside Webhook, paste the callback URL and the verify token from below, and press Verify and save."],
        ChannelProblem.SecretMissing or ChannelProblem.SecretRefused or ChannelProblem.SignatureRefused =>
            T["In your Meta app under App settings, Basic, press Show beside App secret. Copy it and paste it below."],
        ChannelProblem.FieldsMissing =>
            T["In your Meta app under WhatsApp, Configuration, press Manage under Webhook fields and switch on each of them."],
        ChannelProblem.NothingHeard => T["Message your number from your own phone, then check again."],
        _ => "",
    };

    /// <summary>The page of Meta's where it is done; null if none helps.</summary>
    public static (string Url, string Text)? Link(Localizer T, ChannelProblem problem, string? appId) => problem switch
    {
        ChannelProblem.TokenRefused or ChannelProblem.TokenEndsSoon or ChannelProblem.PermissionsMissing
            or ChannelProblem.AccountUnreachable => (SystemUsers, T["Open Meta's system users"]),
        ChannelProblem.NotRegistered => (WhatsAppManager, T["Open WhatsApp Manager"]),
        ChannelProblem.WebhookMissing or ChannelProblem.WebhookElsewhere or ChannelProblem.FieldsMissing or ChannelProblem.AccountMissing
            or ChannelProblem.NumberUnreachable => (AppPage(appId, "whatsapp-business/wa-settings/"), T["Open your Meta app"]),
        ChannelProblem.SecretMissing or ChannelProblem.SecretRefused or ChannelProblem.SignatureRefused =>
            (AppPage(appId, "settings/basic/"), T["Open your Meta app"]),
        _ => null,
    };

    private static string AppPage(string? appId, string page) => appId is null ? Apps : $"{Apps}{Uri.EscapeDataString(appId)}/{page}";
}
