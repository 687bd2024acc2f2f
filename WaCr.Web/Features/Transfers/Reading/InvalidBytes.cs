using System.Text;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>
/// Handles invalid bytes in UTF-8, mostly a name pasted from another program: they are read as Windows-1252 and their row is marked
/// doubtful. Decoded, such a byte is a pair of noncharacters, which no text contains.
/// </summary>
internal sealed class InvalidBytes : DecoderFallback
{
    private const char HighNibble = '\uFDD0';
    private const char LowNibble = '\uFDE0';
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Its preamble is the byte order mark, so that readers skip one.</summary>
    public static Encoding Utf8 { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new InvalidBytes());

    public override int MaxCharCount => 8;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Pairs();

    public static TableRow Resolve(TableRow row) => Array.TrueForAll(row.Cells, cell => IndexOfPair(cell, 0) < 0)
        ? row
        : row with { Cells = Array.ConvertAll(row.Cells, Resolve), IsDoubtful = true };

    public static string Resolve(string text)
    {
        var resolved = new StringBuilder(text.Length);
        var done = 0;
        for (var pair = IndexOfPair(text, 0); pair >= 0; pair = IndexOfPair(text, done))
        {
            var value = (byte)(((text[pair] - HighNibble) << 4) | (text[pair + 1] - LowNibble));
            resolved.Append(text, done, pair - done).Append(Western.GetString([value]));
            done = pair + 2;
        }

        return done == 0 ? text : resolved.Append(text, done, text.Length - done).ToString();
    }

    private static int IndexOfPair(string text, int from)
    {
        while (text.AsSpan(from).IndexOfAnyInRange(HighNibble, (char)(HighNibble + 15)) is >= 0 and var found)
        {
            from += found + 1;
            if (from < text.Length && text[from] is >= LowNibble and <= (char)(LowNibble + 15))
            {
                return from - 1;
            }
        }

        return -1;
    }

    private sealed class Pairs : DecoderFallbackBuffer
    {
        private byte[] _bytes = [];
        private int _next;

        public override int Remaining => (_bytes.Length * 2) - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (_bytes, _next) = (bytesUnknown, 0);
            return true;
        }

        public override char GetNextChar()
        {
            if (Remaining <= 0)
            {
                return '\0';
            }

            var value = _bytes[_next / 2];
            return (char)(_next++ % 2 == 0 ? HighNibble + (value >> 4) : LowNibble + (value & 15));
        }

        public override bool MovePrevious()
        {
            if (_next == 0)
            {
                return false;
            }

            _next--;
            return true;
        }

        public override void Reset() => (_bytes, _next) = ([], 0);
    }
}
