using System.Text.RegularExpressions;

namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>
/// Removes from a webhook's JSON what databases cannot store: NUL, and half an emoji, which is left when WhatsApp truncates a text.
/// </summary>
internal static partial class WebhookText
{
    public static string Repaired(string json) =>
        json.Contains(@"\u", StringComparison.Ordinal)
            ? Escapes().Replace(json, match => match.Groups["kept"].Success ? match.Value : match.ValueSpan is @"\u0000" ? "" : @"\ufffd")
            : json;

    [GeneratedRegex(
        @"(?<kept>\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\u0000",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        5_000)]
    private static partial Regex Escapes();
}
