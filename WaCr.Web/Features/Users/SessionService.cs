using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Users;

/// <param name="Device">What the browser said about itself.</param>
/// <param name="IsThis">The one that asks.</param>
public sealed record SessionItem(Guid Id, string Device, string Address, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, bool IsThis);

/// <summary>Sessions of people: begun by signing in, looked at with each request, ended here. About the account, so no workspace comes into it.</summary>
public sealed class SessionService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, SessionCache cache, TenantContext tenant,
    RequestOrigin origin, IOptions<IdentityOptions> identity, TimeProvider time)
{
    // How much a stored time of last use may lag behind.
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

    /// <summary>False once it ended or ran out, the password or a factor changed since, or the account is gone.</summary>
    public async Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        principal.SessionId() is { } id
        // What is kept may be older than the cookie, which this or another replica issued anew after a change.
        && (IsOf(principal, cache.Find(id)) || IsOf(principal, await ReadAsync(id, cancellationToken)));

    /// <summary>Those that are open, this one first, then by last use.</summary>
    public async Task<IReadOnlyList<SessionItem>> ListAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var (userId, own, now) = (principal.UserId(), principal.SessionId(), time.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sessions = await db.UserSessions.AsNoTracking()
            .Where(session => session.UserId == userId && session.ExpiresAt > now)
            .Select(session => new SessionItem(session.Id, session.Device, session.Address, session.CreatedAt, session.LastUsedAt, session.Id == own))
            .ToListAsync(cancellationToken);
        return [.. sessions.OrderByDescending(session => session.IsThis).ThenByDescending(session => session.LastUsedAt).ThenBy(session => session.Id)];
    }

    /// <summary>One of the person's own; anybody else's is not there.</summary>
    public async Task EndAsync(ClaimsPrincipal principal, Guid id, CancellationToken cancellationToken)
    {
        if (principal.UserId() is { } userId)
        {
            await EndAsync(userId, session => session.Id == id, cancellationToken);
        }
    }

    /// <summary>After a change of how the account is signed in to. What was begun before it ends, save the one that made the change.</summary>
    internal Task EndAllAsync(long userId, Guid? except, CancellationToken cancellationToken) =>
        EndAsync(userId, session => session.Id != except, cancellationToken);

    /// <summary>Whoever is in no workspace any more has nothing to be signed in for; back again, they sign in again.</summary>
    internal async Task EndWithoutWorkspaceAsync(long userId, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            // The filter is lifted since the question is about all of the person's tenants.
            if (await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter]).AnyAsync(m => m.UserId == userId && m.IsActive, cancellationToken))
            {
                return;
            }
        }

        await EndAllAsync(userId, except: null, cancellationToken);
    }

    /// <summary>The person gave the password or a passkey once more in this session.</summary>
    internal async Task ConfirmAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var (id, now) = (principal.SessionId(), time.GetUtcNow());
        await writer.WriteAsync<Done>(
            async db =>
            {
                await db.UserSessions.Where(session => session.Id == id).ExecuteUpdateAsync(set => set.SetProperty(session => session.ConfirmedAt, now));
                return default(Done);
            },
            cancellationToken);
    }

    /// <summary>Whether they did so a moment ago. A session alone, left open or stolen, changes nothing about how to sign in.</summary>
    public async Task<bool> IsConfirmedAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var (id, userId, since) = (principal.SessionId(), principal.UserId(), time.GetUtcNow() - UserSession.ConfirmationLifetime);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.UserSessions.AnyAsync(session => session.Id == id && session.UserId == userId && session.ConfirmedAt > since, cancellationToken);
    }

    private async Task EndAsync(
        long userId, System.Linq.Expressions.Expression<Func<UserSession, bool>> which, CancellationToken cancellationToken)
    {
        await writer.WriteAsync<Done>(
            async db =>
            {
                await db.UserSessions.Where(session => session.UserId == userId).Where(which).ExecuteDeleteAsync();
                db.NoteChange(new Change(ChangeKind.Access, 0, userId)); // in whatever workspace
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

/// <summary>Rows of sessions that ran out.</summary>
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
