using WaCr.Web.Features.Tenants;

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

        await tenant.Get<WorkspaceService>().SaveAsync(WorkspacePatch.Between(await ReadAsync(tenant), wanted), Languages, default)
            .OrThrowAsync();

        (await tenant.Get<WorkspaceService>().GetAsync(default).OrThrowAsync()).ShouldBe(wanted);
        (await other.Get<WorkspaceService>().GetAsync(default).OrThrowAsync()).ShouldBe(before);
    }

    [Theory, OnEachEngine]
    public async Task TwoWhoReadTheSame_AndChangeDifferentFields_BothWin(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var read = await ReadAsync(tenant);

        await SaveAsync(read with { Name = "Riverside" });
        await SaveAsync(read with { TimeZone = "America/Sao_Paulo", Language = "pt" });

        (await ReadAsync(tenant)).ShouldBe(read with { Name = "Riverside", TimeZone = "America/Sao_Paulo", Language = "pt" });
        await tenant.GetFresh<WorkspaceService>().SaveAsync(new WorkspacePatch { Language = (string?)null }, Languages, default)
            .OrThrowAsync();
        (await ReadAsync(tenant)).Language.ShouldBeNull();

        Task SaveAsync(WorkspaceSettings typed) => tenant.GetFresh<WorkspaceService>()
            .SaveAsync(WorkspacePatch.Between(read, typed), Languages, default).OrThrowAsync();
    }

    private static Task<WorkspaceSettings> ReadAsync(TestTenant tenant) =>
        tenant.GetFresh<WorkspaceService>().GetAsync(default).OrThrowAsync();

    [Theory, OnEachEngine]
    public async Task Save_RefusesWhatIsNotThere_EachUnderItsField(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();

        var refused = await tenant.Get<WorkspaceService>().SaveAsync(
            new WorkspacePatch { Name = " ", Country = "XX", TimeZone = "Mars/Base", Language = "tlh" }, Languages, default);

        (await tenant.Get<WorkspaceService>().SaveAsync(new WorkspacePatch { TimeZone = "Pacific Standard Time" }, Languages, default))
            .ShouldBeInvalid().Has("time_zone").ShouldBeTrue(); // a name of Windows's own
        refused.Error.ShouldBeOfType<ValidationError>().Fields.Select(field => field.Key).ShouldBe(["name", "country", "time_zone", "language"], ignoreOrder: true);
    }
}
