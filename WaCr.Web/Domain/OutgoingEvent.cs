namespace WaCr.Web.Domain;

/// <summary>
/// A change to be sent to webhooks, written in the change's own transaction, and only if a webhook wants its type. It holds the resource's
/// state at that time, so that a late delivery says the same.
/// </summary>
public sealed class OutgoingEvent : ITenantOwned
{
    public const int TypeMaxLength = 40;
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public long Id { get; set; }
    public long TenantId { get; set; }

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public string Type { get; set; } = "";

    public long ResourceId { get; set; }

    /// <summary>The contact whose data it holds; null if none. No foreign key: the contact may be deleted.</summary>
    public long? ContactId { get; set; }

    /// <summary>Random: tells apart two events whose id was given twice, after a backup was restored.</summary>
    public int Nonce { get; set; }

    public ChangeOrigin ChangeOrigin { get; set; }
    public string? RequestId { get; set; }
    public DateTimeOffset OccurredAt { get; set; }

    /// <summary>JSON: the changed fields, each before and after; null if it is no update.</summary>
    public string? Changes { get; set; }

    /// <summary>JSON: the resource in the API's format. The last column, since it may be long.</summary>
    public string Attributes { get; set; } = "{}";

    /// <summary>Unique key by which receivers detect repeats.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"evt_{OccurredAt.ToUnixTimeSeconds()}_{Id:x}{Nonce:x8}");
}

public enum DeliveryState
{
    /// <summary>Sent when due.</summary>
    Waiting = 0,
    Delivered = 1,

    /// <summary>Given up; a user can send it again.</summary>
    Failed = 2,
}

/// <summary>One event for one webhook, with the result of each attempt.</summary>
public sealed class WebhookDelivery : ITenantOwned
{
    /// <summary>Logged attempts; beyond this the oldest are dropped.</summary>
    public const int MaxLogged = 20;

    public long Id { get; set; }
    public long TenantId { get; set; }

    /// <summary>No foreign key, nor for the next: bulk changes write many at once, and the sweeper handles both.</summary>
    public long WebhookId { get; set; }

    public long EventId { get; set; }
    public DeliveryState State { get; set; }

    /// <summary>Null once delivered or given up.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Attempts since it was written, or since a user sent it again.</summary>
    public int Attempts { get; set; }

    /// <summary>The receiver's last HTTP status; null if it gave none.</summary>
    public int? LastStatus { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? LastAttemptAt { get; set; }

    /// <summary>JSON: the attempts, oldest first.</summary>
    public string Log { get; set; } = "[]";
}
