namespace WaCr.Web.Domain;

public enum BulkKind
{
    Update = 0,
    Delete = 1,

    /// <summary>Undoes another job.</summary>
    Undo = 2,

    /// <summary>Imports the rows of an <see cref="Domain.Import"/>; its chunks are next to the import's.</summary>
    Import = 3,
}

public enum BulkState
{
    Running = 0,
    Done = 1,
    Cancelled = 2,

    /// <summary>Stopped before the end: <see cref="BulkJob.StoppedBecause"/>.</summary>
    Stopped = 3,
}

public enum BulkStop
{
    /// <summary>The user who started it no longer has the permission.</summary>
    NotAllowed = 0,

    /// <summary>A status, source, group or user that it sets was deleted.</summary>
    ChoiceGone = 1,
}

/// <summary>One change of many contacts. It runs chunk by chunk, each in its own transaction that also records the progress.</summary>
public sealed class BulkJob : ILeased
{
    public static readonly TimeSpan UndoableFor = TimeSpan.FromMinutes(10);

    /// <summary>Longer than for other jobs, since errors in a file show up only in use.</summary>
    public static readonly TimeSpan ImportUndoableFor = TimeSpan.FromDays(1);

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public long Id { get; set; }
    public long TenantId { get; set; }
    public BulkKind Kind { get; set; }

    /// <summary>JSON: the values that it sets.</summary>
    public string Action { get; set; } = "{}";

    /// <summary>The job that this one undoes; a job can be undone once.</summary>
    public long? UndoneId { get; set; }

    public ActorKind ActorKind { get; set; }
    public long? ActorId { get; set; }
    public string ActorName { get; set; } = "";
    public BulkState State { get; set; }
    public BulkStop? StoppedBecause { get; set; }

    /// <summary>Number of chunks; next, how many are done.</summary>
    public int Chunks { get; set; }

    public int ChunksDone { get; set; }

    /// <summary>Counted in contacts, as are the next three.</summary>
    public int Total { get; set; }

    public int Changed { get; set; }
    public int Unchanged { get; set; }
    public int Failed { get; set; }

    /// <summary>JSON: why contacts failed.</summary>
    public string Failures { get; set; } = "[]";

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    public DateTimeOffset? DueAt { get; set; }
    public Guid? LeaseOwner { get; set; }
    public int Attempts { get; set; }
}

/// <summary>Some of a job's contacts, and once done, what it takes to undo them.</summary>
public sealed class BulkChunk : ITenantOwned
{
    public long TenantId { get; set; }
    public long JobId { get; set; }
    public int Number { get; set; }

    /// <summary>JSON.</summary>
    public string ContactIds { get; set; } = "[]";

    /// <summary>JSON: the values before; null until the chunk is done.</summary>
    public string? Before { get; set; }
}
