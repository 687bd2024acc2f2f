using Microsoft.Extensions.Options;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Demo;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;
using WaCr.Web.WhatsApp.Sandbox.Http;

namespace WaCr.Web.Hosting;

/// <summary>
/// A stand-in for the Cloud API inside the product's process, called over HTTP like the real one. On in Development unless
/// <c>WhatsApp:BaseUrl</c> is set to another address.
/// </summary>
public static class SandboxExtensions
{
    private const string WebhookPath = "/webhooks/whatsapp";

    // Used until the server listens: the name never resolves, so a send fails as "not reached" and is tried again.
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

        return builder.Services.AddSandboxServices(builder.Configuration, mayPostToLoopback: builder.Environment.IsDevelopment());
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

    /// <summary>The sandbox starts empty each time; this tells it what the database already has.</summary>
    public static async Task RemindSandboxAsync(this WebApplication app)
    {
        if (app.Services.GetService<SandboxConsole>() is { } console)
        {
            console.GoOnFrom(app.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds());
            foreach (var window in await app.Services.GetRequiredService<OpenWindows>().ListAsync(CancellationToken.None))
            {
                console.Recall(window.PhoneNumberId, window.WaId, window.Name, window.LastWroteAt, window.Username);
            }
        }
    }

    public static void MapSandbox(this WebApplication app)
    {
        if (app.Services.GetService<SandboxWorld>() is not { } world)
        {
            return;
        }

        if (app.Environment.IsDevelopment())
        {
            app.Services.GetRequiredService<PostTargets>().MayReach = (host, _) => SandboxRegistration.IsThisMachine(host);
        }
        else
        {
            app.Services.GetRequiredService<PostTargets>().MayReach = (host, port) =>
                world.OwnWebhook is { } own && own.DnsSafeHost == host && own.Port == port;
        }

        app.MapSandboxRoutes();
        app.MapSandboxFiles();
        app.ShowControlToken();
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

    /// <summary>Anonymous: Graph checks its own tokens, the controls check theirs.</summary>
    internal static void MapSandboxRoutes(this IEndpointRouteBuilder endpoints)
    {
        var (graph, control) = (
            endpoints.ServiceProvider.GetRequiredService<GraphRoutes>(), endpoints.ServiceProvider.GetRequiredService<ControlRoutes>());
        endpoints.Map(SandboxPaths.Graph + "/{**path}", graph.ServeAsync).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapPost(SandboxPaths.Receivers + "/{name}", endpoints.ServiceProvider.GetRequiredService<ReceiverRoutes>().ReceiveAsync)
            .AllowAnonymous()
            .ExcludeFromDescription();
        endpoints.Map(SandboxPaths.Control + "/{**path}", control.ServeAsync).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Printed to standard output, not logged. Not printed if it was configured.</summary>
    internal static void ShowControlToken(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<SandboxOptions>>().Value.ControlToken is null)
        {
            var token = app.Services.GetRequiredService<SandboxControlToken>().Value;
            app.Lifetime.ApplicationStarted.Register(() =>
                Console.WriteLine($"  Controls   {token}  (opens /sandbox/control; new at each start)"));
        }
    }

    private static bool IsOn(IConfiguration configuration, IHostEnvironment environment) =>
        configuration.GetSection(SandboxOptions.Section).GetValue<bool?>(nameof(SandboxOptions.Enabled))
            ?? (HasBaseUrl(configuration)
                ? Uri.TryCreate(configuration[BaseUrl], UriKind.Absolute, out var address) && SandboxOptions.IsSandbox(address)
                : environment.IsDevelopment());

    private const string BaseUrl = $"{WhatsAppOptions.Section}:{nameof(WhatsAppOptions.BaseUrl)}";

    private static bool HasBaseUrl(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[BaseUrl]);
}
