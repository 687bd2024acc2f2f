namespace WaCr.Web.Api;

/// <summary>State of one API request; scoped, so all parts of the pipeline share it. Every request has its id.</summary>
public sealed class ApiCall(TimeProvider time)
{
    public string RequestId { get; } = Guid.CreateVersion7().ToString();

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>The token's limit.</summary>
    public int RateLimitPerMinute { get; set; }

    /// <summary>The body, if the idempotency check read it before the endpoint.</summary>
    public byte[]? Body { get; set; }

    /// <summary>Number of commits before the endpoint ran.</summary>
    public int CommitsBefore { get; set; }

    /// <summary>Called with the answer before it is sent: what an idempotency key replays must be stored first.</summary>
    public Func<SentAnswer, Task>? BeforeSending { get; set; }

    /// <summary>Removes secrets from an answer before it is stored for its idempotency key, since it is stored in clear.</summary>
    public Func<byte[], byte[]> ToStore { get; set; } = answer => answer;
}

public sealed record SentAnswer(int StatusCode, string? Location, string? ETag, byte[] Body);
