using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace WaCr.Web.Common;

/// <summary>BCP 47 language tags: a language and optionally a script, a region and variants, as in <c>pt-BR</c>.</summary>
public static partial class LanguageTag
{
    public const int MaxLength = 35;

    private static readonly FrozenDictionary<string, string> Names = ReadNames();

    /// <summary>The tag in normal form: <c>pt-br</c> and WhatsApp's <c>pt_BR</c> become <c>pt-BR</c>. Null if it is no tag.</summary>
    public static string? Normalize(string text)
    {
        var tag = text.Trim().Replace('_', '-');
        if (tag.Length > MaxLength || !Form().IsMatch(tag))
        {
            return null;
        }

        var parts = tag.ToLowerInvariant().Split('-');
        for (var index = 1; index < parts.Length; index++)
        {
            parts[index] = parts[index].Length switch
            {
                2 => parts[index].ToUpperInvariant(),
                4 when char.IsAsciiLetter(parts[index][0]) => char.ToUpperInvariant(parts[index][0]) + parts[index][1..],
                _ => parts[index],
            };
        }

        return string.Join('-', parts);
    }

    /// <summary>Reads a tag, or a language's name in English or in the language itself; else null.</summary>
    public static string? ReadWord(string word) => Names.GetValueOrDefault(TextKey.Folded(word)) ?? Normalize(word);

    /// <summary>
    /// The best of the offered translations for a preferred language, by RFC 4647 lookup: the tag itself, then the tag without its last
    /// part, down to the base language. Null if none matches.
    /// </summary>
    /// <param name="wanted">A tag; null matches nothing.</param>
    /// <param name="offered">WhatsApp's codes, or tags.</param>
    public static string? Lookup(string? wanted, IReadOnlyCollection<string> offered)
    {
        for (var tag = wanted; !string.IsNullOrEmpty(tag); tag = tag[..Math.Max(0, tag.LastIndexOf('-'))])
        {
            if (offered.FirstOrDefault(code => Normalize(code) == tag) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static FrozenDictionary<string, string> ReadNames()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.NeutralCultures | CultureTypes.SpecificCultures)
            .OrderBy(culture => culture.Name.Length))
        {
            if (Normalize(culture.Name) is { } tag)
            {
                names.TryAdd(TextKey.Folded(culture.EnglishName), tag);
                names.TryAdd(TextKey.Folded(culture.NativeName), tag);
            }
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    [GeneratedRegex("^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
