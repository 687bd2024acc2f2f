namespace WaCr.Web.Common;

public static class StreamCopies
{
    private const int Buffer = 81_920;

    /// <summary>Bytes copied; null if there are more than <paramref name="maximumBytes"/>.</summary>
    public static async Task<long?> CopyToAsync(this Stream source, Stream target, long maximumBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[Buffer];
        var total = 0L;
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            total += read;
            if (total > maximumBytes)
            {
                return null;
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return total;
    }
}
