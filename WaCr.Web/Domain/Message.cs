using System.Globalization;
using System.Security.Cryptography;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

public enum MessageDirection
{
    Inbound = 0,
    Outbound = 1,
}

public enum MessageType
{
    Text = 0,
    Template = 1,
    Image = 2,
    Video = 3,
    Document = 4,
    Audio = 5,
    Interactive = 6,
    Sticker = 7,
    Location = 8,
    Contacts = 9,
    Reaction = 10,

    /// <summary>A tap on a template's quick reply.</summary>
    Button = 11,
    Order = 12,
    System = 13,

    /// <summary>What this build does not know; <see cref="Message.Content"/> has it as it came.</summary>
    Unknown = 14,
}

/// <summary>
/// How far a message got. A later status has a higher number, and only a higher one is ever written, so neither order nor
/// repetition of webhooks matters. Failed stands below delivered: what was delivered did not fail.
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

/// <summary>Where a message of ours is on its way out; inbound ones have none.</summary>
public enum OutboxState
{
    Waiting = 0,

    /// <summary>Claimed. When the lease runs out nobody knows whether it left: it becomes uncertain, never waiting.</summary>
    Sending = 1,
    Sent = 2,

    /// <summary>It may have been sent; a status that says back our reference settles it.</summary>
    Uncertain = 3,

    /// <summary>Given up; the error says why.</summary>
    Dead = 4,

    /// <summary>Taken back by a person before it left.</summary>
    Cancelled = 5,

    /// <summary>Of a campaign, whose turn has not come: the campaign lets it go.</summary>
    Held = 6,
}

/// <summary>One message, in or out. For those that go out it is also the row of the outbox.</summary>
public sealed class Message : ITenantOwned
{
    public const int TextMaxLength = 4096;
    public const int CaptionMaxLength = 1024;
    public const int WamidMaxLength = 255;
    public const int ErrorMaxLength = 1000;
    public const int UrlMaxLength = 2048;
    public const int PriceCategoryMaxLength = 40;

    /// <summary>One of ours that is still to leave.</summary>
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

    /// <summary>WhatsApp's id; null until WhatsApp took it.</summary>
    public string? Wamid { get; set; }

    /// <summary>Random: an id that a restored backup gives out again is not the same message.</summary>
    public int Nonce { get; set; }

    /// <summary>The wamid of the message that this one quotes or reacts to.</summary>
    public string? ReplyToWamid { get; set; }

    /// <summary>Who wrote it in the staff app; null for the API, jobs and customers.</summary>
    public long? StaffId { get; set; }

    public string? TemplateName { get; set; }
    public string? TemplateLanguage { get; set; }
    public long? CampaignId { get; set; }

    /// <summary>The window that it counts in (<see cref="UsageWindow"/>); null once that was given back, or where it does not count.</summary>
    public DateTimeOffset? UsageWindowOpenedAt { get; set; }

    public OutboxState? State { get; set; }

    /// <summary>When it may leave: now, later at somebody's wish, or after a failure.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }
    public Guid? LeaseOwner { get; set; }
    public int Attempts { get; set; }

    /// <summary>WhatsApp's code, where WhatsApp said no.</summary>
    public int? ErrorCode { get; set; }

    public string? Error { get; set; }

    /// <summary>By WhatsApp's clock.</summary>
    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>When the customer changed it last; what it said before stands in <see cref="Content"/> as <c>edits</c>.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>When the customer took it back. It is kept: somebody may have read it.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>What WhatsApp says it costs: the category, and whether it is billed.</summary>
    public string? PriceCategory { get; set; }

    public bool? IsBillable { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Where the API finds its file; the file itself is <see cref="MessageMedia"/>.</summary>
    public string? Url { get; set; }

    /// <summary>What a reader sees: the text, the caption, the template with its values.</summary>
    public string Text { get; set; } = "";

    /// <summary>JSON: all of it, in WhatsApp's words. The last column, since it may be long.</summary>
    public string? Content { get; set; }

    public Conversation? Conversation { get; set; }
    public Channel? Channel { get; set; }

    /// <summary>Our own name for it, which WhatsApp says back with each status.</summary>
    public string Reference => new MessageReference(Id, Nonce).ToString();
}

public readonly record struct MessageReference(long Id, int Nonce)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}-{Nonce:x8}");

    /// <summary>Null where it is not one of ours.</summary>
    public static MessageReference? Parse(string? text)
    {
        var parts = text?.Split('-');
        return parts is [var id, { Length: 8 } nonce]
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(nonce, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var random)
                ? new MessageReference(number, random)
                : null;
    }
}
