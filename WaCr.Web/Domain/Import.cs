using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

public enum ImportState
{
    /// <summary>The file is being taken apart. One that stays so was broken off, and is swept.</summary>
    Reading = 0,

    /// <summary>Its rows are here; nothing was done with them yet.</summary>
    Ready = 1,

    /// <summary>Its job was started: <see cref="Import.JobId"/> says how far it is.</summary>
    Started = 2,
}

/// <summary>An uploaded file of contacts, and what became of its rows. The work is a <see cref="BulkJob"/>.</summary>
public sealed class Import : ITenantOwned
{
    public const int FileNameMaxLength = 255;
    public const int FormatMaxLength = 40;

    /// <summary>How long a file that nobody started waits.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromDays(7);

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string FileName { get; set; } = "";
    public long Bytes { get; set; }

    /// <summary>As it was read: <c>CSV, UTF-8, ;</c>.</summary>
    public string Format { get; set; } = "";

    public ImportState State { get; set; }

    /// <summary>JSON: the names of the columns.</summary>
    public string Headers { get; set; } = "[]";

    /// <summary>JSON: how the file was understood, and its first lines.</summary>
    public string? Reading { get; set; }

    /// <summary>JSON: which column is what, and what to do with whom.</summary>
    public string? Settings { get; set; }

    /// <summary>JSON: what to know of rows that came in, with how many there are; it names nobody.</summary>
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

/// <summary>A piece of the file itself, kept until it is started: it may be read in another way.</summary>
public sealed class ImportFilePart : ITenantOwned
{
    public long TenantId { get; set; }
    public long ImportId { get; set; }
    public int Number { get; set; }

    /// <summary>Compressed.</summary>
    public byte[] Bytes { get; set; } = [];
}

/// <summary>Some rows of the file. Once they are done only those that failed are kept.</summary>
public sealed class ImportChunk : ITenantOwned
{
    public long TenantId { get; set; }
    public long ImportId { get; set; }
    public int Number { get; set; }

    /// <summary>JSON, compressed; null when they are done.</summary>
    public byte[]? Rows { get; set; }

    /// <summary>JSON, compressed: the rows that failed, with reasons. Null while there are none.</summary>
    public byte[]? Failed { get; set; }
}
