using WaCr.Web.Common;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Data.Sqlite;

internal sealed class SqliteDatabaseWriter(SqliteCommitGroup commits, TenantContext scope) : IDatabaseWriter
{
    public Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        commits.WriteAsync(scope, work, cancellationToken);
}
