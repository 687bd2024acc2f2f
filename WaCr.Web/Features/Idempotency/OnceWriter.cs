using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Idempotency;

/// <summary>Another process took the request over meanwhile; this one has changed nothing.</summary>
public sealed record RequestTakenOverError() : ConflictError("request.taken_over", "The request was taken over by a repetition of it");

/// <summary>
/// For the one write that a request with a key stands for: what it has changed is noted under the key in the same transaction. A
/// repetition is answered from that note and changes nothing, whatever became of the first answer. Without a key it is a write like others.
/// </summary>
public sealed class OnceWriter(IDatabaseWriter writer)
{
    private KeyReserved? _key;

    /// <summary>Whether something stands under the key, so that the request must never be carried out again.</summary>
    public bool HasEffect => _key?.Outcome is not null && !IsFree;

    /// <summary>Whether what stands under the key has surely come to nothing, so that a repetition may try anew.</summary>
    public bool IsFree { get; private set; }

    /// <summary>How many writes of this scope are on disk, or may be.</summary>
    public int Commits => writer.Commits;

    public void Enter(KeyReserved key) => _key = key;

    /// <summary>To be called where nothing came of the effect after all.</summary>
    public void Free() => IsFree = true;

    /// <summary>What was noted by an earlier run of the same request; null in the first.</summary>
    public TKept? Recall<TKept>()
        where TKept : class => _key?.Outcome is { } outcome ? JsonSerializer.Deserialize<TKept>(outcome) : null;

    /// <param name="keep">What a repetition needs to give the same answer: ids above all. Null: there is nothing to keep.</param>
    internal async Task<Result<T>> WriteAsync<T, TKept>(
        Func<AppDbContext, Task<Result<T>>> work, Func<T, TKept?> keep, CancellationToken cancellationToken)
        where TKept : class
    {
        if (_key is not { } key)
        {
            return await writer.WriteAsync(work, cancellationToken);
        }

        string? outcome = null;
        var written = await writer.WriteAsync<T>(
            async db =>
            {
                outcome = null;
                var result = await work(db);
                if (!result.Succeeded || keep(result.Value) is not { } kept)
                {
                    return result;
                }

                outcome = JsonSerializer.Serialize(kept);
                var bound = await db.IdempotentRequests
                    .Where(request => request.Id == key.Id && request.LeaseOwner == key.Owner && request.Outcome == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(request => request.Outcome, outcome));
                return bound == 1 ? result : new RequestTakenOverError();
            },
            cancellationToken);
        if (written.Succeeded && outcome is not null)
        {
            _key = key with { Outcome = outcome };
        }

        return written;
    }
}
