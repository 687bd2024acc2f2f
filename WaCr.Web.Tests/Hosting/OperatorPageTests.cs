using System.Net.Http.Headers;
using System.Text;
using WaCr.Web.Api.Auth;
using WaCr.Web.Features.Operations;

namespace WaCr.Web.Tests.Hosting;

/// <summary>The operator's page in a browser: closed without the operator's token, and statistics alone with it.</summary>
public sealed class OperatorPageTests
{
    private const string Token = "a-token-of-the-operator";

    [Fact]
    public async Task Page_WithoutAToken_IsNowhere()
    {
        await using var app = await DisposableApp.StartAsync();

        (await GetAsync(app, Basic("operator", Token))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(app, Basic("operator", ""))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Page_IsForTheOperatorAlone_AsksForTheToken_AndShowsWhatWasMeasured()
    {
        await using var app = await DisposableApp.StartAsync(("Telemetry:Token", Token));
        foreach (var wrong in new[]
        {
            null, Basic("operator", "another-token-of-some-length"), Basic("operator", ""), new AuthenticationHeaderValue("Basic", "no base 64"),
            new AuthenticationHeaderValue("Basic"), new AuthenticationHeaderValue("Bearer", "another-token-of-some-length"),
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Token))),
        })
        {
            var refused = await GetAsync(app, wrong);
            refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
            refused.Challenge.ShouldStartWith("Basic ");
            refused.Body.ShouldNotContain(ServerProcess.Current.Name);
        }

        var secrets = await WatchedWork.DoAsync(app);
        using (var stranger = app.App.Stranger())
        {
            for (var n = 0; n <= TokenRateLimits.AnonymousPerMinute; n++)
            {
                await stranger.GetAsync("/contacts");
            }
        }

        (await GetAsync(app, new AuthenticationHeaderValue("Bearer", Token))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        app.App.Time.Advance(TimeSpan.FromMinutes(1));
        (await GetAsync(app, new AuthenticationHeaderValue("Bearer", Token))).Status.ShouldBe(HttpStatusCode.OK);
        var (status, page, _) = await GetAsync(app, Basic("anybody", Token));

        status.ShouldBe(HttpStatusCode.OK);
        string[] shown =
        [
            ServerProcess.Current.Name, ServerProcess.Current.Version, "SQLite 3.", " MB", "Outbox", "WebhookProcessor", "OutboxLoop", "Call to WhatsApp",
            "event: from arrival to effect", "Write: wait for its turn", "Writes that shared a commit", "Open pages", "An address without a token",
        ];
        shown.Where(text => !WebUtility.HtmlDecode(page).Contains(text, StringComparison.Ordinal)).ShouldBeEmpty();
        secrets.Where(secret => page.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Installation_ListsTheProcessesThatListen_AndTheSizeOfTheDatabase(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        await world.CreateTenantAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var listens = world.Services.GetRequiredService<IBackplane>().ListenAsync(_ => { }, stop.Token);
        await using var scope = world.AnonymousScope();
        var queries = scope.ServiceProvider.GetRequiredService<InstallationQueries>();
        InstallationStatistics? statistics = null;

        await Eventually.HoldsAsync(
            async () => (statistics = await queries.ReadAsync(CancellationToken.None))?.Processes.Count == 1, TimeSpan.FromMinutes(1));

        statistics!.Processes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            process => process.Name.ShouldBe(ServerProcess.Current.Name),
            process => process.Version.ShouldBe(ServerProcess.Current.Version),
            process => process.StartedAt.ShouldBe(ServerProcess.Current.StartedAt, TimeSpan.FromSeconds(1)));
        statistics.Engine.ShouldStartWith(engine == DatabaseProvider.Sqlite ? "SQLite 3." : "PostgreSQL ");
        statistics.Bytes.ShouldBeGreaterThan(100_000);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => listens);
    }

    private static AuthenticationHeaderValue Basic(string name, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    private static async Task<(HttpStatusCode Status, string Body, string Challenge)> GetAsync(
        DisposableApp app, AuthenticationHeaderValue? authorization)
    {
        using var http = new HttpClient { BaseAddress = app.App.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("operator", UriKind.Relative));
        request.Headers.Authorization = authorization;
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.WwwAuthenticate.ToString());
    }
}
