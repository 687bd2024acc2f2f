using System.IO.Compression;
using System.Text;
using System.Xml;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>
/// Reads a part of a workbook node by node. Limits unpacked size, compression ratio, nesting depth and node size: the XML reader holds an
/// attribute completely, but not a text.
/// </summary>
internal sealed class XlsxPart : IDisposable
{
    public const int MaxNode = 512 * 1024;
    private const int MaxDepth = 64;
    private const int NodesBetweenChecks = 2_048;

    private readonly ReadingBounds _bounds;
    private readonly UnpackedStream _bytes;
    private readonly char[] _chunk = new char[4_096];
    private int _nodes;

    public XlsxPart(ZipArchiveEntry entry, ReadingBounds bounds)
    {
        _bounds = bounds;
        _bytes = new UnpackedStream(entry.Open(), entry.CompressedLength);
        Xml = XmlReader.Create(_bytes, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            CloseInput = true
        });
    }

    public XmlReader Xml { get; }

    /// <summary>To the next node; false at the end.</summary>
    public bool Read()
    {
        _bytes.Allow(MaxNode);
        if (++_nodes % NodesBetweenChecks == 0)
        {
            _bounds.Check();
        }

        if (!Xml.Read())
        {
            return false;
        }

        return Xml.Depth <= MaxDepth ? true : throw new UnreadableTableException(FileProblem.Damaged);
    }

    /// <summary>Whether the reader is at the start of this element.</summary>
    public bool IsAt(string element) => Xml.NodeType == XmlNodeType.Element && Xml.LocalName == element;

    /// <summary>Appends the current element's text and moves to its end. False if it is longer than a cell may be.</summary>
    public bool AppendText(StringBuilder target, string? except = null)
    {
        if (Xml.IsEmptyElement)
        {
            return true;
        }

        var (depth, fits) = (Xml.Depth, true);
        while (Read() && Xml.Depth > depth)
        {
            if (Xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA)
            {
                fits &= AppendValue(target);
            }
            else if (except is not null && IsAt(except))
            {
                AppendText(new StringBuilder());
            }
        }

        return fits;
    }

    public void Dispose() => Xml.Dispose();

    private bool AppendValue(StringBuilder target)
    {
        var fits = true;
        while (true)
        {
            _bytes.Allow(MaxNode);
            if (++_nodes % NodesBetweenChecks == 0)
            {
                _bounds.Check();
            }

            var read = Xml.ReadValueChunk(_chunk, 0, _chunk.Length);
            if (read == 0)
            {
                return fits;
            }

            fits &= target.Length + read <= ReadingBounds.MaxCellLength;
            if (fits)
            {
                target.Append(_chunk, 0, read);
            }
        }
    }
}
