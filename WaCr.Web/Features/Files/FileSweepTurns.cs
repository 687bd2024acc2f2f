namespace WaCr.Web.Features.Files;

/// <summary>
/// What the hourly sweep of this process looks through: at its first turn everything, then a part each time, so that a large store is
/// looked through once a day. Not by the clock: a server that runs by day alone would never come to the parts of the night.
/// </summary>
public sealed class FileSweepTurns
{
    internal const int Parts = 24;

    /// <summary>Null for all of them.</summary>
    internal int? Part { get; private set; }

    /// <summary>Whether it is the turn of what is done once a day.</summary>
    internal bool IsFirst => Part is null or 0;

    /// <summary>Call when the part is done, or could not be.</summary>
    internal void Next() => Part = ((Part ?? 0) + 1) % Parts;
}
