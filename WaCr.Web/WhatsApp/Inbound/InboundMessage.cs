using System.Text.Json;

namespace WaCr.Web.WhatsApp.Inbound;

/// <param name="Type">WhatsApp's word, known or not.</param>
/// <param name="Content">The raw message's member for its type, or the whole message if the type is unknown.</param>
/// <param name="ReplyTo">The message that this one answers, reacts to, edits or deletes.</param>
public sealed record InboundMessage(string Id, DateTimeOffset SentAt, string Type, string? Text, JsonElement Content, string? ReplyTo)
{
    public InboundMedia? Media { get; init; }

    /// <summary>The group it was written in; null for a private message.</summary>
    public string? GroupId { get; init; }

    /// <summary>Sent earlier and reported now (field <c>history</c>): it needs no answer.</summary>
    public bool IsHistory { get; init; }

    /// <summary>How far an earlier message of the business got, in WhatsApp's word.</summary>
    public string? HistoryStatus { get; init; }

    /// <summary>What it answers and how it was forwarded; null if neither.</summary>
    public JsonElement? Context { get; init; }

    /// <summary>The ad or post that the contact came from.</summary>
    public JsonElement? Referral { get; init; }

    /// <summary>Whether it came from an ad or a post.</summary>
    public bool IsFromAd => Referral is not null;

    /// <summary>Why WhatsApp could not deliver it, unchanged.</summary>
    public JsonElement? Errors { get; init; }

    /// <summary>For <c>system</c>: what changed about the person.</summary>
    public PersonChange? Change { get; init; }

    /// <summary>For <c>edit</c>: the new content.</summary>
    public InboundMessage? Edited { get; init; }

    public WebhookError? Error { get; init; }
}

/// <summary>A file to download by its id, within a week.</summary>
public sealed record InboundMedia(string Id, string? ContentType, string? FileName);
