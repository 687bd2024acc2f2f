namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>
/// How much of a file is read at most. Every reader asks while it reads: what a file claims about itself (a dimension, a row's
/// number, an unpacked size) is never believed beforehand.
/// </summary>
internal sealed class ReadingBounds(TimeProvider time, CancellationToken cancellationToken)
{
    public const int MaxRows = 1_000_000;

    /// <summary>Rows by number, blank ones included: as many as a sheet of Excel has.</summary>
    public const int MaxRowNumber = 1_048_576;

    public const int MaxColumns = 200;

    /// <summary>Blank cells past the last filled one: as many as a sheet of Excel has columns.</summary>
    public const int MaxColumnNumber = 16_384;

    /// <summary>Characters of a cell; far past any field of a contact.</summary>
    public const int MaxCellLength = 100_000;

    /// <summary>Bytes of all parts of a workbook that are read, unpacked.</summary>
    public const long MaxUnpacked = 200L * 1024 * 1024;

    public static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(5);

    private readonly long _started = time.GetTimestamp();

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>To be called every few thousand characters, whether they make rows or not.</summary>
    public void Check()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (time.GetElapsedTime(_started) > MaxTime)
        {
            throw new UnreadableTableException(FileProblem.TooSlow);
        }
    }
}

/// <summary>The file is no use; its readers are lazy, so they say it in the middle of a row.</summary>
internal sealed class UnreadableTableException(FileProblem problem, int? line = null) : Exception(problem.ToString())
{
    public FileError Error { get; } = new(problem, line);
}
