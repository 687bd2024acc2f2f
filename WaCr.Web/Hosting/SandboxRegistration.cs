using System.Net;
using Microsoft.Extensions.Options;
using WaCr.Web.Downloads;
using WaCr.Web.WhatsApp.Sandbox;
using WaCr.Web.WhatsApp.Sandbox.Http;

namespace WaCr.Web.Hosting;

/// <summary>The sandbox's services.</summary>
internal static class SandboxRegistration
{
    /// <param name="services">The product's, or a stand-alone sandbox server's.</param>
    /// <param name="configuration">Its section <c>WhatsApp:Sandbox</c>, and the hosts that downloads trust.</param>
    /// <param name="mayPostToLoopback">
    /// Whether events may be posted to any address of this machine; else only to the product and to public addresses.
    /// </param>
    public static IServiceCollection AddSandboxServices(
        this IServiceCollection services, IConfiguration configuration, bool mayPostToLoopback = false)
    {
        services.AddSettings<SandboxOptions>(configuration, SandboxOptions.Section)
            .Validate(
                sandbox => sandbox.ControlToken is null or { Length: >= SandboxControlToken.MinLength },
                $"WhatsApp:Sandbox:ControlToken must be at least {SandboxControlToken.MinLength} characters long.")
            .Validate(
                sandbox => SandboxChecks.Of(sandbox.Behaviour) is null && sandbox.Numbers.All(number => SandboxChecks.Of(number) is null),
                "WhatsApp:Sandbox:Behaviour or Numbers hold a value out of range (docs/sandbox.md).");
        services.AddSingleton<SandboxControlToken>();
        services.AddSingleton<SandboxWorld>();
        services.AddSingleton<SandboxPhone>();
        services.AddSingleton<BusinessPhone>();
        services.AddSingleton<SandboxConsole>();
        services.AddSingleton<GraphAccess>();
        services.AddSingleton<GraphSends>();
        services.AddSingleton<GraphMedia>();
        services.AddSingleton<GraphTemplates>();
        services.AddSingleton<GraphTemplateChanges>();
        services.AddSingleton<GraphTemplateSets>();
        services.AddSingleton<GraphNumbers>();
        services.AddSingleton<GraphUsernames>();
        services.AddSingleton<GraphSamples>();
        services.AddSingleton<GraphAccounts>();
        services.AddSingleton<GraphSetUp>();
        services.AddSingleton<GraphBlocks>();
        services.AddSingleton<GraphObjects>();
        services.AddSingleton(provider => CreatePosts(provider, configuration, mayPostToLoopback));
        services.AddSingleton<GraphMediaRoutes>();
        services.AddSingleton<IGraphCallGroup, GraphMessageRoutes>();
        services.AddSingleton<IGraphCallGroup>(provider => provider.GetRequiredService<GraphMediaRoutes>());
        services.AddSingleton<IGraphCallGroup, GraphTemplateRoutes>();
        services.AddSingleton<IGraphCallGroup, GraphSetUpRoutes>();
        services.AddSingleton<IGraphCallGroup, GraphNumberRoutes>();
        services.AddSingleton<IGraphCallGroup, GraphObjectRoutes>();
        services.AddSingleton<GraphRoutes>();
        services.AddSingleton<CustomerControls>();
        services.AddSingleton<BusinessPhoneControls>();
        services.AddSingleton<ConsoleControls>();
        services.AddSingleton<ControlRoutes>();
        services.AddSingleton<SandboxReceivers>();
        services.AddSingleton<ReceiverRoutes>();
        services.AddHostedService<WebhookPump>();
        return services;
    }

    public static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // Only public addresses, as for downloads: otherwise a configured address could reach this server's network.
    private static WebhookPosts CreatePosts(IServiceProvider provider, IConfiguration configuration, bool mayPostToLoopback)
    {
        var world = provider.GetRequiredService<SandboxWorld>();
        var downloads = configuration.GetSection(RemoteFileOptions.Section).Get<RemoteFileOptions>() ?? new RemoteFileOptions();
        var connections = new PublicConnections(
            Dns.GetHostAddressesAsync,
            Options.Create(downloads),
            (host, port) => (mayPostToLoopback && IsThisMachine(host))
                || (world.OwnWebhook is { } own && own.DnsSafeHost == host && own.Port == port));
#pragma warning disable CA2000 // Lives as long as the server.
        var http = new HttpClient(connections.CreateHandler(keptFor: TimeSpan.FromMinutes(5)));
        return new WebhookPosts(world, http, provider.GetRequiredService<ILogger<WebhookPosts>>());
#pragma warning restore CA2000
    }
}
