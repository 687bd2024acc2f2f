using WaCr.Web.Features.Tenants;

namespace WaCr.Web.Tests.Features.Users;

public sealed class FirstStartTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private TestWorld _world = null!;

    private string Code => _world.Services.GetRequiredService<SetUpCode>().Shown;

    public async Task InitializeAsync() => _world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task The_right_code_makes_the_workspace_once()
    {
        (await RunAsync(Request(Code.ToLowerInvariant()))).Succeeded.ShouldBeTrue();
        (await IsNeededAsync()).ShouldBeFalse();
        (await RunAsync(Request(Code) with { Subdomain = "second" })).Succeeded.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA-AAAA-AAAA")]
    [InlineData("ünïcödé")]
    public async Task A_wrong_code_makes_nothing(string code)
    {
        (await RunAsync(Request(code))).ShouldBeInvalid()["code"].ShouldBe([FirstStart.CodeWrong]);
        (await IsNeededAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Errors_of_workspace_and_owner_come_together_and_nothing_is_made()
    {
        var errors = (await RunAsync(Request(Code) with { Subdomain = "no good", OwnerEmail = "nobody", OwnerPassword = "short" }))
            .ShouldBeInvalid();
        errors.Select(error => error.Key).ShouldBe(["subdomain", "email", "password"]);
        (await IsNeededAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_at_once_make_one_workspace()
    {
        var both = await Task.WhenAll(RunAsync(Request(Code)), RunAsync(Request(Code) with { Subdomain = "second" }));
        both.Count(outcome => outcome.Succeeded).ShouldBe(1);
    }

    [Theory, OnPostgres]
    public async Task Replicas_that_are_set_up_at_once_make_one_workspace(DatabaseProvider engine)
    {
        await using var replicas = await Replicas.StartAsync(engine);

        var outcomes = await replicas.AtOnceAsync((services, n) => services.GetRequiredService<FirstStart>().RunAsync(
            Request(services.GetRequiredService<SetUpCode>().Shown) with { Subdomain = $"acme-{n}", OwnerEmail = $"owner{n}@acme.test" }, None));

        outcomes.Count(outcome => outcome.Succeeded).ShouldBe(1);
        outcomes.Where(outcome => !outcome.Succeeded).ShouldAllBe(outcome => outcome.Error is NotFoundError);
        (await replicas.CountAsync()).ShouldBe((1, 1));
    }

    [Theory, OnPostgres]
    public async Task Replicas_that_start_at_once_with_a_configuration_make_one_workspace_and_find_no_fault(DatabaseProvider engine)
    {
        await using var replicas = await Replicas.StartAsync(engine);

        var outcomes = await replicas.AtOnceAsync((services, _) => services.GetRequiredService<FirstStart>().RunAsync(
            new SetUpOptions { Subdomain = "acme", OwnerEmail = "owner@acme.test", OwnerPassword = "correct horse" }, None));

        outcomes.ShouldAllBe(outcome => outcome.Succeeded);
        (await replicas.CountAsync()).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Configuration_does_the_same_and_only_the_first_time()
    {
        var options = new SetUpOptions
        {
            Name = "Acme",
            Subdomain = "acme",
            OwnerEmail = "owner@acme.test",
            OwnerPassword = "correct horse",
        };
        (await ConfigureAsync(new SetUpOptions())).Succeeded.ShouldBeTrue();
        (await IsNeededAsync()).ShouldBeTrue();
        (await ConfigureAsync(options)).Succeeded.ShouldBeTrue();
        (await IsNeededAsync()).ShouldBeFalse();
        (await ConfigureAsync(options)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Strangers_who_guess_lock_nobody_out_and_are_slowed_down()
    {
        var started = TimeProvider.System.GetTimestamp();
        var guesses = await Task.WhenAll(Enumerable.Range(0, 1_001).Select(_ => RunAsync(Request("AAAA-AAAA-AAAA"))));
        guesses.ShouldAllBe(outcome => !outcome.Succeeded);
        TimeProvider.System.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(400));

        (await RunAsync(Request(Code))).Succeeded.ShouldBeTrue();
    }

    private static SetUpWorkspace Request(string code) =>
        new(code, "Acme", "acme", "IN", "Asia/Kolkata", "Asha", "owner@acme.test", "correct horse");

    private async Task<Result<Done>> RunAsync(SetUpWorkspace request)
    {
        await using var scope = _world.AnonymousScope();
        return await scope.ServiceProvider.GetRequiredService<FirstStart>().RunAsync(request, None);
    }

    private async Task<Result<Done>> ConfigureAsync(SetUpOptions options)
    {
        await using var scope = _world.AnonymousScope();
        return await scope.ServiceProvider.GetRequiredService<FirstStart>().RunAsync(options, None);
    }

    private async Task<bool> IsNeededAsync()
    {
        await using var scope = _world.AnonymousScope();
        return await scope.ServiceProvider.GetRequiredService<FirstStart>().IsNeededAsync(None);
    }

    private sealed class Replicas(TestDatabase database, List<ServiceProvider> processes) : IAsyncDisposable
    {
        public static async Task<Replicas> StartAsync(DatabaseProvider engine)
        {
            var database = await TestDatabase.CreateAsync(engine);
            var replicas = new Replicas(
                database, [.. Enumerable.Range(0, 4).Select(_ => TestServices.Build(engine, database.ConnectionString))]);
            await replicas.AtOnceAsync((services, _) => services.GetRequiredService<FirstStart>().IsNeededAsync(None));
            return replicas;
        }

        public Task<T[]> AtOnceAsync<T>(Func<IServiceProvider, int, Task<T>> work) =>
            Task.WhenAll(processes.Select((process, n) => Task.Run(async () =>
            {
                await using var scope = process.CreateAsyncScope();
                return await work(scope.ServiceProvider, n);
            })));

        public async Task<(int Workspaces, int People)> CountAsync()
        {
            await using var scope = processes[0].CreateAsyncScope();
            await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
            return (await db.Tenants.CountAsync(), await db.Users.CountAsync());
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }

            await database.DisposeAsync();
        }
    }
}
