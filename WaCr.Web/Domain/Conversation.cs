namespace WaCr.Web.Domain;

/// <summary>All messages between a contact and one channel.</summary>
public sealed class Conversation : ITenantOwned
{
    public static readonly TimeSpan ServiceWindow = TimeSpan.FromHours(24);

    /// <summary><see cref="LastMessageAt"/> of a conversation that has no messages but broadcasts.</summary>
    public static readonly DateTimeOffset BroadcastsOnly = DateTimeOffset.UnixEpoch;

    /// <summary>A new conversation, assigned like its contact.</summary>
    public static Conversation Open(long channelId, long contactId, long? assignedId, DateTimeOffset at) =>
        new() { ChannelId = channelId, ContactId = contactId, AssignedId = assignedId, LastMessageAt = at };

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ChannelId { get; set; }

    /// <summary>No foreign key: the contact may be in the trash.</summary>
    public long ContactId { get; set; }

    /// <summary>The last sender, to whom an answer goes; before the first inbound message, the recipient of our last one.</summary>
    public string? WaId { get; set; }

    public string? UserId { get; set; }

    /// <summary>The contact's number at that time; see <see cref="NumberTie"/>.</summary>
    public string? ContactPhoneKey { get; set; }

    /// <summary>A user with a membership in the same tenant.</summary>
    public long? AssignedId { get; set; }

    /// <summary>Broadcasts do not count, so that 1,000 of them do not push those who wait down the list.</summary>
    public DateTimeOffset LastMessageAt { get; set; }
    public long? LastMessageId { get; set; }

    /// <summary>
    /// The contact's first message since our last answer; null if it is answered. Broadcasts and reactions answer nothing.
    /// </summary>
    public DateTimeOffset? WaitingSince { get; set; }

    /// <summary>The contact's last message, by WhatsApp's clock; outgoing messages do not change it.</summary>
    public DateTimeOffset? LastInboundAt { get; set; }

    /// <summary>Inbound messages that no user has read; next, the last one that a user has read.</summary>
    public int UnreadCount { get; set; }

    public long ReadUpToId { get; set; }

    /// <summary>Since when WhatsApp keeps the contact's messages from this number; null if they are not blocked.</summary>
    public DateTimeOffset? BlockedAt { get; set; }

    /// <summary>WhatsApp's limit per recipient is used up until then; shared by all replicas.</summary>
    public DateTimeOffset? PacedUntil { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When somebody wrote last; null for a conversation with broadcasts alone.</summary>
    public DateTimeOffset? WrittenAt => LastMessageAt == BroadcastsOnly ? null : LastMessageAt;

    /// <summary>
    /// Whether <see cref="WaId"/> and <see cref="UserId"/> still belong to the contact, whose number is now <paramref
    /// name="contactPhoneKey"/>.
    /// </summary>
    public bool StandsFor(string contactPhoneKey) => NumberTie.Holds(ContactPhoneKey, contactPhoneKey, WaId);

    /// <summary>
    /// Until when messages other than templates may be sent: 24 hours from the contact's last message. Null if that came from a number that
    /// is no longer the contact's.
    /// </summary>
    public DateTimeOffset? WindowClosesAt(string contactPhoneKey) => StandsFor(contactPhoneKey) ? LastInboundAt + ServiceWindow : null;
}

/// <summary>
/// 24 hours in which any number of messages to a contact count as one conversation of the plan. <see cref="Messages"/> counts those that
/// did not fail for good; when it reaches 0 the conversation is given back.
/// </summary>
public sealed class UsageWindow : ITenantOwned
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(24);

    public long TenantId { get; set; }
    public long ContactId { get; set; }
    public DateTimeOffset OpenedAt { get; set; }

    /// <summary>At most one per contact; <see cref="OpenedAt"/> tells whether it still runs.</summary>
    public bool IsLatest { get; set; }

    /// <summary>The month in which it counts, <c>yyyy-MM</c>.</summary>
    public string Period { get; set; } = "";

    public int Messages { get; set; }
}
