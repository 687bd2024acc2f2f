using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WaCr.Web.Tests.Support;

/// <summary>A Graph on a real socket that takes every message, for servers in processes of their own; it remembers how often each
/// came.</summary>
internal sealed class GraphServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _taken;

    private GraphServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>By our own reference.</summary>
    public ConcurrentDictionary<string, int> Taken { get; } = new(StringComparer.Ordinal);

    /// <summary>What is known of each message, by its reference.</summary>
    public ConcurrentDictionary<string, string> Wamids { get; } = new(StringComparer.Ordinal);

    /// <summary>Called with the reference before the answer is given.</summary>
    public Action<string>? OnTaken { get; set; }

    public static async Task<GraphServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new GraphServer(app);
        app.MapPost("/{version}/{number}/messages", server.TakeAsync);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        var message = (await JsonNode.ParseAsync(request.Body))!;
        var reference = (string)message["biz_opaque_callback_data"]!;
        var wamid = Wamids.GetOrAdd(reference, _ => $"wamid.taken.{Interlocked.Increment(ref _taken)}");
        Taken.AddOrUpdate(reference, 1, (_, times) => times + 1);
        OnTaken?.Invoke(reference);
        return Results.Json(new { messaging_product = "whatsapp", messages = new[] { new { id = wamid } } });
    }
}
