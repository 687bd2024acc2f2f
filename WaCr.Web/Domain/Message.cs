using System.Security.Cryptography;

namespace WaCr.Web.Domain;

public enum MessageDirection
{
    Inbound = 0,
    Outbound = 1,
}

/// <summary>
/// A message's progress. A later status has a higher number, and only a higher one is ever written, so neither order nor repetition of
/// webhooks matters. Failed is below delivered: what was delivered did not fail.
/// </summary>
public enum MessageStatus
{
    Pending = 0,
    Accepted = 1,
    Sent = 2,
    Failed = 3,
    Delivered = 4,
    Read = 5,
    Played = 6,
}

/// <summary>One message, inbound or outgoing. An outgoing message is also its row of the outbox.</summary>
public sealed class Message : ITenantOwned
{
    public const int TextMaxLength = 4096;
    public const int CaptionMaxLength = 1024;
    public const int WamidMaxLength = 255;
    public const int ErrorMaxLength = 1000;
    public const int UrlMaxLength = 2048;
    public const int PriceCategoryMaxLength = 40;

    /// <summary>A new outgoing message.</summary>
    public static Message Outgoing(long conversationId, long channelId, long contactId, MessageType type) => new()
    {
        ConversationId = conversationId,
        ChannelId = channelId,
        ContactId = contactId,
        Direction = MessageDirection.Outbound,
        Type = type,
        Status = MessageStatus.Pending,
        Nonce = RandomNumberGenerator.GetInt32(int.MaxValue),
    };

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ConversationId { get; set; }
    public long ChannelId { get; set; }
    public long ContactId { get; set; }
    public MessageDirection Direction { get; set; }
    public MessageType Type { get; set; }
    public MessageStatus Status { get; set; }

    /// <summary>WhatsApp's id; null until WhatsApp accepted it.</summary>
    public string? Wamid { get; set; }

    /// <summary>Random: tells apart two messages whose id was given twice, after a backup was restored.</summary>
    public int Nonce { get; set; }

    /// <summary>The wamid of the message that this one quotes or reacts to.</summary>
    public string? ReplyToWamid { get; set; }

    /// <summary>The user who wrote it in the staff app; null for the API, jobs and contacts.</summary>
    public long? StaffId { get; set; }

    public string? TemplateName { get; set; }
    public string? TemplateLanguage { get; set; }
    public long? CampaignId { get; set; }

    /// <summary>The usage window that it counts in (<see cref="UsageWindow"/>); null if it does not count or was given back.</summary>
    public DateTimeOffset? UsageWindowOpenedAt { get; set; }

    public OutboxState? State { get; set; }

    /// <summary>When it may be sent: now, at a scheduled time, or after a failure.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }
    public Guid? LeaseOwner { get; set; }
    public int Attempts { get; set; }

    /// <summary>WhatsApp's error code, if WhatsApp refused it.</summary>
    public int? ErrorCode { get; set; }

    public string? Error { get; set; }

    /// <summary>By WhatsApp's clock.</summary>
    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>When the contact last edited it; earlier texts are in <see cref="Content"/> as <c>edits</c>.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>When the contact deleted it. It is kept, since a user may have read it.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When somebody starred it, for everybody in the workspace; null if it is not starred.</summary>
    public DateTimeOffset? StarredAt { get; set; }

    /// <summary>Whether the contact wrote it from an ad or a post; <see cref="Content"/> has which.</summary>
    public bool IsFromAd { get; set; }

    /// <summary>What WhatsApp charges: the category, and whether it is billed.</summary>
    public string? PriceCategory { get; set; }

    public bool? IsBillable { get; set; }

    /// <summary>The day that it counts in, and the recipient's country there; null until it counts (<see cref="PricedMessages"/>).</summary>
    public DateOnly? PricedOn { get; set; }

    public string? PricedCountry { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The URL of its file for the API; the file itself is <see cref="MessageMedia"/>.</summary>
    public string? Url { get; set; }

    /// <summary>The readable text: the text, the caption, or the template with its values.</summary>
    public string Text { get; set; } = "";

    /// <summary>JSON: the full content in WhatsApp's format. The last column, since it may be long.</summary>
    public string? Content { get; set; }

    public Conversation? Conversation { get; set; }
    public Channel? Channel { get; set; }

    /// <summary>Our own reference, which WhatsApp repeats in each status.</summary>
    public string Reference => new MessageReference(Id, Nonce).ToString();
}
