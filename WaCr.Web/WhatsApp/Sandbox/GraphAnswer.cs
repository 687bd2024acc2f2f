using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>An answer of Graph before it is written to HTTP.</summary>
internal sealed record GraphAnswer(int Status, JsonNode Body)
{
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How the answer is broken in transit.</summary>
    public Fault Fault { get; init; }

    /// <summary>How long the answer is delayed.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Starts the message's delivery after the answer is sent, or before with <see cref="EventsFirst"/>.</summary>
    public Action? Afterwards { get; init; }

    public bool EventsFirst { get; init; }

    public static GraphAnswer Ok(JsonNode body) => new(200, body);

    public static GraphAnswer Success() => Ok(new JsonObject { ["success"] = true });
}

internal enum Fault
{
    None,

    /// <summary>No answer until the caller disconnects.</summary>
    Silence,

    /// <summary>The answer is truncated.</summary>
    HalfJson,

    /// <summary>A proxy's HTML page instead of an answer.</summary>
    Html,

    /// <summary>The answer is late.</summary>
    Slow,
}
