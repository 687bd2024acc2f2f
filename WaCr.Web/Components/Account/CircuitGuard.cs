using Microsoft.AspNetCore.Authorization;

namespace WaCr.Web.Components.Account;

/// <summary>
/// Allows a circuit only for signed-in users, from our own pages, within a limit. A circuit takes memory as long as it lasts, so anonymous
/// users get none; their pages are plain requests.
/// </summary>
public sealed partial class CircuitGuard(
    RequestDelegate next, CircuitConnections connections, PublicUrl publicUrl, IHostApplicationLifetime lifetime,
    ILogger<CircuitGuard> logger)
{
    public const string Path = "/_blazor";

    /// <summary>Applied to all component endpoints; pages themselves declare who may see them.</summary>
    public static void Protect(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder route
            && ("/" + route.RoutePattern.RawText?.TrimStart('/')).StartsWith(Path, StringComparison.Ordinal))
        {
            endpoint.Metadata.Add(new AuthorizeAttribute());
        }
    }

    public async Task InvokeAsync(HttpContext context)
    {
        // As routing compares paths: /_BLAZOR reaches the same endpoint.
        if (!context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            await next(context);
            return;
        }

        // A disconnected page reconnects at once, often before the port is closed. SignalR closes only connections from before the stop,
        // and the server would wait for later ones.
        using var stopping = lifetime.ApplicationStopping.UnsafeRegister(_ => context.Abort(), null);
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (!IsFromOurPage(context.Request))
        {
            Log.ForeignOrigin(logger, context.Connection.RemoteIpAddress);
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        // Where a proxy lets no WebSocket through, a page stays open by GETs that wait.
        var holdsPage = context.WebSockets.IsWebSocketRequest
            || (HttpMethods.IsGet(context.Request.Method) && rest.Value!.TrimEnd('/').Length == 0);
        if (!holdsPage)
        {
            await next(context);
            return;
        }

        using var place = connections.TryOpen(context.User, context.Abort);
        if (place is null)
        {
            Log.NoRoom(logger, context.User.UserId());
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        await next(context);
    }

    // A browser always sends the origin with a WebSocket, and adds this site's cookies even if another site opens it.
    private bool IsFromOurPage(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && (from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase) || publicUrl.IsOriginOf(from)));

    private static partial class Log
    {
        [LoggerMessage(EventId = 5411, Level = LogLevel.Warning,
            Message = "A page of another site tried to open a circuit from {Address}.")]
        public static partial void ForeignOrigin(ILogger logger, System.Net.IPAddress? address);

        [LoggerMessage(EventId = 5412, Level = LogLevel.Warning,
            Message = "Refused a circuit for account {UserId}: too many pages are open, in the account or on the server.")]
        public static partial void NoRoom(ILogger logger, long? userId);
    }
}
