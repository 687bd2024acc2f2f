using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

public enum CampaignState
{
    /// <summary>Being written; nobody gets anything.</summary>
    Draft = 0,
    Scheduled = 1,

    /// <summary>Its messages are being written into the outbox, chunk by chunk; none leaves yet.</summary>
    Queueing = 2,
    Running = 3,

    /// <summary>Waits for a person: <see cref="Campaign.PausedBecause"/>.</summary>
    Paused = 4,
    Cancelled = 5,

    /// <summary>None of its messages is on its way any more. Statuses and answers still come.</summary>
    Finished = 6,
}

public enum CampaignPause
{
    ByPerson = 0,

    /// <summary>WhatsApp does not approve the template any more, or it is gone, or it asks for other values now.</summary>
    TemplateUnfit = 1,

    /// <summary>The plan's conversations of the month are used up.</summary>
    PlanLimit = 2,

    /// <summary>Who started it may not do this any more.</summary>
    NotAllowed = 3,

    /// <summary>The plan has no room for another campaign, or does not include them any more.</summary>
    NotInPlan = 4,

    /// <summary>The number is gone.</summary>
    ChannelGone = 5,
}

/// <summary>Why somebody who was selected gets nothing.</summary>
public enum CampaignExclusionReason
{
    OptedOut = 0,

    /// <summary>Neither a number nor an id of WhatsApp's.</summary>
    NoAddress = 1,

    /// <summary>Another selected contact stands for the same person.</summary>
    Duplicate = 2,

    /// <summary>The contact has nothing for a variable, and no fallback was given.</summary>
    ValueMissing = 3,

    /// <summary>Deleted before its turn came.</summary>
    Gone = 4,
}

/// <summary>
/// A template to many contacts. Each recipient's message is a row of the outbox (<see cref="Message.CampaignId"/>), held back there and let go
/// at the campaign's pace.
/// </summary>
public sealed class Campaign : ILeased
{
    public const int NameMaxLength = 120;
    public const int DefaultPerMinute = 600;
    public const int MaxPerMinute = 60_000;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string Name { get; set; } = "";
    public CampaignState State { get; set; }
    public CampaignPause? PausedBecause { get; set; }

    /// <summary>Null while nobody chose one.</summary>
    public long? ChannelId { get; set; }

    public string? TemplateName { get; set; }
    public string? TemplateLanguage { get; set; }

    /// <summary>Who prefers another language gets the template's translation for it, where there is one that the values fit.</summary>
    public bool UsesContactLanguage { get; set; }

    /// <summary>JSON: what goes into the template's variables, by the form's fields.</summary>
    public string Values { get; set; } = "{}";

    /// <summary>JSON: who gets it; what it means is decided when the campaign starts.</summary>
    public string? Audience { get; set; }

    /// <summary>Null: as soon as somebody starts it.</summary>
    public DateTimeOffset? ScheduledAt { get; set; }

    public int PerMinute { get; set; } = DefaultPerMinute;

    /// <summary>Who started it or went on with it last: it runs with what that one may do.</summary>
    public ActorKind ActorKind { get; set; }

    public long? ActorId { get; set; }
    public string ActorName { get; set; } = "";

    /// <summary>How many chunks of recipients there are, and how many of them are in the outbox; no chunks while nobody was selected.</summary>
    public int Chunks { get; set; }

    public int ChunksDone { get; set; }

    /// <summary>In contacts: selected, in the outbox, left out.</summary>
    public int Total { get; set; }

    public int Queued { get; set; }
    public int Excluded { get; set; }

    /// <summary>Up to when its pace is spent; all replicas spend it here.</summary>
    public DateTimeOffset? PacedUntil { get; set; }

    public DateTimeOffset? DueAt { get; set; }
    public Guid? LeaseOwner { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>Some of a campaign's contacts that are not in the outbox yet.</summary>
public sealed class CampaignChunk : ITenantOwned
{
    public long TenantId { get; set; }
    public long CampaignId { get; set; }
    public int Number { get; set; }

    /// <summary>JSON.</summary>
    public string ContactIds { get; set; } = "[]";
}

/// <summary>Somebody who was selected and gets nothing.</summary>
public sealed class CampaignExclusion : ITenantOwned
{
    public long TenantId { get; set; }
    public long CampaignId { get; set; }

    /// <summary>Not bound by a foreign key: it may be gone.</summary>
    public long ContactId { get; set; }

    public CampaignExclusionReason Reason { get; set; }
}
