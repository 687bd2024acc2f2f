using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>All that a contact and one channel have said to each other.</summary>
public sealed class Conversation : ITenantOwned
{
    public static readonly TimeSpan ServiceWindow = TimeSpan.FromHours(24);

    /// <summary>A new one, which whoever looks after the contact answers.</summary>
    public static Conversation Open(long channelId, long contactId, long? assignedId, DateTimeOffset at) =>
        new() { ChannelId = channelId, ContactId = contactId, AssignedId = assignedId, LastMessageAt = at };

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ChannelId { get; set; }

    /// <summary>Not bound by a foreign key: it may lie in the trash.</summary>
    public long ContactId { get; set; }

    /// <summary>Who wrote last, and so where an answer goes; until somebody writes, where our own last went.</summary>
    public string? WaId { get; set; }

    public string? UserId { get; set; }

    /// <summary>The contact's number when that was; see <see cref="NumberTie"/>.</summary>
    public string? ContactPhoneKey { get; set; }

    /// <summary>Who answers here: a user with a membership in the same tenant.</summary>
    public long? AssignedId { get; set; }

    public DateTimeOffset LastMessageAt { get; set; }
    public long? LastMessageId { get; set; }

    /// <summary>The customer's last message, by WhatsApp's clock; our own do not move it.</summary>
    public DateTimeOffset? LastInboundAt { get; set; }

    /// <summary>Messages of the customer that nobody here has read, and the last that somebody has.</summary>
    public int UnreadCount { get; set; }

    public long ReadUpToId { get; set; }

    /// <summary>Up to when what one person may be sent is spent; all replicas spend it here.</summary>
    public DateTimeOffset? PacedUntil { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Whether <see cref="WaId"/> and <see cref="UserId"/> still are the contact, whose number is this one by now.</summary>
    public bool StandsFor(string contactPhoneKey) => NumberTie.Holds(ContactPhoneKey, contactPhoneKey, WaId);

    /// <summary>
    /// Until when anything but a template may be sent to the contact: 24 hours from the last message. The window is the writer's:
    /// there is none for a number that the contact was given since.
    /// </summary>
    public DateTimeOffset? WindowClosesAt(string contactPhoneKey) => StandsFor(contactPhoneKey) ? LastInboundAt + ServiceWindow : null;
}

/// <summary>
/// 24 hours in which any number of messages to a contact count as one conversation of the plan. <see cref="Messages"/> counts those
/// that did not fail for good; with the last of them the conversation is given back.
/// </summary>
public sealed class UsageWindow : ITenantOwned
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(24);

    public long TenantId { get; set; }
    public long ContactId { get; set; }
    public DateTimeOffset OpenedAt { get; set; }

    /// <summary>One at most for each contact; whether it is still running is told by <see cref="OpenedAt"/>.</summary>
    public bool IsLatest { get; set; }

    /// <summary>The month that it counts in, <c>yyyy-MM</c>.</summary>
    public string Period { get; set; } = "";

    public int Messages { get; set; }
}
