using System.Globalization;

namespace WaCr.Web.Api.Auth;

/// <summary>
/// Bounds what one address may ask of what is open to everybody beside the API: its document, the reference page, the health of channels. The
/// checks that balancers make are left out.
/// </summary>
internal sealed class AnonymousRateGuard(RequestDelegate next, TokenRateLimits limits)
{
    private static readonly PathString[] Guarded = ["/openapi", "/docs/api", "/health/channels"];

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
