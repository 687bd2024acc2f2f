using System.Text;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>
/// Reads a CSV file row by row and skips blank rows. A quote inside a cell is plain text; a multi-line cell must be closed, because an
/// unclosed quote would swallow the following rows.
/// </summary>
internal sealed class CsvTable
{
    private readonly TextReader _text;
    private readonly char _delimiter;
    private readonly ReadingBounds _bounds;
    private readonly char[] _buffer = new char[32_768];
    private readonly List<string> _cells = [];
    private readonly StringBuilder _cell = new();
    private int _next;
    private int _end;
    private int _line = 1;
    private int _width;
    private bool _isFilled;

    private CsvTable(TextReader text, char delimiter, ReadingBounds bounds) => (_text, _delimiter, _bounds) = (text, delimiter, bounds);

    public static IEnumerable<TableRow> Read(Stream file, CsvForm form, ReadingBounds bounds)
    {
        file.Position = 0;
        // No detection, which would replace our encoding and its fallback for invalid bytes.
        using var text = new StreamReader(file, form.Encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 65_536,
            leaveOpen: true);
        var table = new CsvTable(text, form.Delimiter, bounds);
        var passOver = form.NamesDelimiter;
        for (var number = 1; table.ReadRow() is { } row; number++)
        {
            if (number > ReadingBounds.MaxRowNumber)
            {
                throw new UnreadableTableException(FileProblem.TooManyRows);
            }

            if (row.Cells.Length > 0 && !(passOver && number == 1))
            {
                yield return row;
            }
        }
    }

    // Null at the end of the file; without cells if all are blank.
    private TableRow? ReadRow()
    {
        _cells.Clear();
        (_width, _isFilled) = (0, false);
        if (Peek() < 0)
        {
            return null;
        }

        var line = _line;
        ReadCell(line);
        while (Peek() == _delimiter)
        {
            _next++;
            ReadCell(line);
        }

        ReadBreak();
        return _isFilled ? InvalidBytes.Resolve(new TableRow(line, [.. _cells.Select(SafeCell.Unguard)])) : new TableRow(line, []);
    }

    private void ReadCell(int line)
    {
        _cell.Clear();
        var opened = _line;
        if (Peek() == '"')
        {
            ReadQuoted();
        }

        var quoted = _cell.Length;
        ReadPlain();
        if (opened != _line && !IsBlank(quoted))
        {
            throw new UnreadableTableException(FileProblem.QuoteNotClosed, opened);
        }

        var cell = _cell.ToString();
        var isBlank = string.IsNullOrWhiteSpace(cell);
        _isFilled |= !isBlank;
        if (_width++ < ReadingBounds.MaxColumns)
        {
            _cells.Add(cell);
        }
        else if (!isBlank || _width > ReadingBounds.MaxColumnNumber)
        {
            throw new UnreadableTableException(FileProblem.TooManyColumns, line);
        }
    }

    private bool IsBlank(int from)
    {
        for (var i = from; i < _cell.Length; i++)
        {
            if (!char.IsWhiteSpace(_cell[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void ReadQuoted()
    {
        var opened = _line;
        var afterReturn = false;
        _next++;
        while (true)
        {
            if (Peek() < 0)
            {
                throw new UnreadableTableException(FileProblem.QuoteNotClosed, opened);
            }

            var rest = _buffer.AsSpan(_next, _end - _next);
            var quote = rest.IndexOf('"');
            var part = quote < 0 ? rest : rest[..quote];
            CountBreaks(part, ref afterReturn);
            Append(part, opened);
            if (quote < 0)
            {
                continue;
            }

            _next++;
            if (Peek() != '"')
            {
                return;
            }

            afterReturn = false;
            Append("\"", opened);
        }
    }

    private void ReadPlain()
    {
        while (Peek() >= 0)
        {
            var rest = _buffer.AsSpan(_next, _end - _next);
            var stop = rest.IndexOfAny(_delimiter, '\r', '\n');
            Append(stop < 0 ? rest : rest[..stop], _line);
            if (stop >= 0)
            {
                return;
            }
        }
    }

    private void Append(ReadOnlySpan<char> part, int line)
    {
        if (_cell.Length + part.Length > ReadingBounds.MaxCellLength)
        {
            throw new UnreadableTableException(FileProblem.CellTooLong, line);
        }

        _cell.Append(part);
        _next += part.Length;
    }

    private void CountBreaks(ReadOnlySpan<char> part, ref bool afterReturn)
    {
        foreach (var letter in part)
        {
            _line += letter == '\r' || (letter == '\n' && !afterReturn) ? 1 : 0;
            afterReturn = letter == '\r';
        }
    }

    private void ReadBreak()
    {
        if (Peek() == '\r')
        {
            _next++;
            _line++;
            if (Peek() == '\n') // may refill the buffer
            {
                _next++;
            }
        }
        else if (Peek() == '\n')
        {
            _next++;
            _line++;
        }
    }

    private int Peek()
    {
        if (_next == _end)
        {
            _bounds.Check();
            (_next, _end) = (0, _text.Read(_buffer));
        }

        return _end == 0 ? -1 : _buffer[_next];
    }
}
