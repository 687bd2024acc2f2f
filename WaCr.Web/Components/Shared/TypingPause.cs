namespace WaCr.Web.Components.Shared;

/// <summary>Does something once typing has stopped for a moment; typing on puts it off, and ends what is under way.</summary>
public sealed class TypingPause(TimeProvider time)
{
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(400);

    private CancellationTokenSource? _current;

    public async Task ThenAsync(Func<CancellationToken, Task> action)
    {
        Cancel();
        using var mine = new CancellationTokenSource();
        _current = mine;
        try
        {
            await Task.Delay(Length, time, mine.Token);
            await action(mine.Token);
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // Somebody typed on, or the form is gone.
        }
        finally
        {
            if (_current == mine)
            {
                _current = null;
            }
        }
    }

    public void Cancel()
    {
        _current?.Cancel();
        _current = null;
    }
}
