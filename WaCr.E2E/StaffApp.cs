using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Tenancy;

namespace WaCr.E2E;

/// <summary>The real app on a port of its own with a fresh database and the demo's people, and one browser for all tests.</summary>
public class StaffApp : IAsyncLifetime
{
    // Tests of one app run one after the other; those of another run beside them, since half of each is waiting.
    public const string Collection = "staff app";
    public const string Contacts = "contacts";

    /// <summary>Tests that open every page and change none.</summary>
    public const string EveryPage = "every page";
    public const string Password = "demo-password";
    public const string English = "en-GB";
    public const string Portuguese = "pt-BR";
    public const string Arabic = "ar";
    private const string SandboxToken = "token-of-the-sandboxs-controls";

    private readonly string _folder = Directory.CreateTempSubdirectory("wacr-e2e-").FullName;
    private ServerFactory? _server;
    private IPlaywright? _playwright;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _sessions = new(StringComparer.Ordinal);
    private IBrowser? _browser;
    private IBrowser? _wholeBrowser;

    public string Address { get; private set; } = "";

    /// <summary>In Development the demo's people are there; in Production nobody is.</summary>
    protected virtual string EnvironmentName => "Development";

    public async Task InitializeAsync()
    {
        StartServer(port: 0);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        foreach (var browser in new[] { _browser, _wholeBrowser }.OfType<IBrowser>())
        {
            await browser.CloseAsync();
        }

        _playwright?.Dispose();
        await StopServerAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    protected async Task StopServerAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            await _server.Ended;
        }

        _server = null;
    }

    protected void StartServer(int port)
    {
        _server = new ServerFactory(Path.Combine(_folder, "wacr.db"), EnvironmentName);
        _server.UseKestrel(port);
        _server.StartServer();
        Address = _server.ClientOptions.BaseAddress.ToString().TrimEnd('/');
    }

    /// <summary>To play a customer: opens the sandbox's controls.</summary>
    public HttpClient OpenSandbox() => new()
    {
        BaseAddress = new Uri($"{Address}/sandbox/control/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", SandboxToken) },
    };

    /// <summary>A customer writes, from their phone in the sandbox.</summary>
    public async Task SayAsync(string phone, string text)
    {
        using var customer = OpenSandbox();
        using var said = await customer.PostAsJsonAsync(new Uri($"customers/{phone}/text", UriKind.Relative), new { body = text });
        said.EnsureSuccessStatusCode();
    }

    public AsyncServiceScope CreateScope() => _server!.Services.CreateAsyncScope();

    /// <summary>What no browser does: in the server, in this workspace, with all rights.</summary>
    public async Task<T> InWorkspaceAsync<T>(string tenant, Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = CreateScope();
        (await scope.ServiceProvider.GetRequiredService<TenantService>().EnterAsync(tenant, ChangeOrigin.System, CancellationToken.None))
            .OrThrow();
        return await act(scope.ServiceProvider);
    }

    /// <summary>A window of its own, signed in to nothing.</summary>
    public Task<StaffPage> OpenAsync(int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, string locale = English) =>
        OpenAsync(_browser!, width, height, scheme, locale, session: null);

    /// <summary>A window of its own with a session of this person's, on no page yet; they sign in once for all tests.</summary>
    /// <param name="at">Another address of the server, where the window does not go there directly.</param>
    public async Task<StaffPage> SignInAsync(
        string email, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, string locale = English,
        string? at = null) =>
        await OpenAsync(_browser!, width, height, scheme, locale, await SessionAsync(email), at);

    /// <summary>The same in a browser that shows notifications.</summary>
    public async Task<StaffPage> SignInToWholeBrowserAsync(string email)
    {
        _wholeBrowser ??= await Chromium.LaunchWholeAsync(_playwright!);
        return await OpenAsync(_wholeBrowser, 1440, 900, ColorScheme.Light, English, await SessionAsync(email));
    }

    private Task<string> SessionAsync(string email) =>
        _sessions.GetOrAdd(email, _ => new Lazy<Task<string>>(() => NewSessionAsync(email))).Value;

    private async Task<string> NewSessionAsync(string email)
    {
        await using var first = await OpenAsync();
        await first.SignInAsync(email, Password);
        // Every test after the first has this session.
        await first.Page.WaitForURLAsync("**/");
        return await first.Page.Context.StorageStateAsync();
    }

    private async Task<StaffPage> OpenAsync(
        IBrowser browser, int width, int height, ColorScheme scheme, string locale, string? session, string? at = null)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = at ?? Address,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = locale,
            StorageState = session,
        });
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        return new StaffPage(await context.NewPageAsync());
    }

    private sealed class ServerFactory(string file, string environment) : WebApplicationFactory<Program>
    {
        private readonly Disposal _disposal = new();

        /// <summary>
        /// The server has let go of its files. Disposing of the factory does not wait for that: the program itself stops, too.
        /// </summary>
        public Task Ended => _disposal.Done;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(environment);
            builder.UseSetting("Database:ConnectionString", $"Data Source={file}");
            builder.UseSetting("urls", "http://127.0.0.1:0");
            builder.UseSetting("WhatsApp:Sandbox:ControlToken", SandboxToken);
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
            builder.UseSetting("SignIn:MaxAttemptsPerMinute", "1000"); // all of them come from one address
            builder.ConfigureServices(services =>
            {
                services.AddSingleton(_ => _disposal);
                // Made with the host, before all services of the product; so it is the last to be disposed of.
                services.AddOptions<HostOptions>().Configure<Disposal>((_, _) => { });
            });
        }
    }

    private sealed class Disposal : IDisposable
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public void Dispose() => _done.TrySetResult();
    }
}

/// <summary>An installation that was started for the first time.</summary>
public sealed class FreshApp : StaffApp
{
    protected override string EnvironmentName => "Production";
}

/// <summary>One whose server goes away and comes back, at the same address with the same database.</summary>
public sealed class RestartedApp : StaffApp
{
    public Task StopAsync() => StopServerAsync();

    public void Start() => StartServer(new Uri(Address).Port);
}

[CollectionDefinition(StaffApp.Collection)]
public sealed class StaffAppTests : ICollectionFixture<StaffApp>;

[CollectionDefinition(StaffApp.Contacts)]
public sealed class ContactsAppTests : ICollectionFixture<StaffApp>;

[CollectionDefinition(StaffApp.EveryPage)]
public sealed class EveryPageTests : ICollectionFixture<StaffApp>;
