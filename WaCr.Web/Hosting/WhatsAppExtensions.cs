using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Hosting;

public static partial class WhatsAppExtensions
{
    /// <summary>Bytes. A full page of templates is about a megabyte; files are streamed, and their callers limit them.</summary>
    private const int MaxAnswer = 16 * 1024 * 1024;

    private const int MaxRetries = 10;

    public static IServiceCollection AddWhatsApp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<WhatsAppOptions>(configuration, WhatsAppOptions.Section)
            .Validate(
                options =>
                    options.BaseUrl is { IsAbsoluteUri: true } address
                        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp),
                "WhatsApp:BaseUrl must be an address like https://graph.facebook.com.")
            .Validate(options => Version.IsMatch(options.Version), "WhatsApp:Version must be a version like v25.0.")
            .Validate(options => options.Retries is >= 0 and <= MaxRetries, $"WhatsApp:Retries must be from 0 to {MaxRetries}.")
            .ValidateTime("WhatsApp:AttemptTimeout", options => options.AttemptTimeout)
            .ValidateTime("WhatsApp:CallTimeout", options => options.CallTimeout)
            .ValidateTime("WhatsApp:DownloadTimeout", options => options.DownloadTimeout)
            .ValidateTime("WhatsApp:FirstDelay", options => options.FirstDelay, mayBeZero: true)
            .ValidateTime("WhatsApp:MaxDelay", options => options.MaxDelay, mayBeZero: true);
        services.AddTransient<IWhatsAppClient, GraphWhatsAppClient>();
        services.AddHttpClient<GraphCalls>((provider, http) =>
            {
                http.Timeout = provider.GetRequiredService<IOptions<WhatsAppOptions>>().Value.CallTimeout;
                http.MaxResponseContentBufferSize = MaxAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // the token must not reach another host
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectTimeout = TimeSpan.FromSeconds(5),
            })
            .RemoveAllLoggers() // URLs hold the files' keys
            .AddResilienceHandler("graph", (pipeline, context) => GraphRetries.Build(
                pipeline,
                context.ServiceProvider.GetRequiredService<IOptions<WhatsAppOptions>>().Value,
                context.ServiceProvider.GetRequiredService<TimeProvider>()));
        return services;
    }

    [GeneratedRegex(@"^v\d{1,3}\.\d{1,2}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version { get; }
}
