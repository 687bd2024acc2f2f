using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace WaCr.Web.Tests.Hosting;

/// <summary>What leaves the process for whoever watches it.</summary>
public sealed partial class TelemetryTests
{
    private const string Token = "a-token-of-the-operator";

    [Fact]
    public async Task Collector_GetsSpansFiguresAndLogs_AndNothingThatNamesAPersonOrOpensADoor()
    {
        await using var collector = await Collector.StartAsync();
        IReadOnlyList<string> secrets;
        await using (var app = await DisposableApp.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
        {
            secrets = await WatchedWork.DoAsync(app);
            Flush(app.Services);
        }

        // A flush ends when the last batch is on its way; the end of the process waits for its answer.
        var told = collector.Told();
        string[] known =
        [
            "/api/v2/contacts/{id", "POST", "WebhookProcessor", "wacr.graph.duration", "wacr.commit_group.size", "wacr.commit_group.wait", "wacr.webhook.lag",
            "A step failed.", "InvalidOperationException", "wacr.delivery.lag", "wacr.queue.due", "wacr.cache.lookups", "kestrel.active_connections", "http.server.request.duration", "service.name", "sqlite",
        ];
        known.Where(name => !told.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty();
        secrets.Where(secret => told.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Logging:Console:LogLevel:Default")]
    [InlineData("Logging:WaCr.Web.Tests.Support.LogCollector:LogLevel:Microsoft.AspNetCore")]
    public async Task Log_NamesNobody_WhateverIsWrittenInARequest(string level)
    {
        await using var app = await DisposableApp.StartAsync((level, "Information"));
        var secrets = await WatchedWork.DoAsync(app);

        var lines = app.Log.Entries;
        lines.ShouldContain(line => line.Category == "WaCr.Web.Tests" && line.Level == LogLevel.Warning);
        lines.Where(line => secrets.Any(secret => $"{line.Text}\n{line.Scopes}".Contains(secret, StringComparison.OrdinalIgnoreCase)))
            .Select(line => $"{line.Category}: {line.Text} {line.Scopes}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("account/sign-in")]
    [InlineData("api/v2/contacts")]
    [InlineData("mcp")]
    public async Task LinesOfARequest_CarryItsId(string path)
    {
        await using var app = await DisposableApp.StartAsync(("Logging:LogLevel:Microsoft.AspNetCore.Routing", "Debug"));
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.App.Address };

        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));

        var ids = app.Log.Entries
            .Where(line => line.Category.StartsWith("Microsoft.AspNetCore.Routing.EndpointRouting", StringComparison.Ordinal))
            .Select(line => RequestId().Match(line.Scopes).Groups["id"].Value).Distinct(StringComparer.Ordinal).ToList();
        ids.ShouldHaveSingleItem().ShouldNotBeEmpty();
        answer.Headers.TryGetValues("X-Request-Id", out var told);
        (told ?? ids).ShouldBe(ids);
    }

    [Fact]
    public async Task Metrics_AreForTheOperatorAlone_AndNameNobody()
    {
        await using var app = await DisposableApp.StartAsync(("Telemetry:Token", Token));
        var secrets = await WatchedWork.DoAsync(app);

        (await ScrapeAsync(app, null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await ScrapeAsync(app, "another-token-of-some-length")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var (status, metrics) = await ScrapeAsync(app, Token);

        status.ShouldBe(HttpStatusCode.OK);
        metrics.ShouldContain("wacr_queue_due");
        metrics.ShouldContain("wacr_graph_duration_seconds");
        metrics.ShouldContain("wacr_webhook_lag_seconds");
        secrets.Where(secret => metrics.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Metrics_WithoutAToken_AreNowhere()
    {
        await using var app = await DisposableApp.StartAsync();

        (await ScrapeAsync(app, Token)).Status.ShouldBe(HttpStatusCode.NotFound);
        app.Services.GetService<MeterProvider>().ShouldBeNull();
    }

    [GeneratedRegex(@"\bRequestId:(?<id>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RequestId();

    private static void Flush(IServiceProvider services)
    {
        services.GetRequiredService<TracerProvider>().ForceFlush().ShouldBeTrue();
        services.GetRequiredService<MeterProvider>().ForceFlush().ShouldBeTrue();
        services.GetRequiredService<LoggerProvider>().ForceFlush().ShouldBeTrue();
    }

    private static async Task<(HttpStatusCode Status, string Body)> ScrapeAsync(DisposableApp app, string? token)
    {
        using var http = new HttpClient { BaseAddress = app.App.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("metrics", UriKind.Relative));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Takes OTLP over HTTP. The texts in its messages are plain UTF-8.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _bodies = new();

        public string Address => app.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.Zero);
            builder.Logging.ClearProviders();
            var collector = new Collector(builder.Build());
            await collector.ListenAsync();
            return collector;
        }

        public string Told() => string.Join('\n', _bodies);

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task ListenAsync()
        {
            app.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                _bodies.Enqueue(Encoding.UTF8.GetString(body.ToArray()));
                context.Response.ContentType = "application/x-protobuf";
            });
            await app.StartAsync();
        }
    }
}
