using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WaCr.Web.Data.Postgres;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Data;

/// <summary>For <c>dotnet ef</c> only; opens no database.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteAppDbContext>
{
    public SqliteAppDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteAppDbContext>();
        DatabaseOptions.UseSqlite(options, "Data Source=:memory:");
        options.UseApplicationServiceProvider(DatabaseOptions.IdentitySchema);
        return new SqliteAppDbContext(options.Options);
    }
}

/// <inheritdoc cref="SqliteDesignTimeFactory"/>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresAppDbContext>
{
    public PostgresAppDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresAppDbContext>();
        DatabaseOptions.UsePostgres(options, "Host=localhost");
        options.UseApplicationServiceProvider(DatabaseOptions.IdentitySchema);
        return new PostgresAppDbContext(options.Options);
    }
}
