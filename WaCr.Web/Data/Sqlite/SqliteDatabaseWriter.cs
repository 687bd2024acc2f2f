using WaCr.Web.Common;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Data.Sqlite;

internal sealed class SqliteDatabaseWriter(SqliteCommitGroup commits, TenantContext tenant) : IDatabaseWriter
{
    private int _commits;

    public int Commits => _commits;

    public async Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        var result = await commits.WriteAsync(tenant, work, cancellationToken);
        if (result.Succeeded)
        {
            Interlocked.Increment(ref _commits);
        }

        return result;
    }
}
