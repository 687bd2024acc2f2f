using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Idempotency;

/// <summary>Another process took over the request; this one has changed nothing.</summary>
public sealed record RequestTakenOverError() : ConflictError("request.taken_over", "The request was taken over by a repetition of it");

/// <summary>
/// Executes the one write of a request with an idempotency key and records its effect under the key, in the same transaction. A repeat is
/// answered from that record and changes nothing. Without a key it is an ordinary write.
/// </summary>
public sealed class OnceWriter(IDatabaseWriter writer)
{
    private KeyReserved? _key;

    /// <summary>Whether an effect is recorded under the key, so that the request must not be executed again.</summary>
    public bool HasEffect => _key?.Outcome is not null && !IsFree;

    /// <summary>Whether the recorded effect certainly came to nothing, so that a repeat may try again.</summary>
    public bool IsFree { get; private set; }

    /// <summary>Number of writes in this scope that were, or may have been, committed.</summary>
    public int Commits => writer.Commits;

    public void Enter(KeyReserved key) => _key = key;

    /// <summary>Call this if the recorded effect came to nothing.</summary>
    public void Free() => IsFree = true;

    /// <summary>Effect recorded by an earlier run of the request; null on the first run.</summary>
    public TKept? Recall<TKept>()
        where TKept : class => _key?.Outcome is { } outcome ? JsonSerializer.Deserialize<TKept>(outcome) : null;

    /// <param name="keep">What a repeat needs for the same answer, mostly ids; null if nothing.</param>
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
