using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Plans;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Security;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Support;

/// <summary>The whole product behind a real socket, on a database of its own. A class fixture: one for each test class.</summary>
public sealed class TestApp : IAsyncLifetime
{
    private int _tenants;
    private TestDatabase? _database;
    private Factory? _factory;

    public DatabaseProvider Engine { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>What the server connects to, where that is not the database itself but something before it.</summary>
    public Func<string, string> Through { get; init; } = connectionString => connectionString;

    /// <summary>Services in place of the product's, another WhatsApp for example.</summary>
    public Action<IServiceCollection>? More { get; init; }

    /// <summary>Of the configuration, beyond or in place of the usual ones.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The server's clock; it stands still unless a test moves it.</summary>
    public FakeTimeProvider Time { get; } = new(TestClock.Start);

    /// <summary>What the server finds where WhatsApp is.</summary>
    internal ScriptedGraph Graph { get; } = new();

    public IServiceProvider Services => _factory!.Services;

    public Uri Address { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Engine);
        _factory = new Factory(Engine, Through(_database.ConnectionString), Time, Graph, More, Settings);
        _factory.UseKestrel(0);
        _factory.StartServer();
        Address = _factory.ClientOptions.BaseAddress;
        await LiftApiLimitsAsync();
    }

    public async Task DisposeAsync()
    {
        await _factory!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    // The clock stands still, so a minute's calls would never come back: tests that are about a plan's limit set their own.
    private async Task LiftApiLimitsAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var plans = scope.ServiceProvider.GetRequiredService<PlanService>();
        foreach (var plan in Plan.Shipped())
        {
            await plans.SetApiCallsPerMinuteAsync(plan.Code, Plan.Unlimited, CancellationToken.None).OrThrowAsync();
        }
    }

    /// <summary>A tenant that no other test knows.</summary>
    public async Task<TestTenant> CreateTenantAsync(string? plan = "business")
    {
        var scope = Services.CreateAsyncScope();
        var subdomain = $"tenant-{Interlocked.Increment(ref _tenants)}";
        var tenants = scope.ServiceProvider.GetRequiredService<TenantService>();
        await tenants.CreateAsync(
            new CreateTenant(subdomain + " Ltd", subdomain, plan, "IN"), ChangeOrigin.CommandLine, CancellationToken.None)
            .OrThrowAsync();
        return await TestTenant.OfAsync(scope);
    }

    public static async Task<CreatedApiToken> CreateTokenAsync(
        TestTenant tenant, IReadOnlyCollection<string>? scopes = null, int rateLimit = 1_000_000, DateTimeOffset? expiresAt = null) =>
        await tenant.GetFresh<ApiTokenService>()
            .CreateAsync(new CreateApiToken("test", scopes ?? Permissions.ApiScopes, rateLimit, expiresAt), CancellationToken.None)
                .OrThrowAsync();

    /// <summary>A client with no token.</summary>
    public ApiClient Stranger() => new(Address, null);

    public ApiClient ClientFor(CreatedApiToken token) => new(Address, token.Secret);

    /// <summary>A client whose token has these scopes; all, where none is named.</summary>
    public async Task<ApiClient> ClientForAsync(TestTenant tenant, params string[] scopes) =>
        ClientFor(await CreateTokenAsync(tenant, scopes.Length == 0 ? null : scopes));

    public async Task<(TestTenant Tenant, ApiClient Client)> NewTenantAsync(string? plan = "business")
    {
        var tenant = await CreateTenantAsync(plan);
        return (tenant, await ClientForAsync(tenant));
    }

    private sealed class Factory(DatabaseProvider provider, string connectionString, TimeProvider time, ScriptedGraph graph,
        Action<IServiceCollection>? more,
        IReadOnlyDictionary<string, string> settings)
        : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            Configure(builder);
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }
        }

        private void Configure(IWebHostBuilder builder) => builder
            .UseEnvironment("Production")
            .UseSetting("PublicUrl", "http://127.0.0.1") // browsers of tests come over http
            .UseSetting("SignIn:MaxAttemptsPerMinute", "1000000") // all of them come from one address, and the clock stands still
            .UseSetting("Database:Provider", provider.ToString())
            .UseSetting("Database:ConnectionString", connectionString)
            .UseSetting("Storage:Path", TestDatabase.FilesOf(provider, connectionString))
            .UseSetting("urls", "http://127.0.0.1:0")
            .UseSetting("Logging:LogLevel:Default", "Error")
            .UseSetting("WhatsApp:FirstDelay", "00:00:00") // the clock stands still
            .ConfigureTestServices(services =>
            {
                services.AddSingleton(time);
                services.AddSingleton<IInterceptor, NoWindows>();
                services.AddHttpClient(nameof(GraphCalls)).ConfigurePrimaryHttpMessageHandler(() => graph);
                more?.Invoke(services);
            });
    }
}
