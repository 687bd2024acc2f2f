using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using WaCr.Web.Data;
using WaCr.Web.Data.Postgres;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Features.Files;

namespace WaCr.Web.Hosting;

public static class DatabaseExtensions
{
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DatabaseOptions>(configuration, DatabaseOptions.Section)
            .ValidateTime("Database:StartupTimeout", database => database.StartupTimeout, mayBeZero: true);
        var options = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        if (options.Problem is { } problem)
        {
            throw new StartupException(problem);
        }

        services.Configure<IdentityOptions>(DatabaseOptions.ConfigureIdentitySchema);
        services.AddScoped<TenantContext>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext());
        services.AddScoped<DatabaseMigrator>();
        services.AddFileStore(configuration, options);
        services.AddSingleton<OutageLog>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<WebhookSubscriptions>();
        services.AddSingleton<WriteTrial>();
        services.AddHealthChecks().AddCheck<WriteHealth>("database", tags: [HealthTags.Ready]);

        return options.Provider == DatabaseProvider.Sqlite
            ? services.AddSqlite(options.ConnectionString)
            : services.AddPostgres(options.ConnectionString);
    }

    /// <summary>Locks the database and the file store for this server before anything is changed.</summary>
    /// <exception cref="StartupException">It may not.</exception>
    public static void HoldDatabase(this IHost host)
    {
        var database = host.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        try
        {
            host.Services.GetService<SqliteDatabaseFile>()?.Hold();
        }
        catch (Exception failure) when (DatabaseFault.Explain(failure, database) is { } sentence)
        {
            throw new StartupException(sentence, failure);
        }

        var folder = host.Services.GetRequiredService<IOptions<FileStoreOptions>>().Value.Path;
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(
                Path.Combine(
                    folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartupException(
                $"The folder of files {folder} cannot be written ({failure.Message.TrimEnd('.')}); "
                + "let this process write there, or name another in Storage:Path.", failure);
        }
    }

    /// <param name="host">The built host, which need not be started.</param>
    /// <param name="mayCreateDatabase">Whether a missing PostgreSQL database is created.</param>
    public static async Task MigrateDatabaseAsync(this IHost host, bool mayCreateDatabase = false)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(mayCreateDatabase, CancellationToken.None);
    }

    /// <summary>Runs database work that must finish before the process serves; a database failure becomes one sentence.</summary>
    public static Task<T> UseDatabaseAsync<T>(this IHost host, Func<Task<T>> work) =>
        DatabaseFault.ExplainAsync(host.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value, work);

    // Next to a SQLite file, so that one folder is all there is to back up.
    private static void AddFileStore(this IServiceCollection services, IConfiguration configuration, DatabaseOptions options) =>
        services.AddSettings<FileStoreOptions>(configuration, FileStoreOptions.Section)
            .PostConfigure(store => store.Path = !string.IsNullOrWhiteSpace(store.Path) ? Path.GetFullPath(store.Path)
                : options.Provider == DatabaseProvider.Sqlite ? Path.Combine(
                    Path.GetDirectoryName(SqliteFile.PathOf(options.ConnectionString))!, "files")
                : Path.GetFullPath("data/files"));

    private static IServiceCollection AddSqlite(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new SqliteDatabaseFile(connectionString));
        services.AddSingleton<SqliteWriteLimits>();
        services.AddSingleton<SqliteWriteGate>();
        services.AddSingleton<SqliteConnections>();
        services.AddSingleton<SqliteCommitGroup>();
        services.AddSingleton<IInterceptor, PreparedCommands>();
        services.AddPooledDbContextFactory<SqliteAppDbContext>((provider, builder) =>
        {
            DatabaseOptions.UseSqlite(builder, connectionString);
            builder.AddInterceptors(provider.GetServices<IInterceptor>());
            builder.ReportStorageFaults(provider.GetRequiredService<OutageLog>());
        });
        services.AddScoped<IDbContextFactory<AppDbContext>, AppDbContextFactory<SqliteAppDbContext>>();
        services.AddScoped<IDatabaseWriter, SqliteCommitGroup.Writer>();
        services.AddSingleton<IBackplane, NullBackplane>();
        return services;
    }

    private static IServiceCollection AddPostgres(this IServiceCollection services, string connectionString)
    {
        services.AddPooledDbContextFactory<PostgresAppDbContext>((provider, builder) =>
        {
            DatabaseOptions.UsePostgres(builder, connectionString);
            builder.AddInterceptors(provider.GetServices<IInterceptor>()).AddInterceptors(new RowLocking(), new ChangedTables());
            builder.ReportStorageFaults(provider.GetRequiredService<OutageLog>());
        });
        services.AddScoped<IDbContextFactory<AppDbContext>, AppDbContextFactory<PostgresAppDbContext>>();
        services.AddScoped<IDatabaseWriter, PostgresDatabaseWriter>();
        services.AddSingleton<IBackplane>(_ => new PostgresBackplane(connectionString));
        return services;
    }
}
