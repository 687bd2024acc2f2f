using System.Text;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>Unfolded lines of a vCard file; a picture is cut to a cell's length.</summary>
internal sealed class VCardLines
{
    private readonly TextReader _text;
    private readonly ReadingBounds _bounds;
    private readonly char[] _buffer = new char[16_384];
    private readonly StringBuilder _line = new();
    private int _next;
    private int _end;

    private VCardLines(TextReader text, ReadingBounds bounds) => (_text, _bounds) = (text, bounds);

    public static IEnumerable<(int Line, string Text)> Read(Stream file, Encoding encoding, ReadingBounds bounds)
    {
        file.Position = 0;
        using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 65_536, leaveOpen: true);
        var lines = new VCardLines(text, bounds);
        var (begun, number) = (1, 1);
        while (lines.Peek() >= 0)
        {
            lines.AppendLine();
            var next = lines.Peek();
            var isSoft = lines._line is [.., '='] && IsQuotedPrintable(lines._line);
            if (isSoft && next >= 0)
            {
                lines._line.Length--;
            }
            else if (next is not (' ' or '\t'))
            {
                yield return (begun, lines._line.ToString().Trim());
                lines._line.Clear();
                begun = number + 1;
            }
            else
            {
                lines._next++; // the space that begins a continuation line
            }

            number++;
        }

        if (lines._line.Length > 0)
        {
            yield return (begun, lines._line.ToString().Trim());
        }
    }

    private static bool IsQuotedPrintable(StringBuilder line) =>
        line.ToString(0, Math.Min(line.Length, 200)).Split(':')[0].Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);

    private void AppendLine()
    {
        while (Peek() >= 0)
        {
            var rest = _buffer.AsSpan(_next, _end - _next);
            var stop = rest.IndexOfAny('\r', '\n');
            var part = stop < 0 ? rest : rest[..stop];
            _line.Append(part[..Math.Min(part.Length, Math.Max(0, ReadingBounds.MaxCellLength - _line.Length))]);
            _next += part.Length;
            if (stop >= 0)
            {
                var isReturn = _buffer[_next++] == '\r';
                if (isReturn && Peek() == '\n') // may refill the buffer
                {
                    _next++;
                }

                return;
            }
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
