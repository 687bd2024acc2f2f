using System.Text;

namespace WaCr.Web.Features.Transfers;

public enum TableKind
{
    Csv = 0,
    Xlsx = 1,
    VCard = 2,
}

/// <summary>How a file was parsed; the user can override each guess.</summary>
public sealed record FileReading
{
    public required TableKind Kind { get; init; }

    /// <summary>Web name of a text file's encoding; null for a workbook.</summary>
    public string? Encoding { get; init; }

    /// <summary>CSV files only.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The selected one of <see cref="Sheets"/>.</summary>
    public string? Sheet { get; init; }

    /// <summary>Visible sheets of a workbook.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];

    /// <summary>Line of the column names; 0 if there is none.</summary>
    public required int HeaderLine { get; init; }

    /// <summary>The first lines, including the header, with values shortened for display.</summary>
    public IReadOnlyList<TableRow> Top { get; init; } = [];

    /// <summary>Number of rows with bytes that are invalid in this encoding.</summary>
    public int DoubtfulRows { get; init; }

    /// <summary>For display: <c>CSV, UTF-8, ;</c>.</summary>
    public override string ToString() => Kind switch
    {
        TableKind.Csv => $"CSV, {Encoding!.ToUpperInvariant()}, {(Delimiter == '\t' ? "Tab" : Delimiter)}",
        TableKind.VCard => $"vCard, {Encoding!.ToUpperInvariant()}",
        _ => "XLSX",
    };
}

/// <summary>The user's choices; null keeps a guess.</summary>
public sealed record ReadingChoice(string? Encoding = null, char? Delimiter = null, string? Sheet = null, int? HeaderLine = null)
{
    /// <summary>Selectable encodings by web name.</summary>
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
