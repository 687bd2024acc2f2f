namespace WaCr.Web.Domain;

/// <summary>
/// A message in a WhatsApp group that includes one of the tenant's numbers. It belongs to no contact and no conversation: a private answer
/// would reach a person who has not written to the business.
/// </summary>
public sealed class GroupMessage : ITenantOwned
{
    public const int GroupIdMaxLength = 255;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ChannelId { get; set; }

    /// <summary>WhatsApp's id of the group.</summary>
    public string GroupId { get; set; } = "";

    public string Wamid { get; set; } = "";
    public MessageDirection Direction { get; set; }
    public MessageType Type { get; set; }

    /// <summary>Null for messages of our own, as are the next two.</summary>
    public string? SenderWaId { get; set; }

    public string? SenderUserId { get; set; }
    public string? SenderName { get; set; }
    public string? Error { get; set; }

    /// <summary>By WhatsApp's clock.</summary>
    public DateTimeOffset SentAt { get; set; }

    public DateTimeOffset? EditedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public string Text { get; set; } = "";

    /// <summary>JSON, like <see cref="Message.Content"/>.</summary>
    public string? Content { get; set; }
}
