using System.Net.WebSockets;

namespace WaCr.Web.Tests.Security;

/// <summary>How many pages one person may hold open, and from where: whatever the path's letters and the way of the connection.</summary>
public sealed class CircuitLimitTests
{
    private const int MaxPages = 2;

    [Theory]
    [InlineData("/_blazor")]
    [InlineData("/_BLAZOR")]
    [InlineData("/_Blazor/")]
    public async Task PageOfAnotherSite_OpensNoCircuit(string path)
    {
        await using var limited = await LimitedApp.CreateAsync();
        using var staff = await StaffSession.SignInAsync(limited.App, await limited.App.CreateTenantAsync(), Role.Agent);

        await Should.ThrowAsync<WebSocketException>(() => OpenAsync(limited.App, staff, path, "https://evil.example"));

        using var ours = await OpenAsync(limited.App, staff, path, limited.App.Address.GetLeftPart(UriPartial.Authority));
        ours.State.ShouldBe(WebSocketState.Open);
    }

    [Theory]
    [InlineData("/_blazor")]
    [InlineData("/_BLAZOR")]
    public async Task OnePerson_HoldsSoManyPages_InAnyWay(string path)
    {
        await using var limited = await LimitedApp.CreateAsync();
        var tenant = await limited.App.CreateTenantAsync();
        using var staff = await StaffSession.SignInAsync(limited.App, tenant, Role.Agent);
        using var other = await StaffSession.SignInAsync(limited.App, tenant, Role.Agent);
        using var first = await OpenAsync(limited.App, staff, path);
        using var second = await OpenAsync(limited.App, staff, path);

        await Should.ThrowAsync<WebSocketException>(() => OpenAsync(limited.App, staff, path));
        using var polled = await staff.GetAsync(path + "?id=none");
        polled.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var theirs = await OpenAsync(limited.App, other, path);

        first.Abort();
        await Eventually.HoldsAsync(async () =>
        {
            using var again = await staff.GetAsync(path + "?id=none");
            return again.StatusCode == HttpStatusCode.NotFound; // let through, to no connection
        }, TimeSpan.FromSeconds(30));
    }

    private static async Task<ClientWebSocket> OpenAsync(TestApp app, StaffSession staff, string path, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = staff.Cookies;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await socket.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = path }.Uri, CancellationToken.None);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed record LimitedApp(TestApp App) : IAsyncDisposable
    {
        public static async Task<LimitedApp> CreateAsync()
        {
            var app = new TestApp
            {
                Settings = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["StaffApp:MaxConnectionsPerUser"] = MaxPages.ToString(System.Globalization.CultureInfo.InvariantCulture),
                },
            };
            await app.InitializeAsync();
            return new LimitedApp(app);
        }

        public async ValueTask DisposeAsync() => await App.DisposeAsync();
    }
}
