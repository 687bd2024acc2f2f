using System.Text;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>A workbook's shared strings. Kept in memory while it is read, so their total size is limited.</summary>
internal sealed class XlsxStrings
{
    private const int MaxCount = 4_000_000;
    private const long MaxCharacters = 64L * 1024 * 1024;

    // Null for a text longer than a cell may be; reported where it is used.
    private readonly List<string?> _texts = [];

    public static XlsxStrings Load(XlsxPart? part)
    {
        var strings = new XlsxStrings();
        using (part)
        {
            strings.Fill(part);
        }

        return strings;
    }

    /// <summary>False if there is no such text.</summary>
    public bool TryGet(int index, out string? text)
    {
        var found = (uint)index < (uint)_texts.Count;
        text = found ? _texts[index] : null;
        return found;
    }

    private void Fill(XlsxPart? part)
    {
        var text = new StringBuilder();
        long characters = 0;
        while (part is not null && part.Read())
        {
            if (!part.IsAt("si"))
            {
                continue;
            }

            text.Clear();
            _texts.Add(part.AppendText(text, except: "rPh") ? XlsxText.Decode(text.ToString()) : null); // rPh: pronunciation
            characters += text.Length;
            if (characters > MaxCharacters || _texts.Count > MaxCount)
            {
                throw new UnreadableTableException(FileProblem.TooLargeUnpacked);
            }
        }
    }
}
