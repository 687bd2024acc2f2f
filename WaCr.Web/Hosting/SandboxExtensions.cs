using Microsoft.Extensions.Options;
using WaCr.Web.Common;
using WaCr.Web.Features.Demo;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;
using WaCr.Web.WhatsApp.Sandbox.Http;

namespace WaCr.Web.Hosting;

/// <summary>
/// A stand-in for the Cloud API beside the product, which reaches it through real HTTP like the real one. On in Development unless
/// <c>WhatsApp:BaseUrl</c> names another place.
/// </summary>
public static class SandboxExtensions
{
    private const string WebhookPath = "/webhooks/whatsapp";

    // Until the server listens nothing is sent anywhere: a name that never resolves is "not reached", and tried again.
    private static readonly Uri NotYet = new("http://not-yet.invalid" + SandboxPaths.Graph);

    public static IServiceCollection AddSandbox(this WebApplicationBuilder builder)
    {
        Settings.Check(builder.Configuration.GetSection(SandboxOptions.Section), typeof(SandboxOptions));
        if (!IsOn(builder.Configuration, builder.Environment))
        {
            return builder.Services;
        }

        if (!HasBaseUrl(builder.Configuration))
        {
            builder.Services.PostConfigure<WhatsAppOptions>(options => options.BaseUrl = NotYet);
        }

        return builder.Services.AddSandboxServices(builder.Configuration);
    }

    /// <exception cref="StartupException">With a sandbox outside Development customers would get nothing while all looks well.</exception>
    public static void RefuseSandboxOutsideDevelopment(this WebApplication app)
    {
        if (IsOn(app.Configuration, app.Environment) && !app.Environment.IsDevelopment()
            && !app.Services.GetRequiredService<IOptions<SandboxOptions>>().Value.AllowOutsideDevelopment)
        {
            throw new StartupException(
                "WhatsApp is set to the sandbox, which delivers nothing to anybody; outside Development the server does not start with it "
                + "unless WhatsApp:Sandbox:AllowOutsideDevelopment is true.");
        }
    }

    /// <summary>The sandbox is new at each start; what it must agree on with the database is told to it.</summary>
    public static async Task RemindSandboxAsync(this WebApplication app)
    {
        if (app.Services.GetService<SandboxDesk>() is { } desk)
        {
            desk.GoOnFrom(app.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds());
            foreach (var window in await app.Services.GetRequiredService<OpenWindows>().ListAsync(CancellationToken.None))
            {
                desk.Recall(window.PhoneNumberId, window.WaId, window.Name, window.LastWroteAt);
            }
        }
    }

    public static void MapSandbox(this WebApplication app)
    {
        if (app.Services.GetService<SandboxWorld>() is not { } world)
        {
            return;
        }

        app.MapSandboxRoutes();
        app.MapSandboxFiles();
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var own = OwnAddress.Of(app);
            world.SetOwnWebhook(new Uri(own + WebhookPath));
            if (!HasBaseUrl(app.Configuration))
            {
                app.Services.GetRequiredService<IOptions<WhatsAppOptions>>().Value.BaseUrl = new Uri(own + SandboxPaths.Graph);
            }
        });
    }

    internal static IServiceCollection AddSandboxServices(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<SandboxOptions>(configuration, SandboxOptions.Section);
        services.AddSingleton<SandboxWorld>();
        services.AddSingleton<SandboxPhone>();
        services.AddSingleton<SandboxDesk>();
        services.AddSingleton<GraphDoor>();
        services.AddSingleton<GraphSends>();
        services.AddSingleton<GraphMedia>();
        services.AddSingleton<GraphTemplates>();
        services.AddSingleton<GraphAccounts>();
        services.AddSingleton<GraphObjects>();
        services.AddSingleton(provider => new WebhookPosts(
            provider.GetRequiredService<SandboxWorld>(),
#pragma warning disable CA2000 // Lives as long as the server.
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })));
#pragma warning restore CA2000
        services.AddSingleton<GraphRoutes>();
        services.AddSingleton<ControlRoutes>();
        services.AddHostedService<WebhookPump>();
        return services;
    }

    /// <summary>Open by name: Graph asks for its own tokens, the controls see who comes.</summary>
    internal static void MapSandboxRoutes(this IEndpointRouteBuilder routes)
    {
        var (graph, control) = (routes.ServiceProvider.GetRequiredService<GraphRoutes>(), routes.ServiceProvider.GetRequiredService<ControlRoutes>());
        routes.Map(SandboxPaths.Graph + "/{**path}", graph.ServeAsync).AllowAnonymous().ExcludeFromDescription();
        routes.Map(SandboxPaths.Control + "/{**path}", control.ServeAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static bool IsOn(IConfiguration configuration, IHostEnvironment environment) =>
        configuration.GetSection(SandboxOptions.Section).GetValue<bool?>(nameof(SandboxOptions.Enabled))
            ?? (HasBaseUrl(configuration)
                ? Uri.TryCreate(configuration[BaseUrl], UriKind.Absolute, out var address) && SandboxOptions.IsSandbox(address)
                : environment.IsDevelopment());

    private const string BaseUrl = $"{WhatsAppOptions.Section}:{nameof(WhatsAppOptions.BaseUrl)}";

    private static bool HasBaseUrl(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[BaseUrl]);
}
