using Microsoft.Extensions.Options;
using WaCr.Web.Data;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Hosting;
using WaCr.Web.Hosting.Keys;

namespace WaCr.Web.CommandLine;

/// <summary>The product's services with the server's configuration, without starting the server.</summary>
/// <param name="settings">Configuration from the command line, <c>--Section:Key=value</c>.</param>
/// <param name="console">For the commands' answers; the log goes to the standard error of the process.</param>
internal sealed class OperatorHost(string[] settings, OperatorConsole console)
{
    public OperatorConsole Console { get; } = console;

    /// <summary>Migrates the database and runs <paramref name="work"/>; an error is written to standard error.</summary>
    public Task<int> RunAsync(Func<IServiceProvider, Task<Result<Done>>> work) => RunAsync(work, mayCreateDatabase: false);

    /// <summary>Creates the PostgreSQL database if it does not exist, and migrates it.</summary>
    public Task<int> MigrateAsync() => RunAsync(_ => Task.FromResult<Result<Done>>(default(Done)), mayCreateDatabase: true);

    /// <summary>The same within the tenant that has this subdomain.</summary>
    public Task<int> RunInTenantAsync(string subdomain, Func<IServiceProvider, Task<Result<Done>>> work) => RunAsync(async services =>
    {
        var entered = await services.GetRequiredService<TenantService>()
            .EnterAsync(subdomain, ChangeOrigin.CommandLine, CancellationToken.None);
        return entered.Succeeded ? await work(services) : entered.Error;
    });

    /// <summary>Does not migrate: for work that must come before a migration.</summary>
    public async Task<int> RunUnmigratedAsync(Func<DatabaseOptions, Task<Result<Done>>> work)
    {
        await using var app = Build();
        return await app.UseDatabaseAsync(async () =>
            await AnswerAsync(await work(app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value)));
    }

    private async Task<int> RunAsync(Func<IServiceProvider, Task<Result<Done>>> work, bool mayCreateDatabase)
    {
        await using var app = Build();
        await app.MigrateDatabaseAsync(mayCreateDatabase);
        await using var scope = app.Services.CreateAsyncScope();
        return await app.UseDatabaseAsync(async () =>
        {
            // Without the server's key a command would create one in clear.
            await StoredSecrets.EncryptAsync(app.Services);
            return await AnswerAsync(await work(scope.ServiceProvider));
        });
    }

    private WebApplication Build()
    {
        var builder = OwnFiles.CreateBuilder(settings);

        Settings.CheckLogLevels(builder.Configuration);

        // Standard output is for what a script reads, such as a new token.
        builder.Logging.ClearProviders().AddConsole(log => log.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter(level => level >= LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabase(builder.Configuration);
        builder.Services.AddPublicUrl(builder.Configuration);
        builder.Services.AddAccounts();
        builder.Services.AddKeys(builder.Configuration);
        builder.Services.AddFeatures();
        builder.Services.AddWhatsApp(builder.Configuration);
        builder.Services.AddDownloads(builder.Configuration);
        var app = builder.Build();
        app.CheckSettings();
        return app;
    }

    private async Task<int> AnswerAsync(Result<Done> result)
    {
        if (result.Succeeded)
        {
            return 0;
        }

        await Console.Error.WriteLineAsync(result.Error.Message);
        if (result.Error is ValidationError invalid)
        {
            foreach (var (field, messages) in invalid.Fields)
            {
                await Console.Error.WriteLineAsync($"  {field}: {string.Join(' ', messages)}");
            }
        }

        return 1;
    }
}

/// <summary>An error that only the command line has.</summary>
internal sealed record OperatorError(string Message) : InvalidError("operator", Message);
