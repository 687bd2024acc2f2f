using Microsoft.AspNetCore.Components;
using WaCr.Web.Common;

namespace WaCr.Web.Components.Shared;

/// <summary>
/// Base of every page and component that calls a service. Disposal cancels its reads; a write takes <see cref="CancellationToken.None"/>
/// and is always finished.
/// </summary>
public abstract class WaCrComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _lifetime = new();

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

    /// <summary>A write: always finished, even if the user leaves the page.</summary>
    protected Task<Result<T>> TryAsync<T>(Func<Task<Result<T>>> write) => Attempt.RunAsync(write, Logger);

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
            _lifetime.Cancel();
            _lifetime.Dispose();
        }
    }
}
