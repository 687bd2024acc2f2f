using System.Text;

namespace WaCr.Web.Features.Transfers;

public enum TableKind
{
    Csv = 0,
    Xlsx = 1,
    VCard = 2,
}

/// <summary>How a file was understood; whatever was guessed can be chosen otherwise.</summary>
public sealed record FileReading
{
    public required TableKind Kind { get; init; }

    /// <summary>Of a text file, by its web name; null of a workbook.</summary>
    public string? Encoding { get; init; }

    /// <summary>Of a CSV file.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The chosen one of <see cref="Sheets"/>.</summary>
    public string? Sheet { get; init; }

    /// <summary>The visible sheets of a workbook.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];

    /// <summary>The line that names the columns; 0 where none does.</summary>
    public required int HeaderLine { get; init; }

    /// <summary>The first lines, the header among them, each cut to what is shown.</summary>
    public IReadOnlyList<TableRow> Top { get; init; } = [];

    /// <summary>How many rows have bytes that are no letters in this encoding.</summary>
    public int DoubtfulRows { get; init; }

    /// <summary>As people know it: <c>CSV, UTF-8, ;</c>.</summary>
    public override string ToString() => Kind switch
    {
        TableKind.Csv => $"CSV, {Encoding!.ToUpperInvariant()}, {(Delimiter == '\t' ? "Tab" : Delimiter)}",
        TableKind.VCard => $"vCard, {Encoding!.ToUpperInvariant()}",
        _ => "XLSX",
    };
}

/// <summary>What a person chose otherwise than it was guessed; null stays a guess.</summary>
public sealed record ReadingChoice(string? Encoding = null, char? Delimiter = null, string? Sheet = null, int? HeaderLine = null)
{
    /// <summary>Encodings that can be chosen, by their web names.</summary>
    public static readonly IReadOnlyList<string> Encodings =
    [
        "utf-8", "utf-16", "utf-16BE", "windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255",
        "windows-1256",
        "windows-1257", "windows-1258", "windows-874", "iso-8859-15", "iso-8859-5", "koi8-r", "koi8-u", "cp866", "ibm850", "macintosh",
        "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "utf-32",
    ];

    public static readonly IReadOnlyList<char> Delimiters = [',', ';', '\t', '|'];

    internal static Encoding EncodingOf(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(name) ?? System.Text.Encoding.GetEncoding(name);
}
