using Microsoft.EntityFrameworkCore;
using Npgsql;
using WaCr.Web.Common;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Data.Postgres;

/// <summary>
/// PostgreSQL lets writers run side by side; where two collide one of them is run again, and then
/// its own checks see what the other did and answer with the right error.
/// </summary>
internal sealed class PostgresDatabaseWriter(IDbContextFactory<AppDbContext> contexts) : IDatabaseWriter
{
    private const int MaxAttempts = 12;

    public async Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            try
            {
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                var result = await work(context);
                if (result.Succeeded)
                {
                    await transaction.CommitAsync(CancellationToken.None);
                }

                return result;
            }
            catch (Exception collision) when (attempt < MaxAttempts && IsCollision(context, collision))
            {
                await Task.Delay(Random.Shared.Next(1, 4 * attempt), cancellationToken);
            }
            catch (Exception failure) when (context.IsStorageFailure(failure))
            {
                throw new StorageUnavailableException(failure);
            }
        }
    }

    private static bool IsCollision(AppDbContext context, Exception exception) =>
        exception is DbUpdateConcurrencyException
        || context.IsUniqueViolation(exception)
        || PostgresAppDbContext.Find(exception)?.SqlState
            is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.ForeignKeyViolation;
}
