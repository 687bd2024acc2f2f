namespace WaCr.Web.Features.Transfers;

/// <summary>A file as it is sent to be imported.</summary>
internal static class ImportFile
{
    private static readonly TimeSpan MaxSending = TimeSpan.FromMinutes(15);

    /// <summary>Copies what is sent; an error if it is too large or takes too long.</summary>
    public static async Task<FileError?> ReceiveAsync(Stream body, Stream file, TimeProvider time, CancellationToken cancellationToken)
    {
        using var inTime = new CancellationTokenSource(MaxSending, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inTime.Token, cancellationToken);
        try
        {
            return await CopyAsync(body, file, either.Token) ? null : new FileError(FileProblem.TooLarge);
        }
        catch (OperationCanceledException) when (inTime.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new FileError(FileProblem.TooSlow);
        }
    }

    // Stops when the limit is exceeded, whatever length was announced.
    private static async Task<bool> CopyAsync(Stream body, Stream file, CancellationToken cancellationToken)
    {
        var buffer = new byte[65_536];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (file.Length + read > ImportUpload.MaxFileBytes)
            {
                return false;
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return true;
    }

    /// <summary>For display only; never used as a path.</summary>
    public static string NameOf(string fileName)
    {
        var name = string.Concat(
            Path.GetFileName(fileName.Replace('\\', '/')).Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))).Trim();
        return name.Length == 0 ? "contacts" : name[..Math.Min(name.Length, Import.FileNameMaxLength)];
    }
}
