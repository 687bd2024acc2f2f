using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace WaCr.Web.Hosting;

/// <summary>Section <c>Health</c> of the configuration.</summary>
internal sealed class HealthOptions
{
    public const string Section = "Health";
    /// <summary>The bearer token of <c>/health/channels</c>; without it there is no such endpoint.</summary>
    public string? Token { get; set; }
}

/// <summary>The health endpoints: liveness, readiness and channels.</summary>
internal static class HealthExtensions
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public static WebApplicationBuilder AddHealth(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<HealthOptions>(builder.Configuration, HealthOptions.Section).Validate(
            health => health.Token is null or { Length: >= OperatorToken.MinLength },
            $"Health:Token must be at least {OperatorToken.MinLength} characters long.");
        services.AddSettings<ShutdownOptions>(builder.Configuration, ShutdownOptions.Section)
            .ValidateTime("Shutdown:ReadyDelay", shutdown => shutdown.ReadyDelay, mayBeZero: true);
        services.AddSingleton<Readiness>();
        services.AddSingleton<HealthReports>();
        services.AddSingleton<IHostLifetime, DrainingLifetime>();
        services.AddHealthChecks().AddCheck<ChannelHealth>("whatsapp", HealthStatus.Unhealthy, [HealthTags.Channels], Timeout);

        // The default logs would write a stack each second; HealthReports logs changes only.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        return builder;
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", (HttpContext context) => context.Response.WriteAsync("ok")).AllowAnonymous();
        app.MapGet("/health/ready", WriteReadyAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/channels", WriteChannelsAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> WriteReadyAsync(Readiness readiness, HealthReports reports) =>
        readiness.IsStopping ? No("stopping")
        : await reports.OfAsync(HealthTags.Ready) == HealthStatus.Unhealthy ? No("not ready")
        : Results.Text("ready");

    private static IResult No(string why) => Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);

    // The answer is about tenants, so only the operator may see it.
    private static async Task<IResult> WriteChannelsAsync(HttpContext context, IOptions<HealthOptions> options, HealthReports reports)
    {
        if (!OperatorToken.Opens(options.Value.Token, context))
        {
            return Results.Empty;
        }

        var status = await reports.OfAsync(HealthTags.Channels);
        return status == HealthStatus.Unhealthy ? No(status.ToString()) : Results.Text(status.ToString());
    }
}
