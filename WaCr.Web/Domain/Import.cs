namespace WaCr.Web.Domain;

public enum ImportState
{
    /// <summary>The file is being parsed. An import that stays in this state was interrupted and is deleted.</summary>
    Reading = 0,

    /// <summary>Its rows are stored; no contact is changed yet.</summary>
    Ready = 1,

    /// <summary>Its job was started; <see cref="Import.JobId"/> has the progress.</summary>
    Started = 2,
}

/// <summary>An uploaded file of contacts, and the results of its rows. A <see cref="BulkJob"/> does the work.</summary>
public sealed class Import : ITenantOwned
{
    public const int FileNameMaxLength = 255;
    public const int FormatMaxLength = 40;

    /// <summary>How long a file that is not started is kept.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromDays(7);

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string FileName { get; set; } = "";
    public long Bytes { get; set; }

    /// <summary>The detected format: <c>CSV, UTF-8, ;</c>.</summary>
    public string Format { get; set; } = "";

    public ImportState State { get; set; }

    /// <summary>JSON: the names of the columns.</summary>
    public string Headers { get; set; } = "[]";

    /// <summary>JSON: the detected options, and the file's first lines.</summary>
    public string? Reading { get; set; }

    /// <summary>JSON: the column mapping, and how to treat existing contacts.</summary>
    public string? Settings { get; set; }

    /// <summary>JSON: remarks on imported rows, with counts; it names nobody.</summary>
    public string? Notes { get; set; }

    public int Rows { get; set; }
    public int Chunks { get; set; }

    public int Created { get; set; }
    public int Updated { get; set; }
    public int Unchanged { get; set; }
    public int Skipped { get; set; }
    public int Failed { get; set; }

    public long? JobId { get; set; }
    public string ActorName { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A part of the original file, kept until the import starts, so that it can be parsed with other options.</summary>
public sealed class ImportFilePart : ITenantOwned
{
    public long TenantId { get; set; }
    public long ImportId { get; set; }
    public int Number { get; set; }

    /// <summary>Compressed.</summary>
    public byte[] Bytes { get; set; } = [];
}

/// <summary>Some rows of the file. Once done, only the failed ones are kept.</summary>
public sealed class ImportChunk : ITenantOwned
{
    public long TenantId { get; set; }
    public long ImportId { get; set; }
    public int Number { get; set; }

    /// <summary>JSON, compressed; null once done.</summary>
    public byte[]? Rows { get; set; }

    /// <summary>JSON, compressed: the failed rows with reasons; null if there are none.</summary>
    public byte[]? Failed { get; set; }
}
