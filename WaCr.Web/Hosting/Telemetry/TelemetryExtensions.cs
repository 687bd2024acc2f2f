using System.Diagnostics;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using WaCr.Web.Jobs;

namespace WaCr.Web.Hosting.Telemetry;

/// <summary>
/// Traces, metrics and logs by OpenTelemetry: to a collector, set by the standard <c>OTEL_EXPORTER_OTLP_*</c> variables, and to Prometheus.
/// Without either nothing is collected.
/// </summary>
internal static class TelemetryExtensions
{
    public const string MetricsPath = "/metrics";

    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string ServiceName = "OTEL_SERVICE_NAME";
    private static readonly string[] Endpoints =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    ];

    private static readonly string[] Protocols = ["grpc", "http/protobuf"];

    private static readonly string[] Meters =
    [
        Measures.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Components.Server.Circuits",
        "Microsoft.EntityFrameworkCore", "Npgsql", "System.Net.Http", "System.Runtime",
    ];

    private static readonly string[] Noise = ["/health", MetricsPath, OperatorPageExtensions.Path, "/_framework", "/_content"];

    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<TelemetryOptions>(builder.Configuration, TelemetryOptions.Section).Validate(
            telemetry => string.IsNullOrEmpty(telemetry.Token) || telemetry.Token.Length >= OperatorToken.MinLength,
            $"Telemetry:Token must be at least {OperatorToken.MinLength} characters long.");
        CheckExporter(builder.Configuration);

        builder.Services.PostConfigure<LoggerFilterOptions>(SilenceRequests);
        var isExported = Endpoints.Any(endpoint => !string.IsNullOrEmpty(builder.Configuration[endpoint]));
        if (!isExported && !IsScraped(builder.Configuration))
        {
            return builder;
        }

        builder.Services.AddHostedService<QueueWatch>();
        builder.Services.AddSingleton<CurrentMetrics>();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                builder.Configuration[ServiceName] is { Length: > 0 } name ? name : "wacr",
                serviceVersion: ServerProcess.InformationalVersion))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                if (IsScraped(builder.Configuration))
                {
                    metrics.AddPrometheusExporter().AddReader(services => services.GetRequiredService<CurrentMetrics>().Reader);
                }
            });
        if (isExported)
        {
            telemetry.WithTracing(Trace)
                .WithLogging(logs => logs.AddProcessor<PrivateLogs>(), options => options.IncludeFormattedMessage = true)
                .UseOtlpExporter();
        }

        return builder;
    }

    /// <summary>The metrics as Prometheus reads them, for whoever has the operator's token.</summary>
    public static void MapTelemetry(this WebApplication app)
    {
        if (IsScraped(app.Configuration))
        {
            var token = app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value.Token;
            app.MapPrometheusScrapingEndpoint(MetricsPath, null, branch => branch.Use(async (context, next) =>
            {
                if (OperatorToken.Opens(token, context))
                {
                    await next(context);
                }
            }), optionsName: null).AllowAnonymous();
        }

        app.MapOperatorPage();
    }

    // Its scope puts the request's path, which can hold a phone number, on each line that is written in a request. A rule that names a
    // provider (Logging:Console:LogLevel) wins over those that name none.
    private static void SilenceRequests(LoggerFilterOptions filters)
    {
        foreach (var provider in filters.Rules.Select(rule => rule.ProviderName).Append(null).Distinct(StringComparer.Ordinal).ToList())
        {
            filters.Rules.Add(new LoggerFilterRule(provider, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None, null));
        }
    }

    // The exporter itself would go on without a word, and export nothing.
    private static void CheckExporter(ConfigurationManager configuration)
    {
        foreach (var key in Endpoints.Where(key => !string.IsNullOrEmpty(configuration[key])))
        {
            if (!Uri.TryCreate(configuration[key], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                throw new StartupException($"{key} must be an address like http://collector:4317.");
            }
        }

        if (configuration[Protocol] is { Length: > 0 } protocol && !Protocols.Contains(protocol, StringComparer.Ordinal))
        {
            throw new StartupException($"{Protocol} is '{protocol}', which is none of {string.Join(", ", Protocols)}.");
        }
    }

    private static bool IsScraped(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.Token)}"]);

    private static void Trace(TracerProviderBuilder traces) => traces
        .AddSource(Measures.Name, "Microsoft.AspNetCore.Components.Server.Circuits")
        .AddAspNetCoreInstrumentation(requests => requests.Filter = context => !IsNoise(context.Request.Path))
        .AddHttpClientInstrumentation()
        // Loops ask for work four times a second: only what somebody asked for is traced.
        .AddEntityFrameworkCoreInstrumentation(database => database.Filter = (_, _) => Activity.Current?.Parent is not null)
        .AddProcessor<PrivateTraces>();

    private static bool IsNoise(PathString path) => Noise.Any(start => path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Section <c>Telemetry</c> of the configuration.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>The bearer token of <c>/metrics</c> and <c>/operator</c>; without it there are no such endpoints.</summary>
    public string? Token { get; set; }
}
