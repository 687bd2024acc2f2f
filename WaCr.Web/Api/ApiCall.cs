namespace WaCr.Web.Api;

/// <summary>One request to the API, from its id to its answer; a scoped service, so that every part sees the same.</summary>
public sealed class ApiCall(TimeProvider time)
{
    public string RequestId { get; } = Guid.CreateVersion7().ToString();

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>The token's own.</summary>
    public int RateLimitPerMinute { get; set; }

    /// <summary>The body, where the idempotency check had to read it before the endpoint does.</summary>
    public byte[]? Body { get; set; }

    /// <summary>How many writes there were before the endpoint's own.</summary>
    public int CommitsBefore { get; set; }

    /// <summary>Is told the answer before the client is: what a key replays must be stored first.</summary>
    public Func<SentAnswer, Task>? BeforeSending { get; set; }

    /// <summary>What of an answer may be stored for its key: it lies in the database as it is, so secrets are taken out.</summary>
    public Func<byte[], byte[]> ToStore { get; set; } = answer => answer;
}

public sealed record SentAnswer(int StatusCode, string? Location, string? ETag, byte[] Body);
