using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WaCr.Web.Data;
using WaCr.Web.Features.Notifications.Push;

namespace WaCr.Web.Features.Users;

/// <param name="Device">User agent.</param>
/// <param name="IsThis">Whether it is the current session.</param>
public sealed record SessionItem(Guid Id, string Device, string Address, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, bool IsThis);

/// <summary>
/// Users' sessions: started by signing in, checked on each request, ended here. They belong to the account, so no workspace is involved.
/// </summary>
public sealed class SessionService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, SessionCache cache, TenantContext tenant,
    RequestOrigin origin, IOptions<IdentityOptions> identity, TimeProvider time)
{
    // How far the stored time of last use may lag behind.
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);

    public async Task<Guid> StartAsync(long userId, bool remember, CancellationToken cancellationToken)
    {
        var now = time.UtcNowInSeconds();
        var session = new UserSession
        {
            Id = Guid.NewGuid(),
            UserId = userId,
            Device = Cut(origin.Device, UserSession.DeviceMaxLength),
            Address = Cut(tenant.ClientAddress ?? "", UserSession.AddressMaxLength),
            CreatedAt = now,
            LastUsedAt = now,
            ExpiresAt = now + (remember ? UserSession.RememberedLifetime : UserSession.Lifetime),
        };
        await writer.WriteAsync<Done>(
            async db =>
            {
                db.UserSessions.Add(session);
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
        return session.Id;
    }

    /// <summary>False if the session ended or expired, a password or factor changed since, or the account is gone.</summary>
    public async Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        principal.SessionId() is { } id
        // The cache may be older than the cookie, which is issued anew after a change.
        && (IsOf(principal, cache.Find(id)) || IsOf(principal, await ReadAsync(id, cancellationToken)));

    /// <summary>Open sessions: the current one first, then by last use.</summary>
    public async Task<IReadOnlyList<SessionItem>> ListAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var (userId, own, now) = (principal.UserId(), principal.SessionId(), time.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sessions = await db.UserSessions.AsNoTracking()
            .Where(session => session.UserId == userId && session.ExpiresAt > now)
            .Select(session =>
                new SessionItem(session.Id, session.Device, session.Address, session.CreatedAt, session.LastUsedAt, session.Id == own))
            .ToListAsync(cancellationToken);
        return
        [
            .. sessions.OrderByDescending(session => session.IsThis)
                .ThenByDescending(session => session.LastUsedAt)
                .ThenBy(session => session.Id)
        ];
    }

    /// <summary>Ends one of the user's own sessions; ids of others have no effect.</summary>
    public async Task EndAsync(ClaimsPrincipal principal, Guid id, CancellationToken cancellationToken)
    {
        if (principal.UserId() is { } userId)
        {
            await EndAsync(userId, session => session.Id == id, cancellationToken);
        }
    }

    /// <summary>Ends all sessions after a change of sign-in methods, except the one that made it.</summary>
    internal Task EndAllAsync(long userId, Guid? except, CancellationToken cancellationToken) =>
        EndAsync(userId, session => session.Id != except, cancellationToken);

    /// <summary>Ends the sessions of a user without any workspace.</summary>
    internal async Task EndWithoutWorkspaceAsync(long userId, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            // Lifts the tenant filter: the question concerns all of the user's tenants.
            if (await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .AnyAsync(m => m.UserId == userId && m.IsActive, cancellationToken))
            {
                return;
            }
        }

        await EndAllAsync(userId, except: null, cancellationToken);
    }

    /// <summary>Records that the user gave a password or passkey again in this session.</summary>
    internal async Task ConfirmAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var (id, now) = (principal.SessionId(), time.GetUtcNow());
        await writer.WriteAsync<Done>(
            async db =>
            {
                await db.UserSessions.Where(session => session.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(session => session.ConfirmedAt, now));
                return default(Done);
            },
            cancellationToken);
    }

    /// <summary>
    /// Whether the user confirmed a moment ago. Required for changing sign-in methods, so that an unattended or stolen session cannot do
    /// it.
    /// </summary>
    public async Task<bool> IsConfirmedAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var (id, userId, since) = (principal.SessionId(), principal.UserId(), time.GetUtcNow() - UserSession.ConfirmationLifetime);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.UserSessions.AnyAsync(
            session => session.Id == id && session.UserId == userId && session.ConfirmedAt > since, cancellationToken);
    }

    private async Task EndAsync(
        long userId, System.Linq.Expressions.Expression<Func<UserSession, bool>> which, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await writer.WriteAsync<Done>(
            async db =>
            {
                var ending = db.UserSessions.Where(session => session.UserId == userId).Where(which);
                var ended = await ending.Where(session => session.ExpiresAt > now).Select(session => session.Id).ToListAsync();
                await ending.ExecuteDeleteAsync();
                await PushQueue.RemoveOfSessionsAsync(db, userId, ended);
                db.NoteChange(new Change(ChangeKind.Access, 0, userId)); // in any workspace
                return default(Done);
            },
            cancellationToken);
    }

    private bool IsOf(ClaimsPrincipal principal, SessionState? state) => state is not null
        && state.UserId == principal.UserId()
        && state.ExpiresAt > time.GetUtcNow()
        && state.Stamp == principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);

    private async Task<SessionState?> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        var generation = cache.Generation;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from session in db.UserSessions.AsNoTracking()
            join user in db.Users on session.UserId equals user.Id
            where session.Id == id
            select new { State = new SessionState(session.UserId, user.SecurityStamp, session.ExpiresAt), session.LastUsedAt })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        cache.Keep(id, found.State, generation);
        var now = time.UtcNowInSeconds();
        if (now - found.LastUsedAt >= UseInterval)
        {
            cache.Uses.Note(id, now);
        }

        return found.State;
    }

    private static string Cut(string text, int length)
    {
        var printable = string.Concat(text.Where(letter => letter is >= ' ' and <= '~'));
        return printable.Length <= length ? printable : printable[..length];
    }
}

/// <summary>Deletes expired sessions.</summary>
public sealed class SessionSweeper(IDatabaseWriter writer, TimeProvider time)
{
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await writer.WriteAsync<Done>(
            async db =>
            {
                await db.UserSessions.Where(session => session.ExpiresAt <= now).ExecuteDeleteAsync();
                return default(Done);
            },
            cancellationToken);
    }
}
