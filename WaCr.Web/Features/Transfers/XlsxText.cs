using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace WaCr.Web.Features.Transfers;

/// <summary>Workbooks write what XML cannot say, a return for one, as <c>_x000D_</c>, and a text that looks so as <c>_x005F_x000D_</c>.</summary>
internal static partial class XlsxText
{
    /// <summary>More characters in one cell, and Excel calls the workbook damaged.</summary>
    public const int MaxLength = 32_767;

    private const string CutMark = " [… cut: a cell holds 32,767 characters]";

    /// <summary>Cut at a whole character where it is too long for a cell, and marked as such.</summary>
    public static string Fit(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        var length = MaxLength - CutMark.Length;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + CutMark;
    }

    /// <summary>Whether a text is only the beginning of what stands in the workspace that it came from.</summary>
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
