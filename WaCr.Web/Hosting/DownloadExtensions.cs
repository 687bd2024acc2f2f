using System.Net;
using Microsoft.Extensions.Options;
using WaCr.Web.Downloads;

namespace WaCr.Web.Hosting;

public static class DownloadExtensions
{
    private const string Client = "downloads";
    private const string PostClient = "webhooks";
    private const string PushClient = "pushes";

    // After this, names are resolved again, so that a receiver can move.
    private static readonly TimeSpan ConnectionKeptFor = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddDownloads(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<RemoteFileOptions>(configuration, RemoteFileOptions.Section)
            .ValidateTime("Downloads:Timeout", downloads => downloads.Timeout);
        services.Configure<RemoteFileOptions>(downloads =>
            downloads.OwnHost = PublicUrl.Read(configuration[PublicUrl.Key]).Address?.IdnHost);
        services.AddSingleton<HostLookup>(Dns.GetHostAddressesAsync);
        services.AddSingleton<PublicConnections>();
        services.AddHttpClient(Client, http => http.Timeout = Timeout.InfiniteTimeSpan) // each download has its own limit
            .ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<PublicConnections>().CreateHandler())
            .RemoveAllLoggers(); // URLs may hold secret keys
        services.AddTransient(provider => new RemoteFiles(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client),
            provider.GetRequiredService<IOptions<RemoteFileOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddPosts(configuration);
        return services;
    }

    private static void AddPosts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<WebhookOptions>(configuration, WebhookOptions.Section);
        services.AddSingleton<PostTargets>();
        services.AddKeyedSingleton(PostClient, (provider, _) => new PublicConnections(
            provider.GetRequiredService<HostLookup>(),
            provider.GetRequiredService<IOptions<RemoteFileOptions>>(),
            provider.GetRequiredService<PostTargets>().MayReach));
        services.AddHttpClient(PostClient, http => http.Timeout = Timeout.InfiniteTimeSpan) // each post has its own limit
            .ConfigurePrimaryHttpMessageHandler(provider =>
                provider.GetRequiredKeyedService<PublicConnections>(PostClient).CreateHandler(ConnectionKeptFor))
            .RemoveAllLoggers(); // URLs may hold secret keys
        services.AddTransient(provider => new RemotePosts(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(PostClient),
            provider.GetRequiredKeyedService<PublicConnections>(PostClient),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<WebhookOptions>>().Value.AllowHttp));
        services.AddSettings<PushOptions>(configuration, PushOptions.Section)
            .Validate(
                push => push.IsContactValid,
                $"{PushOptions.Section}:{nameof(PushOptions.Contact)} must be an address like mailto:ops@example.com or https://example.com/contact.")
            .PostConfigure(push =>
            {
                if (string.IsNullOrWhiteSpace(push.Contact))
                {
                    var address = PublicUrl.Read(configuration[PublicUrl.Key]).Address;
                    push.Contact = address?.Scheme == Uri.UriSchemeHttps ? address.ToString() : null;
                }
            });
        services.AddHttpClient(PushClient, http =>
            {
                http.Timeout = Timeout.InfiniteTimeSpan; // each push has its own limit
                http.MaxResponseContentBufferSize = RemotePushes.MaxAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(provider =>
                provider.GetRequiredKeyedService<PublicConnections>(PostClient).CreateHandler(ConnectionKeptFor))
            .RemoveAllLoggers(); // whoever knows the URL can send there
        services.AddTransient(provider => new RemotePushes(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(PushClient),
            provider.GetRequiredService<RemotePosts>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
