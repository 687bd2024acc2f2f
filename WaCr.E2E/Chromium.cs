using Microsoft.Playwright;

namespace WaCr.E2E;

/// <summary>Chromium as Debian ships it. <c>CHROMIUM</c> in the environment names another.</summary>
internal static class Chromium
{
    private const string Browser = "/usr/bin/chromium";
    private const string Shell = "/usr/bin/chromium-headless-shell";

    /// <summary>Without a browser's own windows, where it is installed: the same pages in a third less time.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => LaunchAsync(playwright, File.Exists(Shell) ? Shell : Browser);

    /// <summary>With everything that a browser has, such as notifications.</summary>
    public static Task<IBrowser> LaunchWholeAsync(IPlaywright playwright) => LaunchAsync(playwright, Browser);

    private static Task<IBrowser> LaunchAsync(IPlaywright playwright, string path) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
}
