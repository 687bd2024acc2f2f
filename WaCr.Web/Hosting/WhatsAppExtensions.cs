using Microsoft.Extensions.Options;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Hosting;

public static class WhatsAppExtensions
{
    /// <summary>A full page of templates is about a megabyte; files are streamed and bound by who asks for them.</summary>
    private const int LargestAnswer = 16 * 1024 * 1024;

    public static IServiceCollection AddWhatsApp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WhatsAppOptions>()
            .Bind(configuration.GetSection(WhatsAppOptions.Section))
            .Validate(options => options.BaseUrl is { IsAbsoluteUri: true }, "WhatsApp:BaseUrl must be an absolute address.")
            .ValidateOnStart();
        services.AddTransient<IWhatsAppClient, GraphWhatsAppClient>();
        services.AddHttpClient<GraphCalls>((provider, http) =>
            {
                http.Timeout = provider.GetRequiredService<IOptions<WhatsAppOptions>>().Value.CallTimeout;
                http.MaxResponseContentBufferSize = LargestAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // the token must not travel to another host
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectTimeout = TimeSpan.FromSeconds(5),
            })
            .RemoveAllLoggers() // addresses hold the keys of files
            .AddResilienceHandler("graph", (pipeline, context) => GraphRetries.Build(
                pipeline,
                context.ServiceProvider.GetRequiredService<IOptions<WhatsAppOptions>>().Value,
                context.ServiceProvider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
