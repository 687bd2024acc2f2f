namespace WaCr.Web.Features.Transfers;

/// <summary>
/// A spreadsheet takes a cell of a CSV file that begins with <c>= + - @</c>, a tab or a return for a formula. An apostrophe before
/// it makes it text, as people do it by hand; reading takes exactly one away, so every text comes back as it was.
/// </summary>
internal static class SafeCell
{
    private const char Mark = '\'';

    public static string Guard(string text) => IsMarkedOrBare(text) ? Mark + text : text;

    /// <summary>For a cell that is text by its type: it needs no mark, but one that looks like a mark must not be taken for one.</summary>
    public static string GuardTyped(string text) => text is [Mark, ..] ? Guard(text) : text;

    public static string Unguard(string text) => text is [Mark, ..] && IsMarkedOrBare(text) ? text[1..] : text;

    private static bool IsMarkedOrBare(string text)
    {
        var at = 0;
        while (at < text.Length && text[at] == Mark)
        {
            at++;
        }

        return at < text.Length && text[at] is ('=' or '+' or '-' or '@' or '\t' or '\r');
    }
}
