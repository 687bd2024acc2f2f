using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Account;

/// <summary>A short name of a browser from its User-Agent, so that users recognise their own.</summary>
public static class DeviceNames
{
    // Ordered: most browsers also claim to be those below.
    private static readonly (string Part, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), (
            "SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Part, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    public static string Of(Localizer T, string device) => (Find(Browsers, device), Find(Systems, device)) switch
    {
        ({ } browser, { } system) => T["{browser} on {system}", ("browser", browser), ("system", system)],
        ({ } browser, null) => browser,
        (null, { } system) => system,
        _ => T["Unknown device"],
    };

    private static string? Find((string Part, string Name)[] known, string device) =>
        known.FirstOrDefault(one => device.Contains(one.Part, StringComparison.Ordinal)).Name;
}
