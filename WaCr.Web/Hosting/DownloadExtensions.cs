using System.Net;
using Microsoft.Extensions.Options;
using WaCr.Web.Downloads;
using WaCr.Web.Security;

namespace WaCr.Web.Hosting;

public static class DownloadExtensions
{
    private const string Client = "downloads";

    public static IServiceCollection AddDownloads(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<RemoteFileOptions>(configuration, RemoteFileOptions.Section)
            .ValidateTime("Downloads:Timeout", downloads => downloads.Timeout);
        services.Configure<RemoteFileOptions>(downloads => downloads.OwnHost = PublicUrl.Read(configuration[PublicUrl.Key]).Address?.IdnHost);
        services.AddSingleton<HostLookup>(Dns.GetHostAddressesAsync);
        services.AddSingleton<PublicConnections>();
        services.AddHttpClient(Client, http => http.Timeout = Timeout.InfiniteTimeSpan) // each download bounds itself
            .ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<PublicConnections>().CreateHandler())
            .RemoveAllLoggers(); // addresses may hold the keys of files
        services.AddTransient(provider => new RemoteFiles(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client),
            provider.GetRequiredService<PublicConnections>(),
            provider.GetRequiredService<IOptions<RemoteFileOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
