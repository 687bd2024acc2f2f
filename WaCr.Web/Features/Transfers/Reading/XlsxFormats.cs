using System.Text.RegularExpressions;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>Number formats of a workbook, as far as they matter: dates and leading zeros.</summary>
internal sealed partial class XlsxFormats
{
    private const int MaxFormats = 70_000;
    private static readonly Format General = new(0, HasPlus: false, IsDate: false);

    private readonly List<Format> _byStyle = [];
    private readonly bool _from1904;

    private XlsxFormats(bool from1904) => _from1904 = from1904;

    public static XlsxFormats Load(XlsxPart? part, bool from1904)
    {
        var formats = new XlsxFormats(from1904);
        using (part)
        {
            formats.Fill(part);
        }

        return formats;
    }

    public string Show(string value, int style)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return value;
        }

        var format = (uint)style < (uint)_byStyle.Count ? _byStyle[style] : General;
        if (format.IsDate && Date(number) is { } date)
        {
            return date;
        }

        var text = Plain(number);
        return text.All(char.IsAsciiDigit) ? (format.HasPlus ? "+" : "") + text.PadLeft(format.Zeros, '0') : text;
    }

    // A phone number typed as a number: all digits, no exponent.
    private static string Plain(double number) => Math.Abs(number) < 1e15
        ? ((decimal)number).ToString(CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    private string? Date(double number)
    {
        number += _from1904 ? 1_462 : 0;
        if (number is < 0 or >= 2_958_466)
        {
            return null;
        }

        var date = DateTime.FromOADate(number);
        var pattern = number < 1 ? "HH:mm:ss" : date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss";
        return date.ToString(pattern, CultureInfo.InvariantCulture);
    }

    private void Fill(XlsxPart? part)
    {
        var codes = new Dictionary<int, string>();
        var isOfCells = false;
        while (part is not null && part.Read())
        {
            if (part.IsAt("numFmt") && int.TryParse(part.Xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var id)
                && codes.Count < MaxFormats)
            {
                codes[id] = part.Xml.GetAttribute("formatCode") ?? "";
            }
            else if (part.Xml.LocalName == "cellXfs")
            {
                isOfCells = part.IsAt("cellXfs") && !part.Xml.IsEmptyElement;
            }
            else if (isOfCells && part.IsAt("xf") && _byStyle.Count < MaxFormats)
            {
                _ = int.TryParse(part.Xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var used);
                _byStyle.Add(codes.TryGetValue(used, out var code) ? Read(code) : BuiltIn(used));
            }
        }
    }

    private static Format BuiltIn(int id) => General with
    {
        IsDate = id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58),
    };

    private static Format Read(string code)
    {
        if (code.Length > 255)
        {
            return General;
        }

        var zeros = OnlyZeros().Match(code);
        return zeros.Success
            ? new Format(zeros.Groups["zeros"].Length, zeros.Groups["plus"].Success, IsDate: false)
            : General with { IsDate = DateParts().IsMatch(Literals().Replace(code, "")) };
    }

    // Matches 00000, and +0 for a phone number.
    [GeneratedRegex("""^(?<plus>\+|\\\+|"\+")?#*(?<zeros>0+)$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OnlyZeros();

    [GeneratedRegex("""
        "[^"]*"|\\.|_.|\*.|\[[^\]]*\]
        """, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 1000)]
    private static partial Regex Literals();

    [GeneratedRegex("^[^0#?;]*[dmyhs]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DateParts();

    private sealed record Format(int Zeros, bool HasPlus, bool IsDate);
}
