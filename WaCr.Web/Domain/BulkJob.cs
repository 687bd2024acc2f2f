using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

public enum BulkKind
{
    Update = 0,
    Delete = 1,

    /// <summary>Takes back what another job did.</summary>
    Undo = 2,

    /// <summary>Brings the rows of an <see cref="Domain.Import"/> in; its chunks stand beside the import's.</summary>
    Import = 3,
}

public enum BulkState
{
    Running = 0,
    Done = 1,
    Cancelled = 2,

    /// <summary>Stopped half-way: <see cref="BulkJob.StoppedBecause"/>.</summary>
    Stopped = 3,
}

public enum BulkStop
{
    /// <summary>Who started it may not do this any more.</summary>
    NotAllowed = 0,

    /// <summary>A status, source, group or person that it sets is gone.</summary>
    ChoiceGone = 1,
}

/// <summary>One change of many contacts. It advances chunk by chunk, each in a transaction of its own that also says how far it is.</summary>
public sealed class BulkJob : ILeased
{
    public static readonly TimeSpan UndoableFor = TimeSpan.FromMinutes(10);

    /// <summary>Longer: what is wrong with a file shows when somebody works with it.</summary>
    public static readonly TimeSpan ImportUndoableFor = TimeSpan.FromDays(1);

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public long Id { get; set; }
    public long TenantId { get; set; }
    public BulkKind Kind { get; set; }

    /// <summary>JSON: what it sets.</summary>
    public string Action { get; set; } = "{}";

    /// <summary>The job that this one takes back; one can be taken back once.</summary>
    public long? UndoneId { get; set; }

    public ActorKind ActorKind { get; set; }
    public long? ActorId { get; set; }
    public string ActorName { get; set; } = "";
    public BulkState State { get; set; }
    public BulkStop? StoppedBecause { get; set; }

    /// <summary>How many chunks there are, and how many of them are behind it.</summary>
    public int Chunks { get; set; }

    public int ChunksDone { get; set; }

    /// <summary>In contacts, as are the next three.</summary>
    public int Total { get; set; }

    public int Changed { get; set; }
    public int Unchanged { get; set; }
    public int Failed { get; set; }

    /// <summary>JSON: the reasons of those that failed.</summary>
    public string Failures { get; set; } = "[]";

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    public DateTimeOffset? DueAt { get; set; }
    public Guid? LeaseOwner { get; set; }
    public int Attempts { get; set; }
}

/// <summary>Some of a job's contacts, and once they are done what it takes to undo them.</summary>
public sealed class BulkChunk : ITenantOwned
{
    public long TenantId { get; set; }
    public long JobId { get; set; }
    public int Number { get; set; }

    /// <summary>JSON.</summary>
    public string ContactIds { get; set; } = "[]";

    /// <summary>JSON; null while it is not done.</summary>
    public string? Before { get; set; }
}
