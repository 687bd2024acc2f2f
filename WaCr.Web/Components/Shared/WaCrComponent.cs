using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;

namespace WaCr.Web.Components.Shared;

/// <summary>
/// Base of every page and component that calls a service. Disposal cancels its reads; a write takes <see cref="CancellationToken.None"/>
/// and is always finished.
/// </summary>
public abstract class WaCrComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Dictionary<string, NewestRead> _newest = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _owned = [];
    private bool _isPressed;
    private bool _isLeaving;

    protected WaCrComponent() => Lifetime = _lifetime.Token;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    protected ILogger Logger => field ??= Loggers.CreateLogger(GetType());

    /// <summary>Cancelled when the component is disposed.</summary>
    protected CancellationToken Lifetime { get; }

    /// <summary>Why there is nothing to show; for <see cref="ErrorNotice"/>.</summary>
    protected AppError? Error { get; set; }

    /// <summary>
    /// A read: cancelled with the component, and nothing after it runs then. An outage becomes an error, so that the page stays usable.
    /// </summary>
    protected Task<Result<T>> TryAsync<T>(Func<CancellationToken, Task<Result<T>>> read) =>
        Attempt.RunAsync(() => read(Lifetime), Logger, Lifetime);

    /// <summary>
    /// A read that is asked again before it is answered (a search, a list's filter, "Show more" pressed twice): the newest cancels the one
    /// before, for which this returns null.
    /// </summary>
    /// <param name="read">The read, with the token to give to the service.</param>
    /// <param name="kind">What is read: the calling method, unless several read the same.</param>
    protected Task<Result<T>?> TryNewestAsync<T>(Func<CancellationToken, Task<Result<T>>> read, [CallerMemberName] string kind = "")
    {
        if (!_newest.TryGetValue(kind, out var newest))
        {
            _newest[kind] = newest = new NewestRead(Logger);
        }

        return newest.RunAsync(read, Lifetime);
    }

    /// <summary>There is nothing to read of this kind any more.</summary>
    protected Task CancelNewestAsync(string kind) => _newest.GetValueOrDefault(kind)?.CancelAsync() ?? Task.CompletedTask;

    /// <summary>Disposes of it with the component, and at once if the component has gone while something was awaited.</summary>
    protected void Own(IDisposable part)
    {
        if (Lifetime.IsCancellationRequested)
        {
            part.Dispose();
        }
        else
        {
            _owned.Add(part);
        }
    }

    /// <summary>Renders this again when another user's page raises an event: by itself that would render in their language.</summary>
    protected Action RefreshHere()
    {
        var here = ExecutionContext.Capture()!;
        return () => ExecutionContext.Run(here, _ => _ = InvokeAsync(StateHasChanged), null);
    }

    /// <summary>A write: always finished, even if the user leaves the page.</summary>
    protected Task<Result<T>> TryAsync<T>(Func<Task<Result<T>>> write) => Attempt.RunAsync(write, Logger);

    /// <summary>Whether what a press asked for is still being done; its button is disabled then.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>
    /// Does what a press asks for, and nothing if that of an earlier press is still being done: a double click arrives twice before the
    /// browser hears that the button is disabled.
    /// </summary>
    protected Task OnceAsync(Func<Task> action) => RunOnceAsync(action, isShown: true);

    /// <summary><see cref="OnceAsync"/> for what asks in a dialog: the button stays enabled, so that the focus comes back to it.</summary>
    protected Task AskOnceAsync(Func<Task> action) => RunOnceAsync(action, isShown: false);

    /// <summary>To be called where a press leads to another page: no other counts until that is shown.</summary>
    protected void StayBusy() => _isLeaving = true;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Override to stop refreshes before reads are cancelled.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _owned.ForEach(part => part.Dispose());
            _lifetime.Cancel();
            _lifetime.Dispose();
        }
    }

    private async Task RunOnceAsync(Func<Task> action, bool isShown)
    {
        if (_isPressed || Lifetime.IsCancellationRequested)
        {
            return;
        }

        (_isPressed, IsBusy) = (true, isShown);
        StateHasChanged(); // the press may be one of a part, which then renders itself alone
        try
        {
            await action();
        }
        finally
        {
            (_isPressed, IsBusy) = (_isLeaving, _isLeaving);
            StateHasChanged();
        }
    }
}
