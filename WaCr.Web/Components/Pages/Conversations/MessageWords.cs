using WaCr.Web.Components.Language;
using WaCr.Web.Domain;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>Messages in the words of the screen.</summary>
public static class MessageWords
{
    /// <summary>What a list shows of a message that has no text of its own.</summary>
    public static string Of(Words T, MessageType type) => type switch
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
        MessageType.Unknown => T["A kind of message that can't be shown yet"],
        _ => "",
    };

    /// <summary>How far it got, for those who hear it.</summary>
    public static string Of(Words T, MessageStatus status, OutboxState? state) => (state, status) switch
    {
        (OutboxState.Uncertain, < MessageStatus.Sent) => T["Not known whether it was sent"],
        (OutboxState.Cancelled, _) => T["Taken back before it was sent"],
        (_, MessageStatus.Failed) or (OutboxState.Dead, _) => T["Not sent"],
        (_, MessageStatus.Read) or (_, MessageStatus.Played) => T["Read"],
        (_, MessageStatus.Delivered) => T["Delivered"],
        (_, MessageStatus.Sent) or (_, MessageStatus.Accepted) => T["Sent"],
        _ => T["Waiting to be sent"],
    };

    /// <summary>What to do about a refusal, by WhatsApp's code.</summary>
    public static string Advice(Words T, int? code) => code switch
    {
        131047 or 470 => T["The 24 hours since the customer's last message are over. Send a template instead."],
        131026 => T["This number can't be reached on WhatsApp. Ask for another one."],
        131049 => T["WhatsApp limits marketing to this person. Try again tomorrow at the earliest."],
        131050 => T["The customer wants no marketing messages any more."],
        131056 => T["Too many messages to this person in a short time. Wait a moment."],
        130429 => T["Too many messages at once. Try again in a minute."],
        0 or 190 => T["WhatsApp refuses the access token. An admin can renew it in the settings."],
        _ => "",
    };
}
