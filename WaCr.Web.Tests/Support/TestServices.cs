using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Components;
using WaCr.Web.Hosting;

namespace WaCr.Web.Tests.Support;

/// <summary>The product's services without its web server.</summary>
internal static class TestServices
{
    public static ServiceProvider Build(
        DatabaseProvider provider, string connectionString, TimeProvider? time = null, Action<IServiceCollection>? more = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:Provider"] = provider.ToString(),
                ["Database:ConnectionString"] = connectionString,
                ["Storage:Path"] = TestDatabase.FilesOf(provider, connectionString),
            })
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddDatabase(configuration);
        services.AddAccounts();
        services.AddDownloads(configuration);
        services.AddFeatures();
        services.AddPages();
        services.AddSingleton<IInterceptor, NoWindows>();
        more?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }
}
