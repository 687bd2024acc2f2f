using WaCr.Web.Common;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Contacts.Import;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Templates;
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
            T["Some fields need another look"], FieldErrorLabels.Of(T, validation.Fields), false),
        NotFoundError => new(TitleOf(T, error), T["It was deleted, or it belongs to another workspace."], false),
        ForbiddenError => new(T["Your role doesn't allow this"], T["An owner or admin of the workspace can change what you may do."], false),
        LimitExceededError limit => new(
            T["Your plan's limit of {limit} is reached ({feature})", ("limit", limit.Maximum), ("feature", limit.Feature)],
            T["Nothing was added. Delete some, or ask an owner for a larger plan."],
            false),
        FeatureNotAvailableError feature => new(
            T["Your plan doesn't include this"],
            T["It needs {feature}. Ask an owner for a larger plan.", ("feature", feature.Feature.Replace('_', ' '))],
            false),
        InUseError used => new(
            T["{count, plural, one {# contact uses it} other {# contacts use it}}", ("count", used.Contacts)], T["Move those contacts first."], false),
        FileKindError { Wanted: FileKind.Image } => new(T["This is no picture that WhatsApp shows: it takes JPG, PNG and WebP"], "", false),
        FileKindError { Wanted: FileKind.Video } => new(T["This is no video that WhatsApp plays: it takes MP4 and 3GP"], "", false),
        FileKindError { Wanted: FileKind.Document } => new(T["This is no document that WhatsApp carries: it takes PDF, Word, Excel, PowerPoint and text"], "", false),
        FileKindError => new(T["WhatsApp doesn't carry this kind of file"], T["It takes pictures, videos, sound, PDF, Office files and text; what counts is the content and not the name."], false),
        FileSizeError large => new(T["The file is larger than the {max} MB that WhatsApp takes of its kind", ("max", large.MaxBytes / (1024 * 1024))], "", false),
        FileEmptyError => new(T["The file is empty"], "", false),
        FileError file => new(T["The file cannot be imported"], TransferLabels.Problem(T, file), false),
        StaleVersionError => new(T["Someone else changed this meanwhile"], T["Load it again to see what is there now."], true),
        CampaignMovedOnError => new(T["This broadcast has moved on meanwhile"], T["What is shown may be a moment old. Load it again."], false),
        TooLateError => new(TitleOf(T, error), T["What is shown may be a moment old. Load it again."], false),
        WhatsAppNotConfiguredError => new(T["WhatsApp is not connected yet"], T["Whoever manages the channels can enter the number and its access token."], false),
        NumberClaimedError => new(
            T["This number is connected to another workspace"], T["It can send from here once it is removed there."], false),
        ContactOptedOutError => new(T["This contact wants no messages"], T["They have opted out. If they asked for messages again, opt them in on their page."], false),
        WindowClosedError => new(
            T["The 24-hour window is closed"], T["The customer's last message is more than 24 hours old. Send a template instead."], false),
        MessageSendFailedError { IsUncertain: true } => new(
            T["Nobody knows whether this message was sent"], T["WhatsApp did not answer. A later status may still tell; sending again might send it twice."], false),
        MessageSendFailedError failed => new(T["WhatsApp didn't take the message"], failed.Details, true),
        TemplateNotFoundError => new(T["This template is not here"], T["It was removed at WhatsApp, or it does not have this language. Sync the templates."], false),
        TemplateNotApprovedError => new(T["This template can't be sent now"], T["WhatsApp has not approved it, or has paused it. Sync the templates, or choose another."], false),
        TemplateSyncFailedError failed => new(T["WhatsApp didn't list its templates"], failed.Details, true),
        OutageError => new(T["The server couldn't do this just now"], T["What was saved before is safe. Try again in a moment."], true),
        UnavailableError => new(T["That didn't work"], error.Message, true), // WhatsApp's own message
        _ => new(T["That didn't work"], T["What is shown may be a moment old. Load it again."], true),
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
        "webhook.not_found" => T["Webhook not found"],
        "delivery.not_found" => T["Delivery not found"],
        "link.not_found" => T["This link no longer works"],
        "import.started" => T["This import has been started already"],
        "bulk.undo_too_late" => T["This change can no longer be undone"],
        "bulk.ended" => T["This change has already ended"],
        _ => T["This is no longer here"],
    };
}
