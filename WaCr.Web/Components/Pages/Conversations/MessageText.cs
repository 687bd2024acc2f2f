using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>
/// Formats a message as WhatsApp does: *bold*, _italic_, ~struck~, ```code```, and URLs as links. The text is HTML-encoded first.
/// </summary>
public static partial class MessageText
{
    private const string Punctuation = ".,!?;:'";
    private static readonly string[] Brackets = ["()", "[]", "{}"];

    public static MarkupString Format(string text)
    {
        var html = new StringBuilder(text.Length + 64);
        var from = 0;
        foreach (var link in Link().EnumerateMatches(text))
        {
            html.Append(Marked(text[from..link.Index]));
            var address = AddressOf(text.Substring(link.Index, link.Length));
            var encoded = WebUtility.HtmlEncode(address);
            html.Append("<a href=\"")
                .Append(encoded)
                .Append("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">")
                .Append(encoded)
                .Append("</a>");
            from = link.Index + address.Length;
        }

        return new MarkupString(html.Append(Marked(text[from..])).ToString());
    }

    /// <summary>The web addresses in a text, in its order.</summary>
    public static IEnumerable<string> LinksIn(string text) =>
        Link().Matches(text).Select(found => AddressOf(found.Value)).Distinct(StringComparer.Ordinal);

    // Trailing punctuation and unmatched closing brackets are not part of the URL. Counted once: a stranger's text can be all brackets.
    private static string AddressOf(string found)
    {
        var unopened = Brackets
            .Select(pair => found.Count(letter => letter == pair[1]) - found.Count(letter => letter == pair[0])).ToArray();
        var end = found.Length;
        while (end > 0)
        {
            var closed = Array.FindIndex(Brackets, pair => pair[1] == found[end - 1]);
            if (closed >= 0 ? unopened[closed]-- <= 0 : !Punctuation.Contains(found[end - 1]))
            {
                break;
            }

            end--;
        }

        return found[..end];
    }

    private static string Marked(string text)
    {
        var html = WebUtility.HtmlEncode(text);
        html = Code().Replace(html, "<code>${text}</code>");
        html = Bold().Replace(html, "<strong>${text}</strong>");
        html = Italic().Replace(html, "<em>${text}</em>");
        return Struck().Replace(html, "<s>${text}</s>");
    }

    [GeneratedRegex(@"https?://[^\s<>""]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("```(?<text>.+?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    // A mark counts only at a word's edge, so that 2*3*4 and snake_case stay unchanged.
    [GeneratedRegex(@"(?<![\w*])\*(?=\S)(?<text>[^*\n]+?)(?<=\S)\*(?![\w*])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Bold();

    [GeneratedRegex(@"(?<![\w_])_(?=\S)(?<text>[^_\n]+?)(?<=\S)_(?![\w_])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Italic();

    [GeneratedRegex(@"(?<![\w~])~(?=\S)(?<text>[^~\n]+?)(?<=\S)~(?![\w~])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Struck();
}
