namespace WaCr.Web.Api;

/// <summary>Header names that the framework has no constant for.</summary>
internal static class ApiHeaders
{
    public const string RequestId = "X-Request-Id";
    public const string RateLimit = "X-RateLimit-Limit";
    public const string RateRemaining = "X-RateLimit-Remaining";
    public const string RateReset = "X-RateLimit-Reset";
    public const string IdempotencyKey = "Idempotency-Key";
    public const string IdempotencyReplayed = "Idempotency-Replayed";
}
