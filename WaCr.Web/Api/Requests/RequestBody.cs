using Microsoft.AspNetCore.Http.Features;

namespace WaCr.Web.Api.Requests;

internal static class RequestBody
{
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
