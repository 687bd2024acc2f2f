using System.Net.Http.Headers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Hosting;

namespace WaCr.Web.Tests.Hosting;

/// <summary>What a load balancer and an operator are told, and how a process ends.</summary>
public sealed class HealthTests(HealthTests.WatchedApp watched) : IClassFixture<HealthTests.WatchedApp>
{
    private const string Token = "a-token-of-the-operator";

    private TestApp App => watched.App;

    [Fact]
    public async Task Ready_WhileTheDatabaseAnswers_AndNotWhileStopping()
    {
        await using var app = new DisposableApp();
        using var client = new HttpClient { BaseAddress = (await app.StartAsync()).Address };
        (await client.GetAsync(new Uri("health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);

        app.App.Services.GetRequiredService<Readiness>().BeginStopping();

        (await client.GetAsync(new Uri("health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await client.GetAsync(new Uri("health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Channels_WithoutTheOperatorsToken_TellNothing()
    {
        (await AskAsync(null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync("another-token-of-some-length")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Channels_AreWorseOnlyWhileATokenIsRefused()
    {
        var (tenant, client) = await App.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var contact = await tenant.CreateWriterAsync(App.Time);
        App.Graph.AcceptsEverySend();
        await BecomesAsync("Healthy");

        App.Graph.Answers(
            HttpStatusCode.Unauthorized, """{"error":{"message":"Error validating access token","type":"OAuthException","code":190}}""");
        (await client.PostAsync("/messages/text", new { phone = contact.Phone, message = "Hello" }))
            .Status.ShouldBe(HttpStatusCode.InternalServerError);
        await BecomesAsync("Degraded");

        (await client.PostAsync("/messages/text", new { phone = contact.Phone, message = "Hello" })).ShouldBe(HttpStatusCode.OK);
        await BecomesAsync("Healthy");
    }

    [Fact]
    public async Task Termination_IsToldAsNotReadyFirst_ThenStops_AndAtOnceWhenAskedTwice()
    {
        var time = new FakeTimeProvider();
        var (application, readiness) = (new Application(), new Readiness());
        using var lifetime = new DrainingLifetime(
            application, readiness, Options.Create(new ShutdownOptions { ReadyDelay = TimeSpan.FromSeconds(2) }), time);

        var stopping = lifetime.StopAsync(isPatient: true);
        readiness.IsStopping.ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(1));
        application.ApplicationStopping.IsCancellationRequested.ShouldBeFalse();

        await lifetime.StopAsync(isPatient: true);
        application.ApplicationStopping.IsCancellationRequested.ShouldBeTrue();
        await stopping;
    }

    [Fact]
    public async Task Termination_EndsAfterItsDelay()
    {
        var time = new FakeTimeProvider();
        var application = new Application();
        using var lifetime = new DrainingLifetime(
            application, new Readiness(), Options.Create(new ShutdownOptions { ReadyDelay = TimeSpan.FromSeconds(2) }), time);

        var stopping = lifetime.StopAsync(isPatient: true);
        time.Advance(TimeSpan.FromSeconds(2));

        await stopping;
        application.ApplicationStopping.IsCancellationRequested.ShouldBeTrue();
    }

    // An answer is kept for a second.
    private Task BecomesAsync(string status) =>
        Eventually.HoldsAsync(
            async () => await AskAsync(Token) == (HttpStatusCode.OK, status), TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(100));

    private async Task<(HttpStatusCode Status, string Text)> AskAsync(string? token)
    {
        using var client = new HttpClient { BaseAddress = App.Address };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.GetAsync(new Uri("health/channels", UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public sealed class WatchedApp : IAsyncLifetime
    {
        public TestApp App { get; } = new()
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Health:Token"] = Token },
        };

        public Task InitializeAsync() => App.InitializeAsync();

        public Task DisposeAsync() => App.DisposeAsync();
    }

    private sealed class DisposableApp : IAsyncDisposable
    {
        public TestApp App { get; } = new();

        public async Task<TestApp> StartAsync()
        {
            await App.InitializeAsync();
            return App;
        }

        public async ValueTask DisposeAsync() => await App.DisposeAsync();
    }

    private sealed class Application : IHostApplicationLifetime
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();
    }
}
