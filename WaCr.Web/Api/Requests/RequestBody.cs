using Microsoft.AspNetCore.Http.Features;

namespace WaCr.Web.Api.Requests;

internal static class RequestBody
{
    /// <summary>Compressed, say. Nothing here unpacks what strangers send.</summary>
    public static bool IsEncoded(HttpRequest request) =>
        request.Headers.ContentEncoding is { Count: > 0 } codings && !codings.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// For requests whose readers count for themselves. Where the server's own limit is passed it closes the connection on a client that is
    /// still sending, which then sees a broken pipe and never the 413; without that limit the server takes in what still comes, for
    /// five seconds, after the answer.
    /// </summary>
    public static void LiftServerLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }
}
