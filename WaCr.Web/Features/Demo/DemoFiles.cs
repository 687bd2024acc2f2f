using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace WaCr.Web.Features.Demo;

/// <summary>Generates sample files, so that none has to be shipped.</summary>
internal static class DemoFiles
{
    private const int Width = 480;
    private const int Height = 320;

    /// <summary>A PNG of a vase before a coloured wall; the number selects the colours.</summary>
    public static byte[] Picture(int number)
    {
        var random = new Random(number);
        var (wall, vase) = (
            (R: random.Next(150, 235), G: random.Next(150, 235), B: random.Next(150, 235)),
            (R: random.Next(20, 140), G: random.Next(20, 140), B: random.Next(20, 140)));
        var rows = new byte[Height * ((Width * 3) + 1)];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var inVase = Math.Abs(x - (Width / 2)) < 40 + (50 * Math.Sin((y - 60) / 70.0)) && y is > 60 and < 280;
                var shade = inVase ? 1.2 - (Math.Abs(x - (Width / 2) + 20) / 140.0) : y > 262 ? 0.8 : 1 - (y / 1600.0);
                var at = (y * ((Width * 3) + 1)) + 1 + (x * 3);
                var (r, g, b) = inVase ? vase : wall;
                (rows[at], rows[at + 1], rows[at + 2]) = (Shaded(r), Shaded(g), Shaded(b));
                byte Shaded(int colour) => (byte)Math.Clamp(colour * shade, 0, 255);
            }
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9]) = (8, 2); // 8 bits per channel, RGB
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>A one-page PDF.</summary>
    public static byte[] Invoice(int number)
    {
        var lines = string.Create(
            CultureInfo.InvariantCulture,
            $"BT /F1 24 Tf 72 740 Td (Invoice {number}) Tj /F1 12 Tf 0 -40 Td (2 x Ceramic set, blue      84.00) Tj 0 -20 Td (Delivery      free) Tj ET");
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            string.Create(CultureInfo.InvariantCulture, $"<< /Length {lines.Length} >>\nstream\n{lines}\nendstream"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        var pdf = new StringBuilder("%PDF-1.4\n");
        var starts = new List<int>();
        foreach (var (index, content) in objects.Index())
        {
            starts.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{content}\nendobj\n");
        }

        var table = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        starts.ForEach(start => pdf.Append(CultureInfo.InvariantCulture, $"{start:d10} 00000 n \n"));
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(pdf.ToString());
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
