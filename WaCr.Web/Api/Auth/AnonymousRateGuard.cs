namespace WaCr.Web.Api.Auth;

/// <summary>
/// Limits requests per address to the anonymous endpoints outside the API: the OpenAPI document, its pages, channel health and the
/// operator's page. Load balancers' checks are not counted.
/// </summary>
internal sealed class AnonymousRateGuard(RequestDelegate next, TokenRateLimits limits)
{
    private static readonly PathString[] Guarded = ["/openapi", "/docs/api", "/llms.txt", "/health/channels", "/operator"];

    public Task InvokeAsync(HttpContext context)
    {
        if (!Array.Exists(Guarded, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            || limits.TakeAnonymous(context.Connection.RemoteIpAddress) is not { } retryAfter)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = retryAfter.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }
}
