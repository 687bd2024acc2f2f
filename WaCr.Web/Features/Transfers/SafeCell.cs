namespace WaCr.Web.Features.Transfers;

/// <summary>
/// Prevents formula injection: spreadsheets treat a CSV cell that begins with <c>= + - @</c>, a tab or a return as a formula. An added
/// apostrophe makes it text; reading removes exactly one, so every text survives a round trip.
/// </summary>
internal static class SafeCell
{
    private const char Mark = '\'';

    public static string Guard(string text) => IsMarkedOrBare(text) ? Mark + text : text;

    /// <summary>For cells typed as text, which need no apostrophe: only guards a text that already begins with one.</summary>
    public static string GuardTyped(string text) => text is [Mark, ..] ? Guard(text) : text;

    public static string Unguard(string text) => text is [Mark, ..] && IsMarkedOrBare(text) ? text[1..] : text;

    private static bool IsMarkedOrBare(string text)
    {
        var index = 0;
        while (index < text.Length && text[index] == Mark)
        {
            index++;
        }

        return index < text.Length && text[index] is ('=' or '+' or '-' or '@' or '\t' or '\r');
    }
}
