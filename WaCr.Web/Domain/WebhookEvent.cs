namespace WaCr.Web.Domain;

public enum WebhookEventState
{
    /// <summary>Processed when due; an event that arrived too early is due later.</summary>
    Waiting = 0,
    Done = 1,

    /// <summary>Given up; see the error.</summary>
    Dead = 2,
}

/// <summary>One event of a webhook, stored before the answer and processed afterwards.</summary>
public sealed class WebhookEvent : ILeased
{
    public const int KeyMaxLength = 300;
    public const int FieldMaxLength = 60;
    public const int ErrorMaxLength = 500;
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>How long a dead event is kept for inspection.</summary>
    public static readonly TimeSpan DeadKeptFor = TimeSpan.FromDays(30);

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ChannelId { get; set; }

    /// <summary>
    /// Built from Meta's ids, so that a repeated delivery has the same key: <c>m:wamid</c> for a message, <c>s:wamid:status</c> for a
    /// status, a hash of the part otherwise.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>Meta's <c>field</c>: messages, message_template_status_update and so on.</summary>
    public string Field { get; set; } = "";

    public WebhookEventState State { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }
    public DateTimeOffset? DueAt { get; set; }
    public Guid? LeaseOwner { get; set; }
    public DateTimeOffset? ProcessedAt { get; set; }
    public int Attempts { get; set; }
    public string? Error { get; set; }

    /// <summary>JSON, unchanged.</summary>
    public string Payload { get; set; } = "{}";
}
