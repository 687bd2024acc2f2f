using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Downloads;

namespace WaCr.Web.Features.Notifications.Push;

/// <param name="Device">User agent.</param>
/// <param name="IsSignedIn">Nothing is sent to a browser in which the user is signed out.</param>
public sealed record PushDevice(long Id, string Device, DateTimeOffset CreatedAt, bool IsSignedIn, string EndpointHash);

/// <summary>What the browser gave: its address at its push service, and its keys in Base64Url.</summary>
public sealed record NewPushSubscription(string Endpoint, string P256dh, string Auth);

/// <summary>The current user's browsers that get pushes of this workspace; nobody else can see or change them.</summary>
public sealed class PushSubscriptions(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, PushKeys keys, RemotePosts posts,
    TimeProvider time)
{
    public const string Field = "endpoint";

    private long UserId => tenant.Actor is { Kind: ActorKind.User, Id: { } id } ? id : 0;

    public static string HashOf(string endpoint) =>
        System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(endpoint)));

    /// <summary>The server's public key, for which browsers are subscribed; Base64Url.</summary>
    public async Task<Result<string>> GetKeyAsync(CancellationToken cancellationToken) =>
        (await keys.GetAsync(cancellationToken)).PublicKey;

    /// <summary>Newest first.</summary>
    public async Task<Result<IReadOnlyList<PushDevice>>> ListAsync(CancellationToken cancellationToken)
    {
        var (me, now) = (UserId, time.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.PushSubscriptions.AsNoTracking().Where(s => s.UserId == me).OrderByDescending(s => s.Id)
            .Select(s => new PushDevice(
                s.Id, s.Device, s.CreatedAt, db.UserSessions.Any(session => session.Id == s.SessionId && session.ExpiresAt > now),
                s.EndpointHash))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Subscribes the browser, in place of whoever used it before.</summary>
    /// <param name="target">What the browser gave.</param>
    /// <param name="sessionId">The session in that browser.</param>
    /// <param name="cancellationToken">Of the page; the write itself is always finished.</param>
    public async Task<Result<Done>> SubscribeAsync(NewPushSubscription target, Guid sessionId, CancellationToken cancellationToken)
    {
        if (!RemotePushes.AreKeys(target.P256dh, target.Auth))
        {
            return new ValidationError(Field, RemotePosts.NotPublic);
        }

        var found = await posts.CheckAsync(Field, target.Endpoint, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var (me, hash) = (UserId, HashOf(target.Endpoint));
        return await writer.WriteAsync<Done>(
            async db =>
            {
                if (await FindSessionAsync(db, me, sessionId) is not { } device)
                {
                    return new ValidationError(Field, RemotePosts.NotPublic); // the session has ended
                }

                await db.LockCountAsync(nameof(db.PushSubscriptions), me);
                await Everywhere(db, hash).Where(s => s.UserId != me || s.TenantId == tenant.TenantId).ExecuteDeleteAsync();
                var over = await db.PushSubscriptions.Where(s => s.UserId == me).OrderByDescending(s => s.Id)
                    .Skip(PushSubscription.MaxPerUser - 1).Select(s => s.Id).ToListAsync();
                await db.PushSubscriptions.Where(s => over.Contains(s.Id)).ExecuteDeleteAsync();
                db.PushSubscriptions.Add(new PushSubscription
                {
                    UserId = me,
                    SessionId = sessionId,
                    Endpoint = target.Endpoint,
                    EndpointHash = hash,
                    P256dh = target.P256dh,
                    Auth = target.Auth,
                    Device = device,
                });
                await db.SaveChangesAsync();
                return default(Done);
            },
            CancellationToken.None);
    }

    /// <summary>
    /// A page of this session is open in that browser: where the user had subscribed it, it goes on after a new sign-in, in every workspace;
    /// what somebody else had subscribed ends. Returns whether it is subscribed in this workspace.
    /// </summary>
    public async Task<Result<bool>> RenewAsync(string endpoint, Guid sessionId, CancellationToken cancellationToken)
    {
        var (me, hash) = (UserId, HashOf(endpoint));
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var known = await Everywhere(db, hash).Select(s => new { s.TenantId, s.UserId, s.SessionId }).ToListAsync(cancellationToken);
            if (known.TrueForAll(s => s.UserId == me && s.SessionId == sessionId))
            {
                return known.Exists(s => s.TenantId == tenant.TenantId);
            }
        }

        return await writer.WriteAsync<bool>(
            async db =>
            {
                if (await FindSessionAsync(db, me, sessionId) is null)
                {
                    return false;
                }

                await Everywhere(db, hash).Where(s => s.UserId != me).ExecuteDeleteAsync();
                await Everywhere(db, hash).ExecuteUpdateAsync(set => set.SetProperty(s => s.SessionId, sessionId));
                return await db.PushSubscriptions.AnyAsync(s => s.EndpointHash == hash);
            },
            CancellationToken.None);
    }

    /// <summary>
    /// Ends the pushes of this workspace. Returns whether the browser gets those of no other either, so that it may give up its address: it
    /// has one for all.
    /// </summary>
    public Task<Result<bool>> RemoveAsync(long id, CancellationToken cancellationToken)
    {
        var me = UserId;
        return writer.WriteAsync<bool>(
            async db =>
            {
                var own = db.PushSubscriptions.Where(s => s.Id == id && s.UserId == me);
                if (await own.Select(s => s.EndpointHash).SingleOrDefaultAsync() is not { } hash)
                {
                    return false;
                }

                await own.ExecuteDeleteAsync();
                return !await Everywhere(db, hash).AnyAsync();
            },
            cancellationToken);
    }

    /// <summary>Sends a test to all of the user's browsers, whatever the hour. Returns to how many.</summary>
    public Task<Result<int>> SendTestAsync(CancellationToken cancellationToken)
    {
        var (me, now) = (UserId, time.GetUtcNow());
        return writer.WriteAsync<int>(
            async db =>
            {
                var ids = await db.PushSubscriptions
                    .Where(s => s.UserId == me && !db.PushMessages.Any(m => m.SubscriptionId == s.Id && m.Kind == null))
                    .Select(s => s.Id).ToListAsync();
                db.PushMessages.AddRange(ids.Select(id => new PushMessage { SubscriptionId = id, CreatedAt = now, DueAt = now }));
                await db.SaveChangesAsync();
                return ids.Count;
            },
            cancellationToken);
    }

    // Lifts the tenant filter: a browser shows what is told to whoever uses it now, in any workspace.
    private static IQueryable<PushSubscription> Everywhere(AppDbContext db, string hash) =>
        db.PushSubscriptions.IgnoreQueryFilters([AppDbContext.TenantFilter]).Where(s => s.EndpointHash == hash);

    // The User-Agent of the user's own session; null if it has ended.
    private Task<string?> FindSessionAsync(AppDbContext db, long userId, Guid sessionId)
    {
        var now = time.GetUtcNow();
        return db.UserSessions.Where(session => session.Id == sessionId && session.UserId == userId && session.ExpiresAt > now)
            .Select(session => (string?)session.Device).SingleOrDefaultAsync();
    }
}
