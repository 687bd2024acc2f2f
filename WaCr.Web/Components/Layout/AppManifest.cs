using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Layout;

/// <summary>What a device shows of the installed app, in the language of the page that it was installed from.</summary>
internal static class AppManifest
{
    public static IResult Write(Localizer T) => Results.Json(
        new
        {
            name = "WaCr",
            short_name = "WaCr",
            description = T["Contacts and WhatsApp conversations of your team"],
            lang = CultureInfo.CurrentUICulture.Name,
            dir = CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr",
            id = Urls.Home,
            start_url = Urls.Home,
            scope = Urls.Home,
            display = "standalone",
            background_color = "#FFFFFF",
            theme_color = "#0B7A66",
            icons = new[]
            {
                Icon("/icons/icon-192.png", "192x192"),
                Icon("/icons/icon-512.png", "512x512"),
                Icon("/icons/maskable-512.png", "512x512", purpose: "maskable"),
                Icon("/icon.svg", "any", "image/svg+xml"),
            },
            shortcuts = new[]
            {
                new { name = T["Conversations"], url = Urls.Conversations },
                new { name = T["Contacts"], url = Urls.Contacts },
            },
        },
        contentType: "application/manifest+json");

    private static object Icon(string src, string sizes, string type = "image/png", string purpose = "any") => new { src, sizes, type, purpose };
}
