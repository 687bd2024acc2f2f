using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StandardWebhooks;

namespace WaCr.Web.Tests.Support;

/// <summary>A receiver of webhooks on a real socket; it remembers what came and answers as the test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public string Url => new Uri(Address, "/hook").ToString();

    public string Host => Address.Authority;

    public ConcurrentQueue<ReceivedRequest> Received { get; } = new();

    /// <summary>Answers a request; 200 unless the test says otherwise.</summary>
    public RequestDelegate Answer { get; set; } = context => context.Response.WriteAsync("ok");

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.Zero);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Received.Enqueue(new ReceivedRequest(context.Request.Path, headers, await reader.ReadToEndAsync()));
        await Answer(context);
    }
}

internal sealed record ReceivedRequest(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Type => (string)Json["event"]!["type"]!;

    /// <summary>As the library of the specification's authors signs it.</summary>
    public void ShouldBeSigned(string secret)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(
            long.Parse(Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture));
        Headers["webhook-signature"].Split(' ').ShouldContain(new StandardWebhook(secret).Sign(Id, at, Body));
    }
}
