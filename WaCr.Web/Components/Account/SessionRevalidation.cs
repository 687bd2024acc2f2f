using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;

namespace WaCr.Web.Components.Account;

/// <summary>A circuit outlives its request, so it asks again: is the session still good, and what may the person do now?</summary>
public sealed class SessionRevalidation(ILoggerFactory loggers, IServiceScopeFactory scopes, WorkspaceDoor door)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <summary>Time between two questions: how long an open page may outlive its person's access, at most.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    protected override TimeSpan RevalidationInterval => Interval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var user = authenticationState.User;

        // A scope of its own: Identity keeps the account it once loaded, and the stamp must be the stored one.
        await using var fresh = scopes.CreateAsyncScope();
        var sessions = fresh.ServiceProvider.GetRequiredService<SignInService>();
        return await sessions.IsCurrentAsync(user) && await door.EnterAsync(user, cancellationToken) == WorkspaceEntry.Entered;
    }
}
