namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>How the sandbox acts where the real service may act in several ways. Changed while it runs by the control API.</summary>
public sealed record SandboxBehaviour
{
    public TimeSpan SentAfter { get; init; }

    public TimeSpan DeliveredAfter { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Whether people read what they get without being told to.</summary>
    public bool ReadsByItself { get; init; } = true;

    public TimeSpan ReadAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>No statuses at all: the sandbox answers and stays quiet.</summary>
    public bool NoStatuses { get; init; }

    public bool OmitDelivered { get; init; }

    public bool ReverseStatuses { get; init; }

    /// <summary>The sent status goes out before the answer to the send does.</summary>
    public bool StatusBeforeAnswer { get; init; }

    /// <summary>How many more times each event is posted.</summary>
    public int Duplicates { get; init; }

    /// <summary>Waiting events go out in any order.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Most events in one post; WhatsApp puts up to 1,000 together.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>WhatsApp tries for seven days, less and less often; this is that, in minutes.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    public TimeSpan WebhookTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Outside the 24 hours a free text is refused at once; else it is accepted and fails a moment later. Both are seen in the field.</summary>
    public bool RefuseClosedWindow { get; init; }

    /// <summary>One message in six seconds to one person, 45 at once (131056).</summary>
    public bool PairRate { get; init; }

    /// <summary>Messages a second of one number (130429); 0: any number.</summary>
    public int MessagesPerSecond { get; init; }

    public TimeSpan TemplateReview { get; init; } = TimeSpan.FromSeconds(2);

    public int TemplateLimit { get; init; } = 6_000;

    public TimeSpan MediaUrlLifetime { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan SlowAnswer { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>HTTP statuses of error codes, where they should differ from the usual.</summary>
    public IReadOnlyDictionary<int, int> HttpStatuses { get; init; } = new Dictionary<int, int>();

    /// <summary>For load: no delays, no reading, no limits.</summary>
    public static SandboxBehaviour Immediate { get; } = new()
    {
        DeliveredAfter = TimeSpan.Zero,
        ReadAfter = TimeSpan.Zero,
        TemplateReview = TimeSpan.Zero,
        BatchSize = 100,
    };
}
