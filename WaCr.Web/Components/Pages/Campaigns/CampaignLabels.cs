using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Channels;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Components.Pages.Campaigns;

/// <summary>Screen texts for campaigns.</summary>
public static class CampaignLabels
{
    public static string Name(Localizer T, CampaignItem item) => item.Name.Length > 0 ? item.Name : T["Untitled broadcast"];

    public static string State(Localizer T, CampaignState state) => state switch
    {
        CampaignState.Draft => T["Draft"],
        CampaignState.Scheduled => T["Scheduled"],
        CampaignState.Queueing => T["Preparing"],
        CampaignState.Running => T["Sending"],
        CampaignState.Paused => T["Paused"],
        CampaignState.Cancelled => T["Cancelled"],
        _ => T["Finished"],
    };

    /// <summary>A chip's CSS class.</summary>
    public static string? StateClass(CampaignState state) => state switch
    {
        CampaignState.Running or CampaignState.Queueing => "good",
        CampaignState.Paused or CampaignState.Scheduled => "soon",
        CampaignState.Cancelled => "gone",
        _ => null,
    };

    /// <summary>Why it is paused, and what to do about it.</summary>
    public static (string Title, string Advice) Pause(Localizer T, CampaignPause? because) => because switch
    {
        CampaignPause.TemplateUnfit => (T["The template can't be sent any more"], T["WhatsApp paused or removed it, or it needs other values now. Sync the templates and resume once it is approved."]),
        CampaignPause.PlanLimit => (T["Your plan's conversations for this month are used up"], T["Unsent messages wait. Resume next month or with a larger plan."]),
        CampaignPause.NotAllowed => (T["The user who started it no longer has permission"], T["Resume it yourself, and it runs under your name."]),
        CampaignPause.NotInPlan => (T["Your plan no longer includes broadcasts"], T["Ask an owner for a larger plan, then resume."]),
        CampaignPause.MarketingStopped => (T["WhatsApp accepts no marketing from this number"], T["The settings of the number say why. Resume the broadcast once marketing is allowed again."]),
        CampaignPause.ChannelGone => (T["The number to send from is gone"], T["Connect it again in the settings, then resume."]),
        _ => (T["Paused by a user"], T["Unsent messages wait until someone resumes it."]),
    };

    public static string Excluded(Localizer T, CampaignExclusionReason reason) => reason switch
    {
        CampaignExclusionReason.OptedOut => T["Opted out of messages"],
        CampaignExclusionReason.NoMarketing => T["Wants no marketing"],
        CampaignExclusionReason.NoAddress => T["No phone number"],
        CampaignExclusionReason.Duplicate => T["The same person as another contact"],
        CampaignExclusionReason.ValueMissing => T["No value for a variable"],
        _ => T["Deleted in the meantime"],
    };

    /// <summary>Why a message failed: our reasons translated, WhatsApp's as it gives them.</summary>
    public static string Failure(Localizer T, int? code, string error) => (code, error) switch
    {
        ({ } known, _) => T["{reason} (code {code})", ("reason", error), ("code", known.ToString(CultureInfo.InvariantCulture))],
        (_, OutboxErrors.OptedOut) => T["Opted out before it was sent"],
        (_, OutboxErrors.OptedOutOfMarketing) => T["Opted out of marketing before it was sent"],
        (_, OutboxErrors.ContactGone) => T["Deleted before it was sent"],
        (_, OutboxErrors.NoAddress) => T["No phone number"],
        (_, OutboxErrors.Unreachable) => T["WhatsApp could not be reached"],
        _ => OutboxLabels.ReasonOf(T, null, error),
    };

    public static string Outcome(Localizer T, CampaignOutcome outcome) => outcome switch
    {
        CampaignOutcome.Sent => T["Sent"],
        CampaignOutcome.HeldByWhatsapp => T["Held by WhatsApp"],
        CampaignOutcome.Delivered => T["Delivered"],
        CampaignOutcome.Read => T["Read"],
        CampaignOutcome.Failed => T["Failed"],
        CampaignOutcome.Uncertain => T["Not confirmed"],
        CampaignOutcome.Cancelled => T["Cancelled before it was sent"],
        CampaignOutcome.LeftOut => T["Skipped"],
        _ => T["Waiting to be sent"],
    };

    public static CampaignExportLabels Export(Localizer T) => new(
        [T["Contact"], T["Name"], T["Phone"], T["Status"], T["Reason"], T["Sent"], T["Delivered"], T["Read"]],
        outcome => Outcome(T, outcome), reason => Excluded(T, reason), (code, error) => Failure(T, code, error));

    public static string Audience(Localizer T, CampaignAudience audience) => audience.Kind switch
    {
        CampaignAudienceKind.Group => T["Group “{name}”", ("name", audience.Name)],
        CampaignAudienceKind.View when audience.SourceId is null => T["All contacts"],
        CampaignAudienceKind.View => T["View “{name}”", ("name", audience.Name)],
        _ => T["Selected in the list of contacts"],
    };

    /// <summary>The label of a variable's source.</summary>
    public static string Source(Localizer T, string source) => source switch
    {
        CampaignSource.Text => T["The same text for everyone"],
        CampaignSource.FullName => T["Full name"],
        _ => ContactFieldLabels.Of(T, source),
    };

    /// <summary>A template variable's label.</summary>
    public static string Variable(Localizer T, Features.Templates.TemplateParameter parameter) => parameter.Kind switch
    {
        Features.Templates.TemplateParameterKind.HeaderText => T["Header: {name}", ("name", "{{" + parameter.Name + "}}")],
        Features.Templates.TemplateParameterKind.HeaderFile => T["Header file"],
        Features.Templates.TemplateParameterKind.BodyText => T["Text: {name}", ("name", "{{" + parameter.Name + "}}")],
        Features.Templates.TemplateParameterKind.ButtonUrl => T["“{name}” button link ending", ("name", parameter.Name)],
        Features.Templates.TemplateParameterKind.ButtonCode => T["“{name}” button code", ("name", parameter.Name)],
        _ => Templates.TemplateMessages.Label(T, parameter),
    };
}
