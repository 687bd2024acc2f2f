using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

public enum WebhookEventState
{
    /// <summary>To be processed when it is due; one that came too early is due later.</summary>
    Waiting = 0,
    Done = 1,

    /// <summary>Given up; the error says why.</summary>
    Dead = 2,
}

/// <summary>One part of a webhook, kept before it is answered and processed afterwards.</summary>
public sealed class WebhookEvent : ILeased
{
    public const int KeyMaxLength = 300;
    public const int FieldMaxLength = 60;
    public const int ErrorMaxLength = 500;
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>How long one that was given up waits for somebody to look into it.</summary>
    public static readonly TimeSpan DeadKeptFor = TimeSpan.FromDays(30);

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ChannelId { get; set; }

    /// <summary>
    /// Made of Meta's own ids, so that a repeated delivery is the same event: <c>m:wamid</c> for a message, <c>s:wamid:status</c> for a
    /// status, a hash of the part for all else.
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

    /// <summary>JSON, as it came.</summary>
    public string Payload { get; set; } = "{}";
}
