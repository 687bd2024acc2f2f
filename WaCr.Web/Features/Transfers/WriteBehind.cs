namespace WaCr.Web.Features.Transfers;

/// <summary>
/// Buffers a ZIP archive's output until it is flushed asynchronously: archives write some bytes synchronously, which a web server's
/// response rejects.
/// </summary>
internal sealed class WriteBehind(Stream target) : Stream
{
    private const int Enough = 32_768;

    private readonly MemoryStream _waiting = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public Task FlushWhenFullAsync() => _waiting.Length >= Enough ? FlushBufferAsync() : Task.CompletedTask;

    public async Task FlushBufferAsync()
    {
        _waiting.Position = 0;
        await _waiting.CopyToAsync(target);
        _waiting.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _waiting.Write(buffer);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
