namespace WaCr.Web.Components.Shared;

/// <summary>A read that may be asked again before it is answered: the newest cancels the one before.</summary>
public sealed class NewestRead(ILogger logger)
{
    private CancellationTokenSource? _current;

    /// <summary>Returns null if a newer one was asked meanwhile.</summary>
    /// <param name="read">The read, with the token to give to the service.</param>
    /// <param name="ended">Cancelled when the page closes, which is thrown.</param>
    public async Task<Result<T>?> RunAsync<T>(Func<CancellationToken, Task<Result<T>>> read, CancellationToken ended)
    {
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var before = _current;
        _current = mine;
        try
        {
            await (before?.CancelAsync() ?? Task.CompletedTask);
            return await Attempt.RunAsync(() => read(mine.Token), logger, mine.Token);
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested && !ended.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (_current == mine)
            {
                _current = null;
            }
        }
    }

    /// <summary>There is nothing to read any more: the one before is answered with null.</summary>
    public Task CancelAsync() => _current?.CancelAsync() ?? Task.CompletedTask;
}
