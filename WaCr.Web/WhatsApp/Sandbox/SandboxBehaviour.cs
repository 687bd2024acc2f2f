namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Settings for what the real service may do in several ways. The control API changes them at run time.</summary>
public sealed record SandboxBehaviour
{
    public TimeSpan SentAfter { get; init; }

    public TimeSpan DeliveredAfter { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Whether customers read messages automatically.</summary>
    public bool ReadsByItself { get; init; } = true;

    public TimeSpan ReadAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Sends no statuses.</summary>
    public bool NoStatuses { get; init; }

    public bool OmitDelivered { get; init; }

    public bool ReverseStatuses { get; init; }

    /// <summary>Sends the sent status before the answer to the send.</summary>
    public bool StatusBeforeAnswer { get; init; }

    /// <summary>How many extra times each event is posted.</summary>
    public int Duplicates { get; init; }

    /// <summary>Posts waiting events in random order.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Most events in one post; WhatsApp's maximum is 1,000.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>WhatsApp retries for seven days, less and less often; here in minutes.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    public TimeSpan WebhookTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a free text outside the 24 hours is refused at once; otherwise it is accepted and fails a moment later. Both occur in
    /// practice.
    /// </summary>
    public bool RefuseClosedWindow { get; init; }

    /// <summary>Limits messages to one person to one in six seconds, with a burst of 45 (131056).</summary>
    public bool PairRate { get; init; }

    /// <summary>Messages per second per number (130429); 0: unlimited.</summary>
    public int MessagesPerSecond { get; init; }

    public TimeSpan TemplateReview { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether templates are reviewed automatically; otherwise they wait for a decision by hand.</summary>
    public bool ReviewsByItself { get; init; } = true;

    public int TemplateLimit { get; init; } = 6_000;

    public TimeSpan MediaUrlLifetime { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan SlowAnswer { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>HTTP statuses of error codes, if they should differ from the defaults.</summary>
    public IReadOnlyDictionary<int, int> HttpStatuses { get; init; } = new Dictionary<int, int>();

    /// <summary>For load tests: no delays, no reading, no limits.</summary>
    public static SandboxBehaviour Immediate { get; } = new()
    {
        DeliveredAfter = TimeSpan.Zero,
        ReadAfter = TimeSpan.Zero,
        TemplateReview = TimeSpan.Zero,
        BatchSize = 100,
    };
}
