using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Data;
using WaCr.Web.Hosting;

namespace WaCr.Bench;

/// <summary>The product's services over the configured database, migrated, in a scope of their own.</summary>
internal sealed class BenchServices : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly AsyncServiceScope _scope;

    private BenchServices(ServiceProvider provider, IConfiguration configuration)
    {
        _provider = provider;
        _scope = provider.CreateAsyncScope();
        Options = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
    }

    public IServiceProvider Services => _scope.ServiceProvider;

    public DatabaseOptions Options { get; }

    public static async Task<BenchServices> BuildAsync()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IConfiguration>(configuration);
        services.AddDatabase(configuration).AddFeatures();
        services.AddAccounts();
        services.AddWhatsApp(configuration);
        var built = new BenchServices(services.BuildServiceProvider(), configuration);
        await built.Get<DatabaseMigrator>().MigrateAsync(mayCreateDatabase: false, CancellationToken.None);
        return built;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _provider.DisposeAsync();
    }
}
