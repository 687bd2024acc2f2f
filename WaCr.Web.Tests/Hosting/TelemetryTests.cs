using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using WaCr.Web.Tests.Support;

namespace WaCr.Web.Tests.Hosting;

/// <summary>What leaves the process for whoever watches it.</summary>
public sealed class TelemetryTests
{
    private const string Token = "a-token-of-the-operator";
    private const string Text = "Nobody else may read this sentence";
    private const string Number = "447700900123";

    [Fact]
    public async Task Collector_GetsSpansFiguresAndLogs_AndNothingThatNamesAPersonOrOpensADoor()
    {
        await using var collector = await Collector.StartAsync();
        await using var app = await StartAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        var secrets = await WorkAsync(app);

        Flush(app.Services);

        var told = collector.Told();
        string[] known =
        [
            "/api/v2/contacts/{id", "POST", "WebhookProcessor", "wacr.graph.duration", "wacr.commit_group.size", "wacr.commit_group.wait", "wacr.webhook.lag",
            "wacr.queue.due", "wacr.cache.lookups", "kestrel.active_connections", "http.server.request.duration", "service.name", "sqlite",
        ];
        known.Where(name => !told.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty();
        secrets.Where(secret => told.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Metrics_AreForTheOperatorAlone_AndNameNobody()
    {
        await using var app = await StartAsync(("Telemetry:Token", Token));
        var secrets = await WorkAsync(app);

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
        await using var app = await StartAsync();

        (await ScrapeAsync(app, Token)).Status.ShouldBe(HttpStatusCode.NotFound);
        app.Services.GetService<MeterProvider>().ShouldBeNull();
    }

    private static async Task<DisposableApp> StartAsync(params (string Key, string Value)[] settings)
    {
        var app = new DisposableApp(settings);
        await app.StartAsync();
        return app;
    }

    // A message in, a look at its contact, an answer, a refusal; returns what of it is nobody else's business.
    private static async Task<IReadOnlyList<string>> WorkAsync(DisposableApp product)
    {
        var app = product.App;
        var tenant = await app.CreateTenantAsync();
        var token = await TestApp.CreateTokenAsync(tenant);
        using var client = app.ClientFor(token);
        var channel = await tenant.ConnectWhatsAppAsync();
        app.Graph.AcceptsEverySend();
        var body = MetaWebhook.Text("wamid.watched", Number, Text, app.Time.GetUtcNow(), number: channel.PhoneNumberId);
        using (var http = new HttpClient { BaseAddress = app.Address })
        {
            using var post = new HttpRequestMessage(HttpMethod.Post, new Uri("webhooks/whatsapp", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            post.Headers.Add("X-Hub-Signature-256", MetaWebhook.Sign(body, "secret-of-the-app"));
            (await http.SendAsync(post)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await using var db = tenant.OpenDatabase();
        await Eventually.HoldsAsync(() => db.Messages.AnyAsync(message => message.Wamid == "wamid.watched"), TimeSpan.FromMinutes(1));
        var contactId = await db.Contacts.Select(contact => contact.Id).SingleAsync();
        (await client.GetAsync($"/contacts/{contactId}")).ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync($"/contacts?search={Number}")).ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync("/messages/text", new { phone = "+" + Number, message = Text })).ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync($"/contacts/by-nothing/{Number}")).Status.ShouldBe(HttpStatusCode.NotFound);
        return [Number, Text, token.Secret, "token-of-the-shop", "secret-of-the-app", "wamid.watched"];
    }

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

    private sealed class DisposableApp((string Key, string Value)[] settings) : IAsyncDisposable
    {
        public TestApp App { get; } = new() { Settings = settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal) };

        public IServiceProvider Services => App.Services;

        public Task StartAsync() => App.InitializeAsync();

        public async ValueTask DisposeAsync() => await App.DisposeAsync();
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
