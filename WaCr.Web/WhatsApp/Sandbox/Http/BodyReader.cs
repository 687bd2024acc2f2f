using Microsoft.AspNetCore.Http.Features;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

internal static class BodyReader
{
    /// <summary>Reads the whole body.</summary>
    /// <exception cref="IOException">It is larger than <paramref name="max"/>, or breaks off.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, long max)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = max;
        }

        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        return bytes.ToArray();
    }
}
