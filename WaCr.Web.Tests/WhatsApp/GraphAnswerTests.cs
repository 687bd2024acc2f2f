using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Hosting;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.WhatsApp;

/// <summary>Answers as Graph, what stands before it and servers at a wrong address really give them.</summary>
public sealed class GraphAnswerTests
{
    private static readonly WhatsAppChannel Channel = new("1055", "1022", "secret-token");
    private static readonly OutboundMessage Message = new(Recipient.ByPhone("5511987654321"), new TextContent("Oi"), "msg-1");

    private readonly ScriptedGraph _graph = new();
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"error":{"message":"(#131047) m","type":"OAuthException","code":131047,"error_data":{"details":"d"}}}""", 131047, "d")]
    [InlineData(HttpStatusCode.BadRequest, """{"error":{"code":131047.0,"message":"m"}}""", 131047, "m")]
    [InlineData(HttpStatusCode.BadRequest, """{"error":{"code":"131047","message":"m"}}""", 131047, "m")]
    [InlineData(HttpStatusCode.BadRequest, """{"error":{"code":99999999999,"message":"m"}}""", null, "m")]
    [InlineData(HttpStatusCode.BadRequest, """{"error":{"message":"m"}}""", null, "m")]
    [InlineData(HttpStatusCode.BadRequest, """{"error":"invalid_token"}""", null, "invalid_token")]
    [InlineData(HttpStatusCode.BadRequest, """{"error":[]}""", null, "WhatsApp error")]
    [InlineData(HttpStatusCode.BadRequest, """{"error":{"code":131009,"message":"\ud83d"}}""", 131009, "\ufffd")]
    [InlineData(HttpStatusCode.BadRequest, "<html>", null, "Refused with HTTP status 400")]
    [InlineData(HttpStatusCode.NotFound, "<html>", null, "Refused with HTTP status 404")]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "", null, "Refused with HTTP status 413")]
    public async Task Refusal_InWhateverForm_IsNoDoubt(HttpStatusCode status, string body, int? code, string message)
    {
        _graph.Answers(status, body);

        var refused = (await Client().SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppRefused>();

        (refused.KnownCode, refused.Message).ShouldBe((code, message));
    }

    [Fact]
    public async Task Refusal_ThatQuotesBrokenUtf8_IsRead()
    {
        byte[] body = [.. "{\"error\":{\"code\":131009,\"message\":\""u8, 0xC3, 0x28, .. "\"}}"u8];
        _graph.Answers(HttpStatusCode.BadRequest, body);

        (await Client().SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppRefused>().Code.ShouldBe(131009);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("400")]
    public async Task Send_AcceptedUnderNoUsableId_IsUncertain(string id)
    {
        var wamid = id == "400" ? new string('x', 400) : id;
        _graph.Answers(HttpStatusCode.OK, $$"""{"messages":[{"id":"{{wamid}}"}]}""");

        (await Client().SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppUncertain>();
    }

    [Theory]
    [InlineData("""{"data":[{"id":"7","na""")]
    [InlineData("")]
    [InlineData("{}")]
    public async Task Read_WithABrokenAnswer_IsRepeated_AndToldAsWhatItIs(string body)
    {
        _graph.Answers(HttpStatusCode.OK, body).Answers(HttpStatusCode.OK, body).Answers(HttpStatusCode.OK, body);

        var failed = (await Client().ListTemplatesAsync(Channel, null, default)).Error.ShouldBeOfType<WhatsAppUnavailable>();

        failed.Message.ShouldBe(WhatsAppUnavailable.Unreadable);
        _graph.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Templates_ThatCannotBeRead_AreSkippedByName_AndTheOthersCome()
    {
        _graph.Answers(HttpStatusCode.OK, """
            {"data":[
              {"id":"8","name":"t8","language":"en_US","status":"APPROVED","category":"UTILITY"},
              {"id":9,"name":"t9","language":"en_US","status":"APPROVED","category":"UTILITY","components":[]},
              {"name":"t10"}, 7]}
            """);

        var page = (await Client().ListTemplatesAsync(Channel, null, default)).OrThrow();

        page.Templates.Select(template => (template.Id, template.Name)).ShouldBe([("9", "t9")]);
        page.Skipped.ShouldBe(["t8", "t10", "?"]);
    }

    [Fact]
    public async Task Read_WhoseConnectionIsReset_IsTriedThreeTimesInAll()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connections = 0;
        using var stop = new CancellationTokenSource();
        var server = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var connection = await listener.AcceptSocketAsync(stop.Token);
                Interlocked.Increment(ref connections);
                await connection.ReceiveAsync(new byte[16_384], stop.Token);
                connection.LingerState = new System.Net.Sockets.LingerOption(true, 0); // a reset, not an end
            }
        });

        var client = Client(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
        (await client.FindPhoneNumberAsync(Channel, default)).Error.ShouldBeOfType<WhatsAppUnavailable>();

        connections.ShouldBe(3);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => server);
    }

    private IWhatsAppClient Client(Uri? baseUrl = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["WhatsApp:FirstDelay"] = "00:00:00",
                ["WhatsApp:BaseUrl"] = (baseUrl ?? new WhatsAppOptions().BaseUrl).AbsoluteUri,
            })
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_time);
        services.AddWhatsApp(configuration);
        if (baseUrl is null)
        {
            services.AddHttpClient(nameof(GraphCalls)).ConfigurePrimaryHttpMessageHandler(() => _graph);
        }

        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true })
            .GetRequiredService<IWhatsAppClient>();
    }
}
