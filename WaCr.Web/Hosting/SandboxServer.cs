using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Hosting;

/// <summary>The sandbox alone in its own process: no database, no product.</summary>
internal static class SandboxServer
{
    /// <param name="webhook">Where events go; null means nowhere until a number sets an address.</param>
    /// <param name="immediate">No delays: for load tests.</param>
    public static async Task RunAsync(string[] settings, string url, Uri? webhook, bool immediate, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(settings);
        Settings.CheckLogLevels(builder.Configuration);
        builder.WebHost.UseUrls(url);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSandboxServices(builder.Configuration, mayPostToLoopback: true);
        if (immediate)
        {
            builder.Services.Configure<SandboxOptions>(options => options.Behaviour = SandboxBehaviour.Immediate);
        }

        builder.Services.AddHeldPorts();
        await using var app = builder.Build();
        app.CheckSettings();
        app.HoldPorts();
        app.MapSandboxRoutes();
        app.ShowControlToken();
        if (webhook is not null)
        {
            app.Services.GetRequiredService<SandboxWorld>().SetOwnWebhook(webhook);
        }

        await app.RunAsync(cancellationToken);
    }
}
