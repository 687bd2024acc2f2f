using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace WaCr.E2E;

/// <summary>The real app on a port of its own with a fresh database and the demo's people, and one browser for all tests.</summary>
public class StaffApp : IAsyncLifetime
{
    public const string Collection = "staff app";
    public const string Password = "demo-password";

    private readonly string _folder = Directory.CreateTempSubdirectory("wacr-e2e-").FullName;
    private ServerFactory? _server;
    private IPlaywright? _playwright;
    private readonly Dictionary<string, string> _sessions = new(StringComparer.Ordinal);
    private IBrowser? _browser;

    public string Address { get; private set; } = "";

    /// <summary>In Development the demo's people are there; in Production nobody is.</summary>
    protected virtual string EnvironmentName => "Development";

    public async Task InitializeAsync()
    {
        _server = new ServerFactory(Path.Combine(_folder, "wacr.db"), EnvironmentName);
        _server.UseKestrel(0);
        _server.StartServer();
        Address = _server.ClientOptions.BaseAddress.ToString().TrimEnd('/');

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    public AsyncServiceScope CreateScope() => _server!.Services.CreateAsyncScope();

    /// <summary>A window of its own, signed in to nothing.</summary>
    public Task<StaffPage> OpenAsync(int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light) =>
        OpenAsync(width, height, scheme, session: null);

    /// <summary>A window of its own with a session of this person's; they sign in once for all tests.</summary>
    public async Task<StaffPage> SignInAsync(string email, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        if (!_sessions.TryGetValue(email, out var session))
        {
            await using var first = await OpenAsync();
            await first.SignInAsync(email, Password);
            await first.Page.WaitForURLAsync("**/");
            _sessions[email] = session = await first.Page.Context.StorageStateAsync();
        }

        var staff = await OpenAsync(width, height, scheme, session);
        await staff.Page.GotoAsync("/");
        return staff;
    }

    private async Task<StaffPage> OpenAsync(int width, int height, ColorScheme scheme, string? session)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            StorageState = session,
        });
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        return new StaffPage(await context.NewPageAsync());
    }

    private sealed class ServerFactory(string file, string environment) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(environment);
            builder.UseSetting("Database:ConnectionString", $"Data Source={file}");
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
        }
    }
}

/// <summary>An installation that was started for the first time.</summary>
public sealed class FreshApp : StaffApp
{
    protected override string EnvironmentName => "Production";
}

[CollectionDefinition(StaffApp.Collection)]
public sealed class StaffAppTests : ICollectionFixture<StaffApp>;
