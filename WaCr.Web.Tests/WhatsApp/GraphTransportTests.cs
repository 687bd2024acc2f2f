using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using WaCr.Web.Hosting;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.WhatsApp;

/// <summary>What a scripted handler cannot show: the client over real sockets.</summary>
public sealed class GraphTransportTests
{
    private static readonly WhatsAppChannel Channel = new("1055", "1022", "secret-token");
    private static readonly OutboundMessage Message = new(Recipient.ByPhone("5511987654321"), new TextContent("Oi"), "msg-1");

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        var followed = false;
        await using var server = await ServeAsync(context =>
        {
            followed |= context.Request.Path == "/elsewhere";
            context.Response.StatusCode = (int)HttpStatusCode.TemporaryRedirect;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });

        (await Client(server).SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppUncertain>();

        followed.ShouldBeFalse();
    }

    [Fact]
    public async Task AnswerThatStopsHalfWay_IsUncertain_OnceTheCallsTimeIsUp()
    {
        await using var server = await ServeAsync(async context =>
        {
            await context.Response.WriteAsync("""{"messages":[{"id":""");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        (await Client(server, callTimeout: "00:00:01").SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppUncertain>();
    }

    [Fact]
    public async Task NobodyListening_IsUnavailable()
    {
        await using var server = await ServeAsync(_ => Task.CompletedTask);
        var client = Client(server);
        await server.StopAsync();

        (await client.SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppUnavailable>();
    }

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.Zero);
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        return server;
    }

    private static IWhatsAppClient Client(WebApplication server, string callTimeout = "00:00:30")
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["WhatsApp:BaseUrl"] = server.Urls.Single(),
                ["WhatsApp:FirstDelay"] = "00:00:00",
                ["WhatsApp:CallTimeout"] = callTimeout,
            })
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddWhatsApp(configuration)
            .BuildServiceProvider()
            .GetRequiredService<IWhatsAppClient>();
    }
}
