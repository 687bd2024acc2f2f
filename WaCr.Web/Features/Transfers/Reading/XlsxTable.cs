using System.Text;
using System.Xml;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>Reads a sheet row by row and skips blank rows. Row and column numbers are untrusted: gaps allocate nothing.</summary>
internal sealed class XlsxTable
{
    private readonly XlsxPart _part;
    private readonly XlsxStrings _strings;
    private readonly XlsxFormats _formats;
    private readonly StringBuilder _text = new();
    private readonly List<string> _cells = [];
    private int _line;
    private int _column;
    private bool _isFilled;

    private XlsxTable(XlsxPart part, XlsxStrings strings, XlsxFormats formats) => (_part, _strings, _formats) = (part, strings, formats);

    public static IEnumerable<TableRow> Read(XlsxPart part, XlsxStrings strings, XlsxFormats formats, ReadingBounds bounds)
    {
        using (part)
        {
            var table = new XlsxTable(part, strings, formats);
            while (part.Read())
            {
                if (part.IsAt("row") && table.ReadRow() is { } row)
                {
                    bounds.CancellationToken.ThrowIfCancellationRequested();
                    yield return row;
                }
            }
        }
    }

    private TableRow? ReadRow()
    {
        var claimed = long.TryParse(_part.Xml.GetAttribute("r"), CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (Math.Max(claimed, _line + 1) > ReadingBounds.MaxRowNumber)
        {
            throw new UnreadableTableException(FileProblem.TooManyRows);
        }

        _line = (int)Math.Max(claimed, _line + 1);
        _cells.Clear();
        (_column, _isFilled) = (0, false);
        if (_part.Xml.IsEmptyElement)
        {
            return null;
        }

        var depth = _part.Xml.Depth;
        while (_part.Read() && _part.Xml.Depth > depth)
        {
            if (_part.IsAt("c"))
            {
                ReadCell();
            }
        }

        return _isFilled ? new TableRow(_line, [.. _cells.Select(SafeCell.Unguard)]) : null;
    }

    private void ReadCell()
    {
        _column = Math.Max(_column + 1, ColumnOf(_part.Xml.GetAttribute("r")));
        var (type, style) = (_part.Xml.GetAttribute("t"), _part.Xml.GetAttribute("s"));
        var text = Value(type, int.TryParse(style, CultureInfo.InvariantCulture, out var number) ? number : 0);
        var isBlank = string.IsNullOrWhiteSpace(text);
        if (_column > ReadingBounds.MaxColumns)
        {
            if (!isBlank || _column > ReadingBounds.MaxColumnNumber)
            {
                throw new UnreadableTableException(FileProblem.TooManyColumns, _line);
            }

            return;
        }

        _isFilled |= !isBlank;
        while (_cells.Count < _column - 1)
        {
            _cells.Add("");
        }

        _cells.Add(text);
    }

    // From 1; 0 if the cell has none, and beyond the last column if it is out of range.
    private static int ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in reference ?? "")
        {
            if (!char.IsAsciiLetter(letter) || column > ReadingBounds.MaxColumnNumber)
            {
                break;
            }

            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1);
        }

        return column;
    }

    private string Value(string? type, int style)
    {
        _text.Clear();
        if (_part.Xml.IsEmptyElement)
        {
            return "";
        }

        var depth = _part.Xml.Depth;
        var fits = true;
        while (_part.Read() && _part.Xml.Depth > depth)
        {
            if (_part.IsAt("v") || _part.IsAt("is"))
            {
                fits &= _part.AppendText(_text, except: "rPh");
            }
            else if (_part.Xml.NodeType == XmlNodeType.Element && !_part.Xml.IsEmptyElement)
            {
                _part.AppendText(new StringBuilder()); // a formula
            }
        }

        var value = _text.ToString();
        var text = type switch
        {
            "s" => Shared(value),
            "inlineStr" or "str" => fits ? XlsxText.Decode(value) : null,
            "b" => value.Trim() == "1" ? "true" : "false",
            "e" => value,
            "d" => value.EndsWith("T00:00:00", StringComparison.Ordinal) ? value[..^9] : value,
            _ => fits ? _formats.Show(value, style) : null,
        };
        return text ?? throw new UnreadableTableException(FileProblem.CellTooLong, _line);
    }

    private string? Shared(string index) =>
        int.TryParse(index, CultureInfo.InvariantCulture, out var i) && _strings.TryGet(i, out var text)
            ? text
            : throw new UnreadableTableException(FileProblem.Damaged);
}
