namespace WaCr.Web.Domain;

/// <summary>The state of an outgoing message in the outbox; inbound messages have none.</summary>
public enum OutboxState
{
    Waiting = 0,

    /// <summary>Claimed. If the lease ends before the result is recorded, it becomes uncertain, never waiting.</summary>
    Sending = 1,
    Sent = 2,

    /// <summary>It may have been sent; a status with our reference settles it.</summary>
    Uncertain = 3,

    /// <summary>Given up; see the error.</summary>
    Dead = 4,

    /// <summary>Cancelled by a user before it was sent.</summary>
    Cancelled = 5,

    /// <summary>Part of a campaign that has not released it yet.</summary>
    Held = 6,

    /// <summary>Accepted, but WhatsApp keeps it back until it knows the template's quality; a status says whether it was sent.</summary>
    HeldByWhatsApp = 7,
}
