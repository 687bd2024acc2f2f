namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>
/// Limits for reading a file. Readers check them while reading and never trust what the file claims (dimensions, row numbers, unpacked
/// size).
/// </summary>
internal sealed class ReadingBounds(TimeProvider time, CancellationToken cancellationToken)
{
    public const int MaxRows = 1_000_000;

    /// <summary>Rows including blank ones: the size of an Excel sheet.</summary>
    public const int MaxRowNumber = 1_048_576;

    public const int MaxColumns = 200;

    /// <summary>Columns including blank ones: the size of an Excel sheet.</summary>
    public const int MaxColumnNumber = 16_384;

    /// <summary>Characters per cell; far more than any contact field.</summary>
    public const int MaxCellLength = 100_000;

    /// <summary>Bytes of a workbook, unpacked.</summary>
    public const long MaxUnpacked = 200L * 1024 * 1024;

    public static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(5);

    private readonly long _started = time.GetTimestamp();

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Call this every few thousand characters, even if they make no rows.</summary>
    public void Check()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (time.GetElapsedTime(_started) > MaxTime)
        {
            throw new UnreadableTableException(FileProblem.TooSlow);
        }
    }
}

/// <summary>The file cannot be used. An exception, because lazy readers discover it in the middle of a row.</summary>
internal sealed class UnreadableTableException(FileProblem problem, int? line = null) : Exception(problem.ToString())
{
    public FileError Error { get; } = new(problem, line);
}
