using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Idempotency;

/// <summary>
/// Stores which request a token's idempotency key belongs to, and its answer. <see cref="OnceWriter"/> records what the request changed, in
/// the same transaction as the change.
/// </summary>
public sealed class IdempotencyLedger(IDatabaseWriter writer, TenantContext tenant, IdempotencyBudget budget, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    // Longer than any request takes. Afterwards the process counts as dead, and the key can be tried again.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Reserves the key, or returns its current state.</summary>
    public async Task<KeyState> BeginAsync(string key, byte[] fingerprint, CancellationToken cancellationToken)
    {
        var tokenId = tenant.Actor.Id!.Value;
        var state = await writer.WriteAsync<KeyState>(
            async db =>
            {
                var now = time.GetUtcNow();
                var mine = new IdempotentRequest
                {
                    TenantId = db.CurrentTenantId,
                    TokenId = tokenId,
                    Key = key,
                    Fingerprint = fingerprint,
                    LeaseOwner = Guid.NewGuid(),
                    LeaseEndsAt = now + Lease,
                    ExpiresAt = now + KeptFor,
                };

                var same = db.IdempotentRequests.Where(request => request.TokenId == tokenId && request.Key == key);
                if (await KeepFirstAsync(db, mine, same, now) is not { } known)
                {
                    return new KeyReserved(mine.Id, mine.LeaseOwner, null);
                }

                if (!known.Fingerprint.AsSpan().SequenceEqual(fingerprint))
                {
                    return new KeyReused();
                }

                if (known is { StatusCode: { } statusCode, Body: { } body })
                {
                    return new KeyAnswered(new StoredAnswer(statusCode, known.Location, known.ETag, body));
                }

                // Whoever held it ended without an answer to repeat; one takes over, unless it ends after all meanwhile.
                var given = same.Where(request => request.LeaseOwner == known.LeaseOwner && request.LeaseEndsAt <= now
                    && request.StatusCode == known.StatusCode && request.Outcome == known.Outcome);
                return known.LeaseEndsAt <= now && await given.ExecuteUpdateAsync(
                    set => set.SetProperty(request => request.LeaseOwner, mine.LeaseOwner)
                        .SetProperty(request => request.LeaseEndsAt, mine.LeaseEndsAt),
                    CancellationToken.None) == 1
                    ? new KeyReserved(known.Id, mine.LeaseOwner, known.Outcome)
                    : new KeyInProgress();
            },
            cancellationToken);
        return state.OrThrow();
    }

    /// <param name="hasEffect">Whether a repeat can be answered from the recorded effect, so that a long answer need not be stored.</param>
    public async Task CompleteAsync(KeyReserved reserved, StoredAnswer answer, bool hasEffect)
    {
        var body = await KeptAsync(answer, hasEffect);
        var now = time.GetUtcNow();
        await writer.WriteAsync<int>(
            async db => await Ours(db, reserved).ExecuteUpdateAsync(set => set
                .SetProperty(request => request.StatusCode, answer.StatusCode)
                .SetProperty(request => request.Location, answer.Location)
                .SetProperty(request => request.ETag, answer.ETag)
                .SetProperty(request => request.Body, body)
                .SetProperty(request => request.LeaseEndsAt, now)),
            CancellationToken.None);
    }

    /// <summary>
    /// Ends the request without storing an answer. If it had no effect, the key is free again; otherwise the next repeat is answered from
    /// the recorded effect.
    /// </summary>
    /// <param name="isFree">Whether the recorded effect came to nothing.</param>
    public async Task ReleaseAsync(KeyReserved reserved, bool isFree)
    {
        var now = time.GetUtcNow();
        await writer.WriteAsync<int>(
            async db =>
            {
                await Ours(db, reserved).Where(request => isFree || request.Outcome == null).ExecuteDeleteAsync();
                return await Ours(db, reserved).ExecuteUpdateAsync(set => set.SetProperty(request => request.LeaseEndsAt, now));
            },
            CancellationToken.None);
    }

    /// <summary>The row that has the key already; null if <paramref name="mine"/> is now it.</summary>
    private static async Task<IdempotentRequest?> KeepFirstAsync(
        AppDbContext db, IdempotentRequest mine, IQueryable<IdempotentRequest> same, DateTimeOffset now)
    {
        while (true)
        {
            // Waits while another adds the same key, and then finds that row.
            await db.InsertMissingAsync([mine]);
            var known = await same.AsNoTracking().SingleOrDefaultAsync(CancellationToken.None);
            if (known?.LeaseOwner == mine.LeaseOwner)
            {
                mine.Id = known.Id;
                return null;
            }

            if (known?.ExpiresAt > now)
            {
                return known;
            }

            // Expired; or null, since it was released meanwhile.
            await same.Where(request => request.ExpiresAt <= now).ExecuteDeleteAsync(CancellationToken.None);
        }
    }

    private async Task<byte[]?> KeptAsync(StoredAnswer answer, bool hasEffect)
    {
        if (answer.Body.Length <= IdempotentRequest.BodyMaxLength && await budget.TakeAsync(answer.Body.Length))
        {
            return answer.Body;
        }

        return hasEffect ? null : ShortAnswer.Of(answer.Body);
    }

    private static IQueryable<IdempotentRequest> Ours(AppDbContext db, KeyReserved reserved) =>
        db.IdempotentRequests.Where(request => request.Id == reserved.Id && request.LeaseOwner == reserved.Owner);
}
