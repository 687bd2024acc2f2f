using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Hosting;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>The sandbox behind a real socket with a clock that the test moves, the product's client before it, and somebody who hears its
/// events.</summary>
internal sealed class SandboxHarness : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _server;
    private readonly ServiceProvider _client;
    private readonly Channel<HeardEvent> _heard = System.Threading.Channels.Channel.CreateUnbounded<HeardEvent>();
    private readonly HttpClient _http = new();

    private SandboxHarness(WebApplication server, ServiceProvider client)
    {
        _server = server;
        _client = client;
    }

    public static SandboxNumber Number => SandboxNumber.Shipped[0];

    public static WhatsAppChannel Channel { get; } = new(Number.PhoneNumberId, Number.BusinessAccountId, Number.AccessToken);

    public FakeTimeProvider Time { get; private init; } = null!;

    /// <summary>The client's own clock, so that its patience can end without the sandbox's time passing.</summary>
    public FakeTimeProvider ClientTime { get; private init; } = null!;

    public Uri Address => new(_server.Urls.Single());

    public IWhatsAppClient Client => _client.GetRequiredService<IWhatsAppClient>();

    public SandboxWorld World => _server.Services.GetRequiredService<SandboxWorld>();

    public string ControlToken => _server.Services.GetRequiredService<SandboxControlToken>().Value;

    public SandboxConsole Desk => _server.Services.GetRequiredService<SandboxConsole>();

    public SandboxPhone Phone => _server.Services.GetRequiredService<SandboxPhone>();

    /// <summary>What the one who hears events answers to the next ones; 200 where nothing is planned.</summary>
    public Queue<int> Answers { get; } = new();

    public static async Task<SandboxHarness> StartAsync(SandboxBehaviour? behaviour = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.Zero);
        builder.Logging.ClearProviders();
        var time = TestClock.Create();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSandboxServices(builder.Configuration);
        builder.Services.Configure<SandboxOptions>(options =>
            options.Behaviour = behaviour ?? new SandboxBehaviour { ReadsByItself = false });
        var server = builder.Build();
        server.MapSandboxRoutes();
        SandboxHarness? harness = null;
        server.MapPost("/hook", context => harness!.ReceiveAsync(context));
        server.MapGet("/hook", (HttpRequest request) => request.Query["hub.mode"] == "subscribe"
            && request.Query["hub.verify_token"] == Number.VerifyToken
            ? Results.Text(request.Query["hub.challenge"])
            : Results.StatusCode(StatusCodes.Status403Forbidden));
        await server.StartAsync();

        var clientTime = new FakeTimeProvider();
        var client = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(clientTime)
            .AddWhatsApp(new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["WhatsApp:BaseUrl"] = server.Urls.Single() + SandboxPaths.Graph,
                    ["WhatsApp:FirstDelay"] = "00:00:00",
                })
                .Build())
            .BuildServiceProvider();
        harness = new SandboxHarness(server, client) { Time = time, ClientTime = clientTime };
        harness.World.SetOwnWebhook(new Uri(harness.Address, "/hook"));
        return harness;
    }

    /// <summary>The next post that arrives.</summary>
    public async Task<HeardEvent> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _heard.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The next posts' statuses, in the order in which they arrive.</summary>
    public async Task<IReadOnlyList<string>> HearStatusesAsync(int count)
    {
        var statuses = new List<string>();
        while (statuses.Count < count)
        {
            statuses.AddRange((await ReceiveAsync()).Statuses.Select(status => (string)status["status"]!));
        }

        return statuses;
    }

    public bool HasHeardMore => _heard.Reader.TryPeek(out _);

    /// <summary>As an integrator without our client would: any body to any path, under the number's token.</summary>
    public async Task<(int Status, JsonNode Json, HttpResponseMessage Answer)> CallAsync(
        HttpMethod method, string path, string? json = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path.StartsWith('/') ? path : $"/sandbox/graph/v25.0/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", token ?? (path.StartsWith("/sandbox/control", StringComparison.Ordinal) ? ControlToken : Number.AccessToken));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!, answer);
    }

    public async Task<JsonNode> ControlAsync(HttpMethod method, string path, object? body = null)
    {
        var (status, json, _) = await CallAsync(
            method, "/sandbox/control/" + path, body is null ? null : body as string ?? System.Text.Json.JsonSerializer.Serialize(body));
        status.ShouldBe(200, json.ToJsonString());
        return json;
    }

    public async Task<T> EventuallyAsync<T>(Func<T> read, Func<T, bool> fits)
    {
        var value = World.Do(read);
        await Eventually.HoldsAsync(() => fits(value = World.Do(read)), Patience);
        return value;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.StatusCode = Answers.TryDequeue(out var status) ? status : StatusCodes.Status200OK;
        _heard.Writer.TryWrite(new HeardEvent(body.ToArray(), context.Request.Headers[WebhookSignature.Header]));
    }
}

/// <summary>A post of the sandbox as it arrived.</summary>
internal sealed record HeardEvent(byte[] Body, string? Signature)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public IReadOnlyList<JsonNode> Changes =>
        [.. Json["entry"]!.AsArray().SelectMany(entry => entry!["changes"]!.AsArray()).Select(change => change!)];

    public JsonNode Value => Changes[0]["value"]!;

    public IReadOnlyList<JsonNode> Statuses =>
        [.. Changes.SelectMany(change => change["value"]!["statuses"]?.AsArray() ?? []).Select(status => status!)];

    public JsonNode Status => Statuses.ShouldHaveSingleItem();

    public JsonNode Message => Value["messages"]![0]!;
}
