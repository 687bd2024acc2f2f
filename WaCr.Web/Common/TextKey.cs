using System.Text;

namespace WaCr.Web.Common;

/// <summary>
/// Normalised forms for comparing text. Computed here and stored, not left to a collation, so that SQLite and PostgreSQL agree.
/// </summary>
public static class TextKey
{
    private const char NoCharacter = '\uFFFE';

    // Letters that Unicode does not decompose, though people type them without the stroke.
    private static readonly Dictionary<char, string> Plain = new()
    {
        ['ß'] = "ss",
        ['ø'] = "o",
        ['ł'] = "l",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ı'] = "i",
        ['ħ'] = "h",
    };

    /// <summary>For uniqueness that ignores case only: "Café" equals "CAFÉ", not "Cafe".</summary>
    public static string IgnoringCase(string text) => Normalized(text.Trim(), NormalizationForm.FormC).ToLowerInvariant();

    /// <summary>
    /// For search and sorting: ignores case, accents, width and repeated blanks. Drops only marks that writers leave out (Latin, Greek and
    /// Cyrillic accents, Arabic and Hebrew vowels); an Indic vowel sign is a letter and stays.
    /// </summary>
    public static string Folded(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        if (Ascii.IsValid(text))
        {
            return CollapseWhitespace(text.ToLowerInvariant());
        }

        var folded = new StringBuilder(text.Length);
        foreach (var letter in Normalized(text, NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (IsOptionalMark(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.PrivateUse or UnicodeCategory.Format)
            {
                continue;
            }

            if (Plain.TryGetValue(letter, out var plain))
            {
                folded.Append(plain);
            }
            else
            {
                folded.Append(letter);
            }
        }

        return CollapseWhitespace(folded.ToString().Normalize(NormalizationForm.FormC));
    }

    /// <summary>The decimal digits of <paramref name="text"/>, of any script, as 0 to 9.</summary>
    public static string Digits(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var digits = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsDigit(letter))
            {
                digits.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(letter)));
            }
        }

        return digits.ToString();
    }

    // .NET throws on U+FFFE and on half a surrogate pair; a key only has to be equal for equal text.
    private static string Normalized(string text, NormalizationForm form) =>
        (text.All(letter => letter != NoCharacter && !char.IsSurrogate(letter))
            ? text
            : string.Concat(text.EnumerateRunes().Select(rune => rune.Value == NoCharacter ? Rune.ReplacementChar : rune))).Normalize(form);

    private static bool IsOptionalMark(char letter) => letter
        is (>= '\u0300' and <= '\u036F') // Latin, Greek, Cyrillic accents
        or (>= '\u0591' and <= '\u05C7') // Hebrew points
        or (>= '\u064B' and <= '\u065F') or '\u0670' or '\u0640'; // Arabic vowels, tatweel

    private static string CollapseWhitespace(string text)
    {
        text = text.Trim();
        var squashed = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var blank = char.IsWhiteSpace(letter) || char.IsControl(letter);
            if (!blank)
            {
                squashed.Append(letter);
            }
            else if (squashed.Length > 0 && squashed[^1] != ' ')
            {
                squashed.Append(' ');
            }
        }

        return squashed.ToString().TrimEnd();
    }
}
