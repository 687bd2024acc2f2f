using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace WaCr.Web.Api.Requests;

internal static class RequestBody
{
    /// <summary>Whether it is compressed, for example. Nothing here decompresses what clients send.</summary>
    public static bool IsEncoded(HttpRequest request) =>
        request.Headers.ContentEncoding is { Count: > 0 } codings
            && !codings.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the client has disconnected, or a stop did not wait for the rest of what it sends.</summary>
    public static bool HasEndedEarly(HttpContext context, OperationCanceledException cancelled) =>
        context.RequestAborted.IsCancellationRequested || cancelled.InnerException is ConnectionAbortedException;

    /// <summary>
    /// For readers that enforce their own limit. At the server's limit the connection is closed while the client is still sending, so it
    /// sees a broken pipe, not the 413. Without that limit the server drains the rest for five seconds after the answer.
    /// </summary>
    public static void LiftServerLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }
}
