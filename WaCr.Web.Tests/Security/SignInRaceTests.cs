using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Security;

/// <summary>Several sign-ins to one account at one moment: whoever loses the race, everybody can go on writing.</summary>
public sealed class SignInRaceTests(TestApps apps) : IClassFixture<TestApps>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Theory, OnEachEngine]
    public async Task WrongPasswordsAtOnce_LeaveWritingFree(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        var email = await AddAgentAsync(tenant);

        await AtOnceAsync(app, email, "a-wrong-password", times: 4);

        (await client.PostAsync("/groups", new { name = "After" }).WaitAsync(Timeout)).ShouldBe(HttpStatusCode.Created);
    }

    [Theory, OnEachEngine]
    public async Task TheRightPasswordTwice_AfterATypo_LeavesWritingFree(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        var email = await AddAgentAsync(tenant);

        await AtOnceAsync(app, email, "a-typo-password", times: 1);
        var pages = await AtOnceAsync(app, email, StaffClient.Password, times: 2);

        pages.ShouldContain(page => page.Path == "/");
        pages.ShouldAllBe(page => page.Status == HttpStatusCode.OK);
        (await client.PostAsync("/groups", new { name = "After" }).WaitAsync(Timeout)).ShouldBe(HttpStatusCode.Created);
    }

    private static async Task<StaffPage[]> AtOnceAsync(TestApp app, string email, string password, int times) =>
        await Task.WhenAll(Enumerable.Range(0, times).Select(async _ =>
        {
            using var browser = new StaffClient(app);
            return await browser.SignInAsync(email, password);
        })).WaitAsync(Timeout);

    private static async Task<string> AddAgentAsync(TestTenant tenant)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        await tenant.GetFresh<UserService>()
            .CreateAsync(new CreateUser(email, "Ravi Kumar", Role.Agent, StaffClient.Password), CancellationToken.None).OrThrowAsync();
        return email;
    }
}
