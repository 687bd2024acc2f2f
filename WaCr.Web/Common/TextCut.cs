using System.Diagnostics.CodeAnalysis;

namespace WaCr.Web.Common;

/// <summary>Shortens text for a column or a screen, between two visible characters: no database stores half an emoji.</summary>
public static class TextCut
{
    /// <summary>The start of the text, at most <paramref name="max"/> UTF-16 units.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(this string? text, int max)
    {
        if (text is null || text.Length <= max)
        {
            return text;
        }

        var end = 0;
        while (StringInfo.GetNextTextElementLength(text.AsSpan(end)) is var next && end + next <= max)
        {
            end += next;
        }

        // One visible character may be longer than the limit: a letter with a thousand accents.
        return text[..(end > 0 ? end : WholeBefore(text, max))];
    }

    /// <summary>The end of the text, at most <paramref name="max"/> UTF-16 units.</summary>
    public static string CutStart(this string text, int max)
    {
        var start = 0;
        while (text.Length - start > max)
        {
            start += StringInfo.GetNextTextElementLength(text.AsSpan(start));
        }

        return text[start..];
    }

    private static int WholeBefore(string text, int end) =>
        end > 0 && char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
}
