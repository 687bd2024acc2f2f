using System.Net;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Account;

/// <summary>
/// The error page. It needs no database, session or script, since any of them may be the cause. API clients get only the status.
/// </summary>
internal static class ErrorPage
{
    private const string RetryAfterSeconds = "10";

    public static async Task WriteAsync(HttpContext context)
    {
        var isOutage = context.Features.Get<IExceptionHandlerFeature>() is { } failed && Outage.IsCauseOf(failed.Error);
        context.Response.StatusCode = isOutage ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        if (isOutage)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            var culture = context.Features.Get<IRequestCultureFeature>()?.RequestCulture.UICulture
                ?? CultureInfo.GetCultureInfo(Languages.Default);
            CultureInfo.CurrentUICulture = culture;
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(Write(context.RequestServices.GetRequiredService<Localizer>(), culture, isOutage));
        }
    }

    /// <summary>What the service worker keeps for when the server can't be reached.</summary>
    public static IResult Offline(Localizer T) => Results.Content(
        Write(T, CultureInfo.CurrentUICulture, T["You are offline"], T["WaCr can't be reached. What you typed and did not save is kept; please try again in a moment."]),
        "text/html; charset=utf-8");

    private static string Write(Localizer T, CultureInfo culture, bool isOutage) => isOutage
        ? Write(T, culture, T["WaCr is unavailable right now"], T["The database does not respond. What you saved is safe; please try again in a moment."])
        : Write(T, culture, T["This page failed"], T["Something went wrong on our side. If it happens again, tell your server's operator when it happened."]);

    private static string Write(Localizer T, CultureInfo culture, string title, string text) =>
        $"""
        <!DOCTYPE html>
        <html lang="{culture.Name}" dir="{(culture.TextInfo.IsRightToLeft ? "rtl" : "ltr")}">
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>WaCr</title>
            <link rel="stylesheet" href="/app.css" />
        </head>
        <body>
            <main class="account-page">
                <div class="account-card">
                    <h1>{WebUtility.HtmlEncode(title)}</h1>
                    <p>{WebUtility.HtmlEncode(text)}</p>
                    <p><a href="">{WebUtility.HtmlEncode(T["Try again"])}</a></p>
                </div>
            </main>
        </body>
        </html>
        """;
}
