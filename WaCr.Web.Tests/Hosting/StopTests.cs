using System.Net.WebSockets;
using Microsoft.Extensions.Hosting;

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
