using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Jobs;

namespace WaCr.Web.Tests.Features.ApiTokens;

public sealed class TokenUseTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Use_OfAToken_IsWrittenBehindTheRequestByTheJob()
    {
        var tenant = await app.CreateTenantAsync();
        var token = await TestApp.CreateTokenAsync(tenant);
        var unused = await TestApp.CreateTokenAsync(tenant);
        using var client = app.ClientFor(token);
        var at = app.Time.GetUtcNow();
        (await client.GetAsync("/account")).ShouldBe(HttpStatusCode.OK);
        (await LastUseAsync(token.Id)).ShouldBeNull("a read costs no write");

        app.Time.Advance(LastUseJob.Interval);
        await Eventually.HoldsAsync(async () => await LastUseAsync(token.Id) is not null, Patience);

        (await LastUseAsync(token.Id)).ShouldBe(at);
        (await LastUseAsync(unused.Id)).ShouldBeNull();
        async Task<DateTimeOffset?> LastUseAsync(long id)
        {
            await using var db = tenant.OpenDatabase();
            return await db.ApiTokens.Where(t => t.Id == id).Select(t => t.LastUsedAt).SingleAsync();
        }
    }

    [Fact]
    public void Use_SeenTwice_IsWrittenOnceAndKeepsTheLater()
    {
        var use = new TokenUse();
        var at = app.Time.GetUtcNow();
        use.Note((1, 2), at);
        use.Note((1, 2), at.AddSeconds(3));
        use.Note((4, 2), at);

        use.Take().ShouldBe([new((1, 2), at.AddSeconds(3)), new((4, 2), at)], ignoreOrder: true);
        use.Take().ShouldBeEmpty();
    }
}
