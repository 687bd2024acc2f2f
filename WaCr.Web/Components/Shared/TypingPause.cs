namespace WaCr.Web.Components.Shared;

/// <summary>Runs an action once typing pauses; further typing postpones it and cancels a running one.</summary>
public sealed class TypingPause(TimeProvider time)
{
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(300);

    private CancellationTokenSource? _current;

    /// <summary>Typing has not paused yet.</summary>
    public bool IsWaiting { get; private set; }

    public async Task ThenAsync(Func<CancellationToken, Task> action)
    {
        Cancel();
        using var mine = new CancellationTokenSource();
        (_current, IsWaiting) = (mine, true);
        try
        {
            await Task.Delay(Length, time, mine.Token);
            IsWaiting = false;
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
        (_current, IsWaiting) = (null, false);
    }
}
