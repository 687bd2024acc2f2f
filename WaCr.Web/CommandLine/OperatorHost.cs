using Microsoft.Extensions.Options;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Hosting;
using WaCr.Web.Hosting.Keys;
using WaCr.Web.Tenancy;

namespace WaCr.Web.CommandLine;

/// <summary>The product's services with the server's configuration, but without the server: nothing is started.</summary>
/// <param name="settings">Configuration from the command line, <c>--Section:Key=value</c>.</param>
internal sealed class OperatorHost(string[] settings)
{
    /// <summary>Brings the database up to date, runs <paramref name="work"/>, and says on standard error why where it was refused.</summary>
    public Task<int> RunAsync(Func<IServiceProvider, Task<Result<Done>>> work) => RunAsync(work, mayCreateDatabase: false);

    /// <summary>Makes the database where PostgreSQL has none of this name, and brings it up to date.</summary>
    public Task<int> MigrateAsync() => RunAsync(_ => Task.FromResult<Result<Done>>(default(Done)), mayCreateDatabase: true);

    /// <summary>The same inside the tenant with this subdomain.</summary>
    public Task<int> RunInTenantAsync(string subdomain, Func<IServiceProvider, Task<Result<Done>>> work) => RunAsync(async services =>
    {
        var entered = await services.GetRequiredService<TenantService>().EnterAsync(subdomain, ChangeOrigin.CommandLine, CancellationToken.None);
        return entered.Succeeded ? await work(services) : entered.Error;
    });

    /// <summary>Leaves the database as it is: for what must come before a migration.</summary>
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
            // A command without the server's key would make one of its own, in clear.
            await StoredSecrets.SealAsync(app.Services);
            return await AnswerAsync(await work(scope.ServiceProvider));
        });
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(settings);

        Settings.CheckLogLevels(builder.Configuration);

        // Standard output is for what a script wants to read, a new token above all.
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
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

    private static async Task<int> AnswerAsync(Result<Done> result)
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

/// <summary>A "no" that only this door knows.</summary>
internal sealed record OperatorError(string Message) : InvalidError("operator", Message);
