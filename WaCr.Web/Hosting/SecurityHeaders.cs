using System.Net.Mime;
using Microsoft.AspNetCore.Components.Endpoints;
using Scalar.AspNetCore;

namespace WaCr.Web.Hosting;

/// <summary>
/// The security headers of every answer: content policy, referrer, no caching. An endpoint that sets its own (static files, uploaded files)
/// is left as it is.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string NotStored = "no-store";

    // MudBlazor sets inline styles; just picked or recorded pictures and sounds are blobs.
    private const string Pages =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
        + "font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // A service worker lives by the policy of its own script: it fetches pages.
    private const string Worker = "default-src 'self'";

    private const string NoPage = "default-src 'none'; frame-ancestors 'none'";

    private const string Permissions =
        "camera=(), geolocation=(), microphone=(self), payment=(), usb=(), publickey-credentials-create=(self), publickey-credentials-get=(self)";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state => Write((HttpContext)state), context);
        return next(context);
    }

    private static Task Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = PolicyOf(context);
        }

        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = NotStored;
        }

        MakeRedirectsRelative(context);
        return Task.CompletedTask;
    }

    // The OpenAPI page starts with an inline script, allowed by a nonce for that one answer.
    private static string PolicyOf(HttpContext context) => context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce
        ? Pages.Replace("script-src 'self'", $"script-src 'self' 'nonce-{nonce}'", StringComparison.Ordinal)
        : IsPage(context) ? Pages : context.Request.Path == "/sw.js" ? Worker : NoPage;

    private static bool IsPage(HttpContext context) =>
        context.Response.ContentType?.StartsWith(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase) == true
        || context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    // Redirects within the app omit scheme and host: behind a proxy both may differ from what the app sees.
    private static void MakeRedirectsRelative(HttpContext context)
    {
        var own = $"{context.Request.Scheme}://{context.Request.Host}";
        if (context.Response.StatusCode is >= 300 and < 400
            && context.Response.Headers.Location.ToString() is var location
            && location.StartsWith(own + "/", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.Location = "/" + location[own.Length..].TrimStart('/');
        }
    }
}
