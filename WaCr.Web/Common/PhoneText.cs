using System.Text;
using System.Text.RegularExpressions;

namespace WaCr.Web.Common;

/// <summary>
/// Normalises how people and programs write phone numbers to digits, a plus and plain separators: direction marks, any dashes and blanks,
/// <c>tel:</c>, extensions, WhatsApp addresses, and numbers reformatted by a spreadsheet.
/// </summary>
public static partial class PhoneText
{
    private const int MaxLength = 200;

    /// <summary>Null if it is no phone number in any notation.</summary>
    public static string? Normalize(string? written)
    {
        if (string.IsNullOrWhiteSpace(written) || written.Length > MaxLength)
        {
            return null;
        }

        var text = Plain(written);
        var address = Address().Match(text);
        if (address.Success)
        {
            return "+" + address.Groups["digits"].Value;
        }

        text = Label().Replace(text.Trim('\'', '"', '=', '`', ' '), "");
        text = Extension().Replace(text, "").Trim().TrimEnd(',', ';').Trim();
        text = Decimals().Replace(text, "${number}");
        text = Exact(text) ?? text;
        text = LeadingPlus().Replace(text, "+");
        text = text.Count(letter => letter == '(') == text.Count(letter => letter == ')') ? text : text.Replace('(', ' ')
            .Replace(')', ' ').Trim();
        return text.Length > 0 && text.LastIndexOf('+') <= 0 && text.Any(char.IsDigit)
            && text.All(letter => char.IsDigit(letter) || letter is '+' or '-' or '(' or ')' or '.' or '/' or ' ')
            ? text
            : null;
    }

    /// <summary>Whether a spreadsheet has rounded it: 9.19812E+11 has lost its last digits.</summary>
    public static bool IsRounded(string? written) =>
        written is { Length: <= MaxLength } && Exponent().Match(Plain(written)) is { Success: true } match && Exact(match.Value) is null;

    // Drops marks, maps digits of any width to ASCII, and look-alikes to plus, dash or blank.
    private static string Plain(string written)
    {
        if (Ascii.IsValid(written))
        {
            return written.Trim().Replace('\t', ' ');
        }

        var plain = new StringBuilder(written.Length);
        foreach (var rune in written.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
                    or UnicodeCategory.Control when rune.Value is not ('\t' or '\n' or '\r'):
                    break;
                case UnicodeCategory.DashPunctuation:
                    plain.Append('-');
                    break;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.Control:
                    plain.Append(' ');
                    break;
                case UnicodeCategory.DecimalDigitNumber when !rune.IsBmp || rune.Value >= 0xFF00:
                    plain.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
                    break;
                default:
                    Append(plain, rune);
                    break;
            }
        }

        return plain.ToString().Trim();
    }

    private static void Append(StringBuilder plain, Rune rune)
    {
        switch (rune.Value)
        {
            case '\u2212' or '\u2043' or '\u30FC' or '\uFF70' or '\u02D7':
                plain.Append('-');
                break;
            case '\u207A' or '\u208A' or '\u2795' or '\u02D6' or '\uFB29' or '\uFE62':
                plain.Append('+');
                break;
            case '\u00B7' or '\u2022' or '\u2024' or '\u2027' or '\u22C5' or '\u30FB':
                plain.Append('.');
                break;
            case '\u2044' or '\u2215':
                plain.Append('/');
                break;
            case >= 0xFF01 and <= 0xFF5E:
                plain.Append((char)(rune.Value - 0xFEE0)); // full width
                break;
            default:
                plain.Append(rune.ToString());
                break;
        }
    }

    // A number with an exponent that still has all its digits; null if some are lost.
    private static string? Exact(string text)
    {
        var match = Exponent().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var digits = match.Groups["one"].Value + match.Groups["more"].Value;
        var length = int.Parse(match.Groups["power"].Value, CultureInfo.InvariantCulture) + 1;
        return digits.Length == length ? digits : null;
    }

    // 919811800007@c.us, 919811800007:12@s.whatsapp.net, https://wa.me/919811800007?text=…
    [GeneratedRegex(
        @"^(?:\+?(?<digits>\d{7,15})(?::\d{1,3})?@(?:c\.us|s\.whatsapp\.net)|(?:https?://)?(?:www\.)?(?:wa\.me/|(?:api|web)\.whatsapp\.com/send/?\?(?:[^#]*&)?phone=)(?:\+|%2B)?(?<digits>\d{7,15})(?:[/?&\#].*)?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    // "tel:", "p:", "Mobile: ", "Tel. "
    [GeneratedRegex(@"^\p{L}[\p{L} ]{0,20}(?:[:.]\s*(?://)?)+(?=[+(\d])", RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex(
        @"(?<=\d[-)\s.,]{0,6})(?:;\s*(?:ext|phone-context)=[^;]*|[,;\s]*(?:\b(?:extension|extn|ext|доб|ramal|poste|durchwahl|int)\b\.?|x|\#)[\s:.=]*\d{1,7})+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Extension();

    // A spreadsheet's 919811800013.0
    [GeneratedRegex(@"^(?<number>\+?\d{7,})[.,]0{1,2}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Decimals();

    [GeneratedRegex(@"^\+?(?<one>\d)(?:[.,](?<more>\d{1,20}))?E\+?(?<power>\d{1,2})$", RegexOptions.IgnoreCase
        | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Exponent();

    // (+91) 98…
    [GeneratedRegex(@"^[\s(]*\+[\s(]*(?=\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LeadingPlus();
}
