using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Data;
using WaCr.Web.Data.Postgres;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Features.Files;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Hosting;

public static class DatabaseExtensions
{
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(DatabaseOptions.Section);
        var options = section.Get<DatabaseOptions>() ?? new DatabaseOptions();
        services.Configure<DatabaseOptions>(section);
        services.Configure<IdentityOptions>(DatabaseOptions.ConfigureIdentitySchema);
        services.AddScoped<TenantContext>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext());
        services.AddScoped<DatabaseMigrator>();
        services.AddFileStore(configuration, options);

        return options.Provider == DatabaseProvider.Sqlite
            ? services.AddSqlite(options.ConnectionString)
            : services.AddPostgres(options.ConnectionString);
    }

    public static async Task MigrateDatabaseAsync(this IHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
    }

    // Beside a SQLite file, so that one folder is all there is to keep.
    private static void AddFileStore(this IServiceCollection services, IConfiguration configuration, DatabaseOptions options) =>
        services.AddOptions<FileStoreOptions>()
            .Configure(store => store.Path = options.Provider == DatabaseProvider.Sqlite
                ? Path.Combine(Path.GetDirectoryName(SqliteFile.PathOf(options.ConnectionString))!, "files")
                : store.Path)
            .Bind(configuration.GetSection(FileStoreOptions.Section));

    private static IServiceCollection AddSqlite(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton<SqliteWriteGate>();
        services.AddSingleton(_ => new SqliteConnections(connectionString));
        services.AddSingleton<IInterceptor, PreparedCommands>();
        services.AddSingleton<IInterceptor, SqliteWriteGateInterceptor>();
        services.AddSingleton(provider => new SqliteCommitGroup(
            connectionString, provider.GetRequiredService<SqliteWriteGate>(), provider.GetRequiredService<TimeProvider>()));
        services.AddPooledDbContextFactory<SqliteAppDbContext>((provider, builder) =>
        {
            DatabaseOptions.UseSqlite(builder, connectionString);
            builder.AddInterceptors(provider.GetServices<IInterceptor>());
        });
        services.AddScoped<IDbContextFactory<AppDbContext>, AppDbContextFactory<SqliteAppDbContext>>();
        services.AddScoped<IDatabaseWriter, SqliteDatabaseWriter>();
        services.AddSingleton<IReplicaLink, NoReplicas>();
        return services;
    }

    private static IServiceCollection AddPostgres(this IServiceCollection services, string connectionString)
    {
        services.AddPooledDbContextFactory<PostgresAppDbContext>(builder =>
        {
            DatabaseOptions.UsePostgres(builder, connectionString);
            builder.AddInterceptors(new RowLocking());
        });
        services.AddScoped<IDbContextFactory<AppDbContext>, AppDbContextFactory<PostgresAppDbContext>>();
        services.AddScoped<IDatabaseWriter, PostgresDatabaseWriter>();
        services.AddSingleton<IReplicaLink>(_ => new PostgresReplicaLink(connectionString));
        return services;
    }
}
