using System.Net.Sockets;
using System.Text;
using WaCr.Web.Features.Messaging.Inbound;

namespace WaCr.Web.Tests.Api;

/// <summary>Strangers at the endpoint that WhatsApp uses: whatever they send, and however slowly, WhatsApp is heard.</summary>
public sealed class WhatsAppWebhookLoadTests : IAsyncLifetime
{
    private const string Path = "/webhooks/whatsapp";
    private const string Number = "106540352242922";
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private readonly TestApp _app = new();
    private readonly List<TcpClient> _strangers = [];
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        await _app.InitializeAsync();
        _http = new HttpClient { BaseAddress = _app.Address };
        await MessagingWorld.AddChannelAsync(await _app.CreateTenantAsync(), Number);
    }

    public async Task DisposeAsync()
    {
        _strangers.ForEach(stranger => stranger.Dispose());
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task SlowStrangers_KeepNoWebhookWaiting()
    {
        for (var n = 0; n < 200; n++)
        {
            await SendAsync(
                $"POST {Path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Hub-Signature-256: sha256=00\r\nContent-Length: 3145728\r\n\r\n{{");
        }

        (await PostAsync("wamid.1").WaitAsync(AtOnce)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task BodyThatTakesTooLong_IsNotWaitedFor()
    {
        var app = new TestApp
        {
            More = services => services.AddSingleton(new WebhookThrottle { ReadDeadline = TimeSpan.FromMilliseconds(200) }),
        };
        await app.InitializeAsync();
        try
        {
            using var stranger = await OpenAsync(app.Address);
            await stranger.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {Path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Hub-Signature-256: sha256=00\r\nContent-Length: 100\r\n\r\n{{"));

            using var reader = new StreamReader(stranger.GetStream());
            (await reader.ReadLineAsync().WaitAsync(AtOnce)).ShouldBe("HTTP/1.1 408 Request Timeout");
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    [Fact]
    public async Task HandshakesOfStrangers_StarveNoneOfWhatsApps()
    {
        var strangers = Enumerable.Range(0, 1_200).Select(n => ShakeHandsAsync($"wrong-{n}")).ToList();
        var own = Enumerable.Range(0, 10).Select(_ => ShakeHandsAsync($"verify-{Number}")).ToList();

        (await Task.WhenAll(own)).ShouldAllBe(status => status == HttpStatusCode.OK);
        (await Task.WhenAll(strangers)).ShouldAllBe(status => status == HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData((3 * 1024 * 1024) + 1)]
    [InlineData(40 * 1024 * 1024)] // past the server's own limit
    public async Task BodyThatIsTooLarge_IsTakenInAndAnswered(int length)
    {
        using var body = new ByteArrayContent(new byte[length]);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = body };
        request.Headers.Add("X-Hub-Signature-256", "sha256=00");

        using var answer = await _http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private async Task<HttpStatusCode> PostAsync(string wamid)
    {
        var body = MetaWebhook.Text(wamid, "447700900123", "Hello", _app.Time.GetUtcNow(), number: Number);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Hub-Signature-256", MetaWebhook.Sign(body));
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> ShakeHandsAsync(string token)
    {
        using var answer = await _http.GetAsync(
            new Uri($"{Path}?hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1", UriKind.Relative));
        return answer.StatusCode;
    }

    private async Task SendAsync(string text)
    {
        var stranger = await OpenAsync(_app.Address);
        _strangers.Add(stranger);
        await stranger.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
    }

    private static async Task<TcpClient> OpenAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        return client;
    }
}
