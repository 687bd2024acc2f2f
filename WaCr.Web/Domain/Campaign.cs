namespace WaCr.Web.Domain;

public enum CampaignState
{
    /// <summary>Being written; nothing is sent.</summary>
    Draft = 0,
    Scheduled = 1,

    /// <summary>Its messages are being written to the outbox, chunk by chunk; none is sent yet.</summary>
    Queueing = 2,
    Running = 3,

    /// <summary>Waits for a user: <see cref="Campaign.PausedBecause"/>.</summary>
    Paused = 4,
    Cancelled = 5,

    /// <summary>All its messages were sent or given up. Statuses and answers still arrive.</summary>
    Finished = 6,
}

public enum CampaignPause
{
    ByPerson = 0,

    /// <summary>The template is no longer approved, was deleted, or has other variables now.</summary>
    TemplateUnfit = 1,

    /// <summary>The plan's conversations of this month are used up.</summary>
    PlanLimit = 2,

    /// <summary>The user who started it no longer has the permission.</summary>
    NotAllowed = 3,

    /// <summary>The plan allows no further campaign, or no longer includes campaigns.</summary>
    NotInPlan = 4,

    /// <summary>The number was deleted.</summary>
    ChannelGone = 5,

    /// <summary>WhatsApp takes no marketing from the number.</summary>
    MarketingStopped = 6,
}

/// <summary>
/// A template sent to many contacts. Each message is a row of the outbox (<see cref="Message.CampaignId"/>), held there and released at the
/// campaign's pace.
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

    /// <summary>Null until one is chosen.</summary>
    public long? ChannelId { get; set; }

    public string? TemplateName { get; set; }
    public string? TemplateLanguage { get; set; }

    /// <summary>Contacts who prefer another language get the template's translation into it, if the values fit it.</summary>
    public bool UsesContactLanguage { get; set; }

    /// <summary>JSON: the template's values, by form field.</summary>
    public string Values { get; set; } = "{}";

    /// <summary>JSON: the audience; resolved when the campaign starts.</summary>
    public string? Audience { get; set; }

    /// <summary>Null means when a user starts it.</summary>
    public DateTimeOffset? ScheduledAt { get; set; }

    public int PerMinute { get; set; } = DefaultPerMinute;

    /// <summary>Who started or resumed it last; it runs with that actor's permissions.</summary>
    public ActorKind ActorKind { get; set; }

    public long? ActorId { get; set; }
    public string ActorName { get; set; } = "";

    /// <summary>Number of recipient chunks; next, how many are in the outbox. 0 until the audience is resolved.</summary>
    public int Chunks { get; set; }

    public int ChunksDone { get; set; }

    /// <summary>Counted in contacts: selected, in the outbox, excluded.</summary>
    public int Total { get; set; }

    public int Queued { get; set; }
    public int Excluded { get; set; }

    /// <summary>The campaign's sending rate is used up until then; shared by all replicas.</summary>
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
