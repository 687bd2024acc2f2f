using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace WaCr.Web.Data.Postgres;

/// <summary>
/// PostgreSQL runs writers in parallel. If two collide, one runs again; its checks then see what the other did and return the right error.
/// </summary>
internal sealed class PostgresDatabaseWriter(IDbContextFactory<AppDbContext> contexts, OutageLog outages, ChangeFeed feed) : IDatabaseWriter
{
    private const int MaxAttempts = 12;

    // From this attempt on, a tenant's colliding writes queue instead of colliding again.
    private const int FirstInTurn = 4;

    // Namespace of these advisory locks; used by no other lock of the product.
    private const int RetryLocks = 0x57614372;

    private static readonly Backoff Pause = new(TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(375));

    private int _commits;

    public int Commits => _commits;

    public async Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            try
            {
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                if (attempt >= FirstInTurn)
                {
                    await WaitForTurnAsync(context, cancellationToken);
                }

                var result = await work(context);
                if (result.Succeeded)
                {
                    await context.WriteEventsAsync();
                    await CommitAsync(context, transaction);
                    outages.Works();
#pragma warning disable RS0030 // A writer.
                    feed.Publish(context.TakeChanges());
#pragma warning restore RS0030
                }

                return result;
            }
            catch (Exception collision) when (attempt < MaxAttempts && IsCollision(context, collision))
            {
                await Task.Delay(Pause.SpreadAfter(attempt), cancellationToken); // random, or two that collided would collide again
            }
            catch (Exception collision) when (IsCollision(context, collision))
            {
                throw new WriteContentionException(collision);
            }
            catch (Exception failure) when (PostgresAppDbContext.IsStorageError(failure))
            {
                throw new StorageUnavailableException(failure);
            }
        }
    }

    // Counted before, since a commit's answer may be lost; a collision is an answer.
    private async Task CommitAsync(AppDbContext context, IDbContextTransaction transaction)
    {
        Interlocked.Increment(ref _commits);
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception collision) when (IsCollision(context, collision))
        {
            Interlocked.Decrement(ref _commits);
            throw;
        }
    }

    // The attempt's first lock, so that nobody who holds rows waits for it; it ends with the transaction.
    private static Task<int> WaitForTurnAsync(AppDbContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock({RetryLocks}, hashint8({context.CurrentTenantId}))", cancellationToken);

    private static bool IsCollision(AppDbContext context, Exception exception) =>
        exception is DbUpdateConcurrencyException
        || context.IsUniqueViolation(exception)
        || PostgresAppDbContext.Find(exception)?.SqlState
            is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.ForeignKeyViolation;
}
