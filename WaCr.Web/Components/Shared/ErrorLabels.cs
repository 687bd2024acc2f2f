using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Contacts.Import;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Templates;
using WaCr.Web.Features.Templates.Authoring;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Components.Shared;

/// <summary>The text shown for an error.</summary>
/// <param name="CanRetry">Whether the same attempt may succeed later.</param>
public sealed record ErrorText(string Title, string Text, bool CanRetry);

/// <summary>The one place that turns errors into screen texts.</summary>
public static class ErrorLabels
{
    public static ErrorText Of(Localizer T, AppError error) => error switch
    {
        ValidationError validation => new(
            T["Check the marked fields"], FieldErrorLabels.Of(T, validation.Fields), false),
        NotFoundError => new(TitleOf(T, error), T["It was deleted, or it belongs to another workspace."], false),
        ForbiddenError => new(T["Your role doesn't allow this"], T["An owner or admin can change your role."], false),
        LimitExceededError limit => new(
            T["Your plan's limit of {limit} is reached ({feature})", ("limit", limit.Maximum), ("feature", limit.Feature)],
            T["Nothing was added. Delete something, or ask an owner for a larger plan."],
            false),
        FeatureNotAvailableError feature => new(
            T["Your plan doesn't include this"],
            T["It needs {feature}. Ask an owner for a larger plan.", ("feature", feature.Feature.Replace('_', ' '))],
            false),
        InUseError used => new(
            T["{count, plural, one {# contact uses it} other {# contacts use it}}", ("count", used.Contacts)], T["Move those contacts first."], false),
        FileKindError { Wanted: FileKind.Image } => new(T["WhatsApp only accepts JPG, PNG and WebP images"], "", false),
        FileKindError { Wanted: FileKind.Video } => new(T["WhatsApp only accepts MP4 and 3GP videos"], "", false),
        FileKindError { Wanted: FileKind.Document } => new(T["WhatsApp only accepts PDF, Word, Excel, PowerPoint and text documents"], "", false),
        FileKindError => new(T["WhatsApp can't send this file type"], T["It accepts images, videos, audio, PDF, Office files and text. The content counts, not the name."], false),
        FileSizeError large => new(T["The file is larger than the {max} MB that WhatsApp allows for this type", ("max", large.MaxBytes / (1024 * 1024))], "", false),
        FileEmptyError => new(T["The file is empty"], "", false),
        FileError file => new(T["The file cannot be imported"], TransferLabels.Problem(T, file), false),
        StaleVersionError => new(T["Someone else just changed this"], T["Reload to see the latest version."], true),
        CampaignMovedOnError => new(T["This broadcast has changed in the meantime"], T["This may be out of date. Reload."], false),
        TooLateError => new(TitleOf(T, error), T["This may be out of date. Reload."], false),
        WhatsAppNotConfiguredError => new(T["WhatsApp is not connected yet"], T["Someone who manages channels can enter the number and its access token."], false),
        NumberClaimedError => new(
            T["This number is connected to another workspace"], T["It can send from here once it is removed there."], false),
        ContactOptedOutError { Purpose: ConsentPurpose.Marketing } => new(T["This contact wants no marketing"], T["Broadcasts and marketing templates are not sent to them. You can still answer them."], false),
        ContactOptedOutError => new(T["This contact has opted out"], T["They have opted out. If they asked for messages again, opt them in on their page."], false),
        BlockRefusedError refused => new(T["WhatsApp did not change the block"], refused.Details, true),
        MarketingStoppedError => new(T["WhatsApp accepts no marketing from this number"], T["Other messages are sent. The settings of the number say why."], false),
        WindowClosedError => new(
            T["The 24-hour window is closed"], T["The customer's last message is more than 24 hours old. Send a template instead."], false),
        MessageSendFailedError { IsUncertain: true } => new(
            T["We couldn't confirm this message was sent"], T["WhatsApp did not answer. A later status may still settle it; sending again might send it twice."], false),
        MessageSendFailedError failed => new(T["WhatsApp rejected the message"], failed.Details, true),
        TemplateNotFoundError => new(T["Template not found"], T["It was removed in WhatsApp or doesn't have this language. Sync the templates."], false),
        TemplateNotApprovedError => new(T["This template can't be sent now"], T["WhatsApp hasn't approved it or has paused it. Sync the templates or choose another."], false),
        TemplateSyncFailedError failed => new(T["WhatsApp didn't send its templates"], failed.Details, true),
        TemplateRefusedError refused => new(T["WhatsApp refused the template"], refused.Title == refused.Details ? refused.Details : $"{refused.Title.TrimEnd('.')}. {refused.Details}", false),
        TemplateStateError => new(T["The template can't be changed in its present state"], T["Wait for WhatsApp's decision, or sync the templates."], false),
        TemplateEditLimitError => new(T["Too many edits"], T["WhatsApp allows one edit of an approved template a day, and ten in 30 days."], false),
        TemplateUncertainError => new(T["WhatsApp did not confirm the change"], T["Sync the templates to see whether it arrived."], true),
        OutageError => new(T["The server can't do this right now"], T["Nothing you saved is lost. Try again in a moment."], true),
        UnavailableError => new(T["That didn't work"], error.Message, true), // WhatsApp's own message
        _ => new(T["That didn't work"], T["This may be out of date. Reload."], true),
    };

    private static string TitleOf(Localizer T, AppError error) => error.ErrorCode switch
    {
        "contact.not_found" => T["Contact not found"],
        "group.not_found" => T["Group not found"],
        "status.not_found" => T["Status not found"],
        "source.not_found" => T["Source not found"],
        "token.not_found" => T["API token not found"],
        "broadcast.not_found" => T["Broadcast not found"],
        "import.not_found" => T["Import not found"],
        "template.not_found" => T["Template not found"],
        "webhook.not_found" => T["Webhook not found"],
        "delivery.not_found" => T["Delivery not found"],
        "link.not_found" => T["This link no longer works"],
        "import.started" => T["This import was already started"],
        "bulk.undo_too_late" => T["This change can no longer be undone"],
        "message.not_scheduled" => T["This message is not scheduled any more"],
        "bulk.ended" => T["This change has already ended"],
        _ => T["This no longer exists"],
    };
}
