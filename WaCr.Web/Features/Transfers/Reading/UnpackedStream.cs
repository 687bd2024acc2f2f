namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>Reads what a part unpacks to, and refuses a part that unpacks to far more than a sheet would.</summary>
internal sealed class UnpackedStream(Stream source, long packed) : Stream
{
    // A genuine sheet of similar rows compresses about thirty-fold; small ones vary.
    private const int MaxRatio = 200;
    private const long AnyRatio = 16L * 1024 * 1024;

    private long _read;
    private long _allowed = XlsxPart.MaxNode; // the XML reader reads at once to detect the encoding

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public void Allow(int bytes) => _allowed = _read + bytes;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = source.Read(buffer);
        _read += read;
        if (_read > ReadingBounds.MaxUnpacked || (_read > AnyRatio && _read / MaxRatio > packed))
        {
            throw new UnreadableTableException(FileProblem.TooLargeUnpacked);
        }

        return _read <= _allowed ? read : throw new UnreadableTableException(FileProblem.Damaged);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
