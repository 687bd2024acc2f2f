using System.Text.RegularExpressions;

namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>
/// Takes out of a webhook's JSON what no database keeps and no reader reads: NUL, and half an emoji, which is what is left where WhatsApp
/// shortens a text in the middle of one.
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
