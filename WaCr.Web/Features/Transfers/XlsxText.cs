using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace WaCr.Web.Features.Transfers;

/// <summary>
/// Escapes characters XML cannot hold, such as a return, as <c>_x000D_</c>, and a literal text of that form as <c>_x005F_x000D_</c>.
/// </summary>
internal static partial class XlsxText
{
    /// <summary>Excel reports a workbook with longer cells as damaged; in characters.</summary>
    public const int MaxLength = 32_767;

    private const string CutMark = " [… cut: a cell holds 32,767 characters]";

    /// <summary>Shortens a text to fit a cell, at a whole character, and marks it as cut.</summary>
    public static string Fit(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        var length = MaxLength - CutMark.Length;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + CutMark;
    }

    /// <summary>Whether the text was shortened by an export.</summary>
    public static bool IsCut(string text) => text.Length >= MaxLength - 1 && text.EndsWith(CutMark, StringComparison.Ordinal);

    public static string Encode(string text)
    {
        if (!text.Any(letter => !XmlConvert.IsXmlChar(letter) || letter is '\r' or '_'))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var letter in Escaped().Replace(text, "_x005F$0"))
        {
            if (letter == '\r' || (!XmlConvert.IsXmlChar(letter) && !char.IsSurrogate(letter)))
            {
                encoded.Append(CultureInfo.InvariantCulture, $"_x{(int)letter:X4}_");
            }
            else
            {
                encoded.Append(letter);
            }
        }

        return encoded.ToString();
    }

    public static string Decode(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escaped().Replace(text, escape => ((char)Convert.ToInt32(escape.Value[2..6], 16)).ToString())
        : text;

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escaped();
}
