using Microsoft.Net.Http.Headers;

namespace WaCr.Web.Hosting;

/// <summary>A file that a stranger made: it is shown as what it is or saved, and never run.</summary>
internal static class StrangerFile
{
    public static void Guard(HttpResponse response, string contentType, string name)
    {
        var isShown = contentType.Split('/')[0] is "image" or "video" or "audio";
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(name); // in ASCII, and beside it as it is (RFC 5987)
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
    }
}
