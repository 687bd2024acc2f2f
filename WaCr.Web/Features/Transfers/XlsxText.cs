using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace WaCr.Web.Features.Transfers;

/// <summary>Workbooks write what XML cannot say, a return for one, as <c>_x000D_</c>, and a text that looks so as <c>_x005F_x000D_</c>.</summary>
internal static partial class XlsxText
{
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

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escaped();
}
