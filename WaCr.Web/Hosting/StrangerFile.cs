using Microsoft.Net.Http.Headers;

namespace WaCr.Web.Hosting;

/// <summary>Headers for an untrusted file: displayed as its own type or saved, never run.</summary>
internal static class StrangerFile
{
    public static void Guard(HttpResponse response, string contentType, string name)
    {
        var isShown = contentType.Split('/')[0] is "image" or "video" or "audio";
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(name); // in ASCII, and encoded (RFC 5987)
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
    }
}
