using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>What Graph answers, before it is bytes on a wire.</summary>
internal sealed record GraphAnswer(int Status, JsonNode Body)
{
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How the answer goes wrong on its way.</summary>
    public Fault Fault { get; init; }

    /// <summary>How late the answer is.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Begins once the answer is out, or before it where <see cref="EventsFirst"/>: the message's way to the customer.</summary>
    public Action? Afterwards { get; init; }

    public bool EventsFirst { get; init; }

    public static GraphAnswer Ok(JsonNode body) => new(200, body);

    public static GraphAnswer Success() => Ok(new JsonObject { ["success"] = true });
}

internal enum Fault
{
    None,

    /// <summary>No answer until the caller hangs up.</summary>
    Silence,

    /// <summary>The answer breaks off in its middle.</summary>
    HalfJson,

    /// <summary>A proxy's page instead of an answer.</summary>
    Html,

    /// <summary>The answer, but late.</summary>
    Slow,
}
