namespace WaCr.Web.Components.Shared;

/// <summary>Runs an action once typing pauses; further typing postpones it and cancels a running one.</summary>
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
            // Typing went on, or the form was closed.
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
