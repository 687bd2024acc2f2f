using WaCr.Web.Features.ApiTokens;

namespace WaCr.Web.Tests.Support;

/// <summary>When the database goes away, counted in writes of API tokens; to a caller it is as if the process had died there.</summary>
internal sealed class WriteFaults
{
    private int _left = int.MaxValue;

    public void FailAfter(int writes) => Volatile.Write(ref _left, writes);

    public void Heal() => Volatile.Write(ref _left, int.MaxValue);

    public bool IsDown() => Volatile.Read(ref _left) != int.MaxValue && Interlocked.Decrement(ref _left) < 0;
}

/// <summary>The product's writer, until the test says that the database is gone.</summary>
internal sealed class FaultyWriter(IDatabaseWriter inner, TenantContext tenant, WriteFaults faults) : IDatabaseWriter
{
    public int Commits => inner.Commits;

    public static void Add(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(IDatabaseWriter));
        IDatabaseWriter Real(IServiceProvider provider) => (IDatabaseWriter)(real.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!));

        services.AddSingleton<WriteFaults>();
        services.AddScoped<IDatabaseWriter>(provider => new FaultyWriter(
            Real(provider), provider.GetRequiredService<TenantContext>(), provider.GetRequiredService<WriteFaults>()));

        // Not counted: how often a rate limit is leased is no matter of the request.
        services.AddScoped(provider => new RateLeases(Real(provider), provider.GetRequiredService<IDbContextFactory<AppDbContext>>()));
    }

    public Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        tenant is { IsSet: true, Actor.Kind: ActorKind.Token } && faults.IsDown()
            ? throw new StorageUnavailableException(new IOException("The database is gone."))
            : inner.WriteAsync(work, cancellationToken);
}

/// <summary>The product on each engine, with a database that goes away when a test says so.</summary>
public sealed class FaultyApps : IAsyncLifetime
{
    private readonly Dictionary<DatabaseProvider, TestApp> _apps = [];

    public async Task<TestApp> OnAsync(DatabaseProvider engine)
    {
        if (!_apps.TryGetValue(engine, out var app))
        {
            _apps.Add(engine, app = new TestApp { Engine = engine, More = FaultyWriter.Add });
            await app.InitializeAsync();
        }

        return app;
    }

    internal static WriteFaults Faults(TestApp app) => app.Services.GetRequiredService<WriteFaults>();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var app in _apps.Values)
        {
            await app.DisposeAsync();
        }
    }
}
