using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>Screen texts for messages.</summary>
public static class MessageLabels
{
    private const int MaxKind = 40;

    /// <summary>What a list shows for a message without text.</summary>
    public static string Of(Localizer T, MessageType type) => type switch
    {
        MessageType.Image => T["Photo"],
        MessageType.Video => T["Video"],
        MessageType.Document => T["Document"],
        MessageType.Audio => T["Voice message"],
        MessageType.Sticker => T["Sticker"],
        MessageType.Location => T["Place"],
        MessageType.Contacts => T["Contact card"],
        MessageType.Reaction => T["Reaction"],
        MessageType.Order => T["Order"],
        MessageType.System => T["Notice from WhatsApp"],
        MessageType.Call => T["Call"],
        MessageType.Template => T["Template"],
        MessageType.Text => T["A message without text"],
        _ => T["This kind of message can't be shown yet"],
    };

    /// <summary>The same, using the message's content.</summary>
    public static string Of(Localizer T, MessageType type, MessageContent content) => content.CallPermission switch
    {
        null when content.Call is { } call => Of(T, call.Outcome),
        { IsGranted: true } => T["May be called"],
        { IsGranted: false } => T["Does not want to be called"],
        _ when type is MessageType.Unknown or MessageType.Interactive && content.UnknownKind is { Length: > 0 and <= MaxKind } kind =>
            T["A kind of message that can't be shown yet: {kind}", ("kind", kind)],
        _ => Of(T, type),
    };

    /// <summary>A call in its conversation, in one sentence with its time.</summary>
    /// <param name="ended">When WhatsApp told its end.</param>
    public static string Of(Localizer T, MessageCall call, DateTimeOffset ended, string timeZone)
    {
        var time = TimeLabels.Clock(StartOf(call, ended), timeZone);
        return call switch
        {
            { Outcome: CallOutcome.Answered, Seconds: > 0 and var seconds } => T["Called at {time}, answered ({duration})", ("time", time),
                ("duration", TimeLabels.Span(T, TimeSpan.FromSeconds(seconds)))],
            { Outcome: CallOutcome.Answered } => T["Called at {time}, answered", ("time", time)],
            { Outcome: CallOutcome.Missed } => T["Missed call at {time}", ("time", time)],
            { Outcome: CallOutcome.Rejected } => T["Declined call at {time}", ("time", time)],
            _ => T["Called at {time}, not answered", ("time", time)],
        };
    }

    /// <param name="ended">When WhatsApp told its end.</param>
    public static DateTimeOffset StartOf(MessageCall call, DateTimeOffset ended) =>
        call.StartedAt ?? ended.AddSeconds(-(call.Seconds ?? 0));

    /// <summary>The kind of content above the text; null for the contact's own text.</summary>
    public static string? Label(Localizer T, MessageContent content) => content switch
    {
        { Cards.Count: > 0 } => T["{count, plural, one {Contact card} other {Contact cards}}", ("count", content.Cards.Count)],
        { Order: not null } => T["Order"],
        { FlowAnswers.Count: > 0 } => T["Form answers"],
        _ => null,
    };

    /// <summary>Where the message comes from, one line each.</summary>
    public static IEnumerable<string> Origin(Localizer T, MessageContent content)
    {
        if (content.IsForwarded)
        {
            yield return content.IsForwardedOften ? T["Forwarded many times"] : T["Forwarded"];
        }

        if (content.Product is { } product)
        {
            yield return T["About the product {product}", ("product", product.ProductId)];
        }

        if (content.Referral is { } referral)
        {
            yield return referral.SourceType == "post" ? T["Came from a post"] : T["Came from an ad"];
        }
    }

    // Beside a time of its own.
    private static string Of(Localizer T, CallOutcome outcome) => outcome switch
    {
        CallOutcome.Answered => T["Called, answered"],
        CallOutcome.Missed => T["Missed call"],
        CallOutcome.Rejected => T["Declined call"],
        _ => T["Called, not answered"],
    };

    /// <summary>The message's progress, for screen readers.</summary>
    public static string Of(Localizer T, MessageStatus status, OutboxState? state) => (state, status) switch
    {
        (OutboxState.Uncertain, < MessageStatus.Sent) => T["Not confirmed"],
        (OutboxState.Cancelled, _) => T["Cancelled before it was sent"],
        (OutboxState.HeldByWhatsApp, _) => T["Held by WhatsApp"],
        (_, MessageStatus.Failed) or (OutboxState.Dead, _) => T["Not sent"],
        (_, MessageStatus.Read) or (_, MessageStatus.Played) => T["Read"],
        (_, MessageStatus.Delivered) => T["Delivered"],
        (_, MessageStatus.Sent) or (_, MessageStatus.Accepted) => T["Sent"],
        _ => T["Waiting to be sent"],
    };

    /// <summary>Why WhatsApp holds messages of a template.</summary>
    public static string WhyHeld(Localizer T) =>
        T["WhatsApp first waits to see how people respond to the template. It then delivers what it holds, or drops it if too many people block or report you."];

    /// <summary>What to do about an error, by WhatsApp's code.</summary>
    public static string Advice(Localizer T, int? code) => code switch
    {
        131047 or 470 => T["The 24-hour window has closed. Send a template instead."],
        131026 => T["This number can't be reached on WhatsApp. Ask for another one."],
        131049 => T["WhatsApp limits marketing messages to this person. Try again tomorrow at the earliest."],
        131050 => T["The customer opted out of marketing messages."],
        131056 => T["Too many messages to this person in a short time. Wait a moment."],
        130429 => T["Too many messages at once. Try again in a minute."],
        0 or 190 => T["WhatsApp rejected the access token. An admin can renew it in the settings."],
        _ => "",
    };
}
