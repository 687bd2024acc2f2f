using System.Net;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The controls are for those at the machine itself, and for signed-in staff where there is a sign-in.</summary>
internal static class ControlDoor
{
    public static bool MayEnter(HttpContext context) =>
        (IsAtTheMachine(context) || context.User.Identity is { IsAuthenticated: true }) && !IsFromAnotherSite(context.Request);

    // A proxy on the same machine speaks from the loopback, too, and so does a page that rebinds its name to it.
    private static bool IsAtTheMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded")
        && !context.Request.Headers.ContainsKey("X-Real-IP")
        && IsOwnName(context.Request.Host.Host);

    private static bool IsOwnName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // A browser says from where a request comes; curl says nothing.
    private static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
        || (request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)));
}
