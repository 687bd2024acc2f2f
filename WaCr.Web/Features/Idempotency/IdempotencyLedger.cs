using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Idempotency;

/// <summary>Remembers which request a key of this token stands for, and its answer.</summary>
public sealed class IdempotencyLedger(IDatabaseWriter writer, TenantContext scope, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    // Longer than any request takes. After it the process that began is taken for dead, and the key may be tried again.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Reserves the key, or tells what became of it.</summary>
    public async Task<KeyState> BeginAsync(string key, byte[] fingerprint, CancellationToken cancellationToken)
    {
        var tokenId = scope.Actor.Id!.Value;
        var state = await writer.WriteAsync<KeyState>(
            async db =>
            {
                var now = time.GetUtcNow();
                await db.IdempotentRequests.Where(request => request.ExpiresAt <= now).ExecuteDeleteAsync(CancellationToken.None);
                var known = await db.IdempotentRequests.SingleOrDefaultAsync(
                    request => request.TokenId == tokenId && request.Key == key, CancellationToken.None);
                if (known is null)
                {
                    db.IdempotentRequests.Add(known = new IdempotentRequest { TokenId = tokenId, Key = key, Fingerprint = fingerprint });
                }
                else if (!known.Fingerprint.AsSpan().SequenceEqual(fingerprint))
                {
                    return new KeyReused();
                }
                else if (known.StatusCode is { } statusCode)
                {
                    return new KeyAnswered(new StoredAnswer(statusCode, known.Location, known.ETag, known.Body ?? []));
                }
                else if (known.LeaseEndsAt > now)
                {
                    return new KeyInProgress();
                }

                known.LeaseEndsAt = now + Lease;
                known.ExpiresAt = now + KeptFor;
                await db.SaveChangesAsync(CancellationToken.None);
                return new KeyReserved(known.Id);
            },
            cancellationToken);
        return state.OrThrow();
    }

    public Task CompleteAsync(KeyReserved reserved, StoredAnswer answer) => writer.WriteAsync<Done>(
        async db =>
        {
            await db.IdempotentRequests.Where(request => request.Id == reserved.Id).ExecuteUpdateAsync(set => set
                .SetProperty(request => request.StatusCode, answer.StatusCode)
                .SetProperty(request => request.Location, answer.Location)
                .SetProperty(request => request.ETag, answer.ETag)
                .SetProperty(request => request.Body, answer.Body));
            return default(Done);
        },
        CancellationToken.None);

    /// <summary>Frees the key: nothing came of the request, and it may be tried again.</summary>
    public Task ReleaseAsync(KeyReserved reserved) => writer.WriteAsync<Done>(
        async db =>
        {
            await db.IdempotentRequests.Where(request => request.Id == reserved.Id && request.StatusCode == null).ExecuteDeleteAsync();
            return default(Done);
        },
        CancellationToken.None);
}
