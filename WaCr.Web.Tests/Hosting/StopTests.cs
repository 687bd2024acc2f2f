using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WaCr.Web.Tests.Hosting;

public sealed class StopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6); // less than requests have at the end

    /// <summary>A browser whose page is cut off comes again at once, and may be quicker than the server is in closing its port.</summary>
    [Fact]
    public async Task APageThatComesUpWhileTheServerStops_DoesNotKeepItWaiting()
    {
        var whileStopping = new TaskCompletionSource<Exception?>();
        StaffSession? staff = null;
        ClientWebSocket? again = null;
        var app = new TestApp();
        async Task ComeAgainAsync()
        {
            try
            {
                again = await OpenAsync(app, staff!);
                whileStopping.SetResult(null);
            }
            catch (Exception refused)
            {
                whileStopping.SetResult(refused);
            }
        }

        app = new TestApp
        {
            More = services =>
                services.AddSingleton<IHostedService>(provider =>
                    new AtStop(provider.GetRequiredService<IHostApplicationLifetime>(), ComeAgainAsync)),
        };
        await app.InitializeAsync();
        staff = await StaffSession.SignInAsync(app, await app.CreateTenantAsync(), Role.Agent);
        using var open = await OpenAsync(app, staff);

        await app.DisposeAsync().WaitAsync(Patience);

        (await whileStopping.Task).ShouldBeOfType<WebSocketException>();
        await Should.ThrowAsync<WebSocketException>(() => open.ReceiveAsync(new byte[1], CancellationToken.None).WaitAsync(Patience));
        staff.Dispose();
        again?.Dispose();
    }

    [Theory]
    [InlineData("/api/v2/contacts")]
    [InlineData("/mcp")]
    public async Task ABodyThatIsStillOnItsWay_WhenTheServerStops_IsNoFailure(string path)
    {
        var log = new LogCollector();
        var app = new TestApp
        {
            More = services =>
            {
                services.AddSingleton<ILoggerProvider>(log);
                services.PostConfigure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
            },
        };
        await app.InitializeAsync();
        var token = await TestApp.CreateTokenAsync(await app.CreateTenantAsync());
        using var client = new TcpClient();
        await client.ConnectAsync(app.Address.Host, app.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {app.Address.Authority}\r\nAuthorization: Bearer {token.Secret}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n{"));
        using var answer = new StreamReader(stream);
        (await answer.ReadLineAsync().WaitAsync(Patience)).ShouldBe("HTTP/1.1 100 Continue"); // the body is being read

        await app.DisposeAsync().WaitAsync(Patience);

        log.Entries.Where(line => line.Level >= LogLevel.Error).Select(line => $"{line.Category}: {line.Text} {line.Exception}")
            .ShouldBeEmpty();
    }

    private static async Task<ClientWebSocket> OpenAsync(TestApp app, StaffSession staff)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = staff.Cookies;
        try
        {
            await socket.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, CancellationToken.None);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class AtStop(IHostApplicationLifetime lifetime, Func<Task> work) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStopping.Register(() => work().GetAwaiter().GetResult());
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
