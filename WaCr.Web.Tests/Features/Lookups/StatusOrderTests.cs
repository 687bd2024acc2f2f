using WaCr.Web.Features.Lookups;

namespace WaCr.Web.Tests.Features.Lookups;

public sealed class StatusOrderTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Arrange_PutsTheNamedFirst_AndKeepsTheOthersBehind(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var before = await OrderAsync(tenant);
        var (won, lost) = (await tenant.CreateStatusAsync("Won"), await tenant.CreateStatusAsync("Lost"));
        var others = await world.CreateTenantAsync("other");
        var theirs = await OrderAsync(others);

        await tenant.Get<StatusOrder>().ArrangeAsync([lost, 999_999, theirs[0], won, lost], None).OrThrowAsync();

        (await OrderAsync(tenant)).ShouldBe([lost, won, .. before]);
        (await OrderAsync(others)).ShouldBe(theirs);
    }

    [Theory, OnEachEngine]
    public async Task Arrange_ByAViewer_IsRefused(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var before = await OrderAsync(tenant);
        await tenant.SignInAsync(Role.Viewer);
        (await tenant.Get<StatusOrder>().ArrangeAsync([.. before.Reverse()], None)).Error.ShouldBeOfType<ForbiddenError>();
        (await OrderAsync(tenant)).ShouldBe(before);
    }

    private static async Task<long[]> OrderAsync(TestTenant tenant)
    {
        var query = new LookupListQuery { Page = new PageRequest(1, 100), Sort = [new SortTerm(LookupFields.Position, false)] };
        return [.. (await tenant.Get<LookupQueries<Status>>().ListAsync(query, None).OrThrowAsync()).Items.Select(status => status.Id)];
    }
}
