using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Tests.Support;

namespace WaCr.Web.Tests.Features.Tenants;

public sealed class WorkspaceServiceTests
{
    private static readonly string[] Languages = ["en", "pt", "ar"];

    [Theory, OnEachEngine]
    public async Task Save_ChangesThisWorkspaceAlone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (tenant, other) = (await world.CreateTenantAsync(), await world.CreateTenantAsync("other"));
        var before = await other.Get<WorkspaceService>().GetAsync(default).OrThrowAsync();
        var wanted = new WorkspaceSettings("Riverside", "BR", "America/Sao_Paulo", "pt");

        await tenant.Get<WorkspaceService>().SaveAsync(wanted, Languages, default).OrThrowAsync();

        (await tenant.Get<WorkspaceService>().GetAsync(default).OrThrowAsync()).ShouldBe(wanted);
        (await other.Get<WorkspaceService>().GetAsync(default).OrThrowAsync()).ShouldBe(before);
    }

    [Theory, OnEachEngine]
    public async Task Save_RefusesWhatIsNotThere_EachUnderItsField(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();

        var refused = await tenant.Get<WorkspaceService>().SaveAsync(new WorkspaceSettings(" ", "XX", "Mars/Base", "tlh"), Languages, default);

        refused.Error.ShouldBeOfType<ValidationError>().Fields.Select(field => field.Key).ShouldBe(["name", "country", "time_zone", "language"], ignoreOrder: true);
    }
}
