using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Components.Account;

/// <summary>
/// A circuit outlives its request, so it rechecks the session and the user's permissions: on each change and twice a minute. If access was
/// revoked, the scope is emptied before the page is told, and the connection ends whether or not the browser goes to the sign-in page.
/// </summary>
public sealed partial class SessionRevalidation : RevalidatingServerAuthenticationStateProvider
{
    private readonly IServiceScopeFactory _scopes;
    private readonly WorkspaceSession _workspace;
    private readonly TenantContext _scope;
    private readonly ChangeFeed _changes;
    private readonly CircuitConnections _connections;
    private readonly ILogger<SessionRevalidation> _logger;
    private readonly CancellationTokenSource _disposed = new();
    private IDisposable[] _subscriptions = [];

    public SessionRevalidation(
        ILoggerFactory loggers, IServiceScopeFactory scopes, WorkspaceSession workspace, TenantContext tenant, ChangeFeed changes,
        CircuitConnections connections)
        : base(loggers)
    {
        (_scopes, _workspace, _scope, _changes, _connections) = (scopes, workspace, tenant, changes, connections);
        _logger = loggers.CreateLogger<SessionRevalidation>();
    }

    /// <summary>Time between checks: the longest that an open page outlives revoked access if no change was published.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    protected override TimeSpan RevalidationInterval => Interval;

    /// <summary>For circuits only: a page rendered in a request is finished before any change.</summary>
    public void Follow(ClaimsPrincipal user)
    {
        if (user.UserId() is { } userId && user.ChosenTenantId() is { } tenantId && _subscriptions.Length == 0)
        {
            void Ask() => _ = Task.Run(() => AskNowAsync(user));
            _subscriptions = [_changes.Subscribe(ChangeKind.Access, tenantId, userId, Ask)];
        }
    }

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var user = authenticationState.User;
        var isGood = false;
        try
        {
            await using var fresh = _scopes.CreateAsyncScope();
            var sessions = fresh.ServiceProvider.GetRequiredService<SessionService>();
            isGood = await sessions.IsCurrentAsync(user, cancellationToken)
                && await _workspace.EnterAsync(user, cancellationToken) == WorkspaceEntry.Entered;
            return isGood;
        }
        finally
        {
            // If the check fails, access ends too; the page reloads once the database answers.
            if (!isGood && !cancellationToken.IsCancellationRequested)
            {
                _scope.Leave();
                _connections.EndSoon(user);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var subscription in _subscriptions)
            {
                subscription.Dispose();
            }

            _disposed.Cancel();
            _disposed.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task AskNowAsync(ClaimsPrincipal user)
    {
        try
        {
            if (!_disposed.IsCancellationRequested
                && !await ValidateAuthenticationStateAsync(new AuthenticationState(user), _disposed.Token))
            {
                End();
            }
        }
        catch (Exception) when (_disposed.IsCancellationRequested)
        {
            // The page was closed.
        }
#pragma warning disable CA1031 // Whatever the reason, a page that cannot ask is closed.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.NotAsked(_logger, failure);
            End();
        }
    }

    private void End() => SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));

    private static partial class Log
    {
        [LoggerMessage(EventId = 5410, Level = LogLevel.Warning,
            Message = "Could not check the session of an open page; the page is closed.")]
        public static partial void NotAsked(ILogger logger, Exception failure);
    }
}
