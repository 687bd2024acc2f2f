namespace WaCr.Web.Tests.Support;

/// <summary>The product on each engine, started when a test first asks for it. A class fixture for theories with
/// <see cref="OnEachEngineAttribute"/>.</summary>
public sealed class TestApps : IAsyncLifetime
{
    private readonly Dictionary<DatabaseProvider, TestApp> _apps = [];

    public async Task<TestApp> OnAsync(DatabaseProvider engine)
    {
        if (!_apps.TryGetValue(engine, out var app))
        {
            app = new TestApp { Engine = engine };
            await app.InitializeAsync();
            _apps.Add(engine, app);
        }

        return app;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var app in _apps.Values)
        {
            await app.DisposeAsync();
        }
    }
}
