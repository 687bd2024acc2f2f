using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>The sandbox's whole state, as export and import write and read it.</summary>
internal sealed class SandboxState
{
    /// <summary>Bounds memory in long load tests.</summary>
    public const int MaxMessages = 100_000;
    public const long MaxMediaBytes = 256 * 1024 * 1024;

    public long IdCount { get; set; }
    public TimeSpan ClockAhead { get; set; }
    public SandboxBehaviour Behaviour { get; set; } = new();

    /// <summary>Per-number override, keyed by phone number id.</summary>
    public Dictionary<string, SandboxBehaviour> NumberBehaviours { get; init; } = [];
    public List<SandboxNumber> Numbers { get; init; } = [];
    public List<SandboxCustomer> Customers { get; init; } = [];
    public List<SandboxTemplate> Templates { get; init; } = [];
    public List<SandboxMedia> Media { get; init; } = [];
    public List<FaultRule> Rules { get; init; } = [];
    public List<SandboxMessage> Messages { get; init; } = [];
    public List<PendingEvent> Pending { get; init; } = [];
}

/// <summary>A simulated customer.</summary>
internal sealed class SandboxCustomer
{
    /// <summary>Digits as WhatsApp reports them; may differ from what people dial.</summary>
    public required string WaId { get; set; }

    public required string Name { get; set; }

    /// <summary>If set, it replaces the phone, and events carry no number.</summary>
    public string? Username { get; set; }

    /// <summary>The ids that changed, by business account; all others follow from account and phone.</summary>
    public Dictionary<string, string> UserIds { get; init; } = [];

    /// <summary>The id that all accounts of a parent business know the person by; unset: there is no parent.</summary>
    public string? ParentUserId { get; set; }

    /// <summary>When the customer last wrote, by phone number id; starts the 24 hours.</summary>
    public Dictionary<string, DateTimeOffset> LastWroteAt { get; init; } = [];

    /// <summary>Phone number ids that this person blocked; next, those whose marketing they stopped.</summary>
    public HashSet<string> Blocked { get; init; } = [];

    /// <summary>Phone number ids of the businesses that blocked this person, and when.</summary>
    public Dictionary<string, DateTimeOffset> BlockedBy { get; init; } = [];

    public HashSet<string> MarketingStopped { get; init; } = [];

    /// <summary>Phone number ids whose messages are not delivered for now, as in airplane mode.</summary>
    public HashSet<string> Offline { get; init; } = [];

    /// <summary>Until when the business is shown as writing, by phone number id.</summary>
    public Dictionary<string, DateTimeOffset> Typing { get; init; } = [];
}

internal sealed class SandboxMessage
{
    public required string Id { get; init; }
    public required string PhoneNumberId { get; init; }
    public required string Customer { get; set; }
    public required bool FromCustomer { get; init; }
    public required string Type { get; init; }

    /// <summary>What a phone would show.</summary>
    public required string Text { get; set; }

    /// <summary>The content as sent, with the buttons to tap.</summary>
    public JsonNode? Content { get; set; }

    public bool IsEdited { get; set; }

    /// <summary>Deleted for everyone.</summary>
    public bool IsRevoked { get; set; }

    public string? Reference { get; init; }
    public string? ReplyTo { get; init; }
    public string? Category { get; init; }
    public required DateTimeOffset At { get; init; }
    public SandboxStatus Status { get; set; }

    /// <summary>Why it failed; shown by the controls.</summary>
    public int? ErrorCode { get; set; }
}

internal enum SandboxStatus
{
    Accepted,
    Sent,
    Delivered,
    Read,
    Played,
    Failed,
}

internal sealed class SandboxTemplate
{
    public required string Id { get; init; }
    public required string BusinessAccountId { get; init; }
    public required string Name { get; init; }
    public required string Language { get; init; }
    public required string Category { get; set; }
    public required string Status { get; set; }
    public required string ParameterFormat { get; init; }
    public required JsonArray Components { get; set; }
    public int? MessageSendTtlSeconds { get; set; }
    public string RejectedReason { get; set; } = "NONE";
    public string Quality { get; set; } = "UNKNOWN";
    public List<DateTimeOffset> EditedAt { get; init; } = [];
}

internal sealed class SandboxMedia
{
    public required string Id { get; init; }

    /// <summary>The account that may use it: of the number it was uploaded to or sent to.</summary>
    public required string BusinessAccountId { get; init; }

    public required string MimeType { get; init; }
    public required string Sha256 { get; init; }
    public required byte[] Bytes { get; init; }
    public required DateTimeOffset ForgottenAt { get; init; }
}

/// <summary>A future event.</summary>
[JsonDerivedType(typeof(StatusDue), "status")]
[JsonDerivedType(typeof(ReviewDue), "review")]
[JsonDerivedType(typeof(RetryDue), "retry")]
internal abstract record PendingEvent(DateTimeOffset DueAt);

internal sealed record StatusDue(DateTimeOffset DueAt, string MessageId, SandboxStatus Status, int Copies, int? ErrorCode = null)
    : PendingEvent(DueAt);

internal sealed record ReviewDue(DateTimeOffset DueAt, string TemplateId) : PendingEvent(DueAt);

internal sealed record RetryDue(DateTimeOffset DueAt, string DeliveryId) : PendingEvent(DueAt);
