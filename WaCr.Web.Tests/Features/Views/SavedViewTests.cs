using WaCr.Web.Features.Views;

namespace WaCr.Web.Tests.Features.Views;

public sealed class SavedViewTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task OwnViews_AreSeenByTheirOwner_AndSharedOnesByTheWorkspaceAlone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        await mine.SignInAsync(Role.Admin);
        var views = mine.Get<SavedViewService>();
        var own = await views.CreateAsync("  Mine ", false, "status=3", None).OrThrowAsync();
        var shared = await views.CreateAsync("Ours", true, "search=an&sort=firstname", None).OrThrowAsync();
        own.Name.ShouldBe("Mine");
        (await views.ListAsync(None)).Value!.ShouldBe([own, shared]);

        await mine.SignInAsync(Role.Agent);
        (await views.ListAsync(None)).Value!.ShouldBe([shared with { MayChange = false }]);
        (await views.UpdateAsync(own.Id, new SavedViewPatch { Name = "Stolen" }, None)).Error.ShouldBeOfType<NotFoundError>();
        (await views.UpdateAsync(shared.Id, new SavedViewPatch { Name = "Stolen" }, None)).Error.ShouldBeOfType<ForbiddenError>();
        (await views.DeleteAsync(shared.Id, None)).Error.ShouldBeOfType<ForbiddenError>();

        await theirs.SignInAsync(Role.Owner);
        (await theirs.Get<SavedViewService>().ListAsync(None)).Value!.ShouldBeEmpty();
        (await theirs.Get<SavedViewService>().UpdateAsync(shared.Id, new SavedViewPatch { Name = "Stolen" }, None))
            .Error.ShouldBeOfType<NotFoundError>();
        (await theirs.Get<SavedViewService>().DeleteAsync(shared.Id, None)).Error.ShouldBeOfType<NotFoundError>();
    }

    [Theory, OnEachEngine]
    public async Task WhoManagesPeople_ChangesWhatIsShared_AndSeesNobodysOwn(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.SignInAsync(Role.Admin);
        var context = tenant.Get<TenantContext>();
        var admin = context.Actor;
        await tenant.SignInAsync(Role.Agent);
        var views = tenant.Get<SavedViewService>();
        var own = await views.CreateAsync("Own", false, "", None).OrThrowAsync();
        var shared = await views.CreateAsync("Ours", true, "", None).OrThrowAsync();

        context.Enter(context.Tenant, admin);
        (await views.UpdateAsync(shared.Id, new SavedViewPatch { Query = "type=lead" }, None))
            .Value!.ShouldBe(shared with { Query = "type=lead" });
        (await views.DeleteAsync(own.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        await views.DeleteAsync(shared.Id, None).OrThrowAsync();
        (await views.ListAsync(None)).Value!.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task AViewer_KeepsViewsAndSharesNone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.SignInAsync(Role.Viewer);
        var views = tenant.Get<SavedViewService>();
        (await views.CreateAsync("Ours", true, "", None)).Error.ShouldBeOfType<ForbiddenError>();
        var own = await views.CreateAsync("Own", false, "", None).OrThrowAsync();
        (await views.UpdateAsync(own.Id, new SavedViewPatch { IsShared = true }, None)).Error.ShouldBeOfType<ForbiddenError>();
        await views.DeleteAsync(own.Id, None).OrThrowAsync();
    }

    [Theory, OnEachEngine]
    public async Task Names_AreChecked_AndViewsAreNotWithoutNumber(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.SignInAsync(Role.Agent);
        var views = tenant.Get<SavedViewService>();
        (await views.CreateAsync("  ", false, "", None)).ShouldBeInvalid()["name"].ShouldBe([SavedViewErrors.NameRequired]);
        (await views.CreateAsync(new string('n', 61), false, "", None)).ShouldBeInvalid()["name"].ShouldBe([TextRule.TooLong(60)]);
        (await views.CreateAsync("\ud800", false, "", None)).ShouldBeInvalid()["name"].ShouldBe([TextRule.Unprintable]);
        (await views.CreateAsync("Long", false, new string('q', 2_001), None))
            .ShouldBeInvalid()["query"]
            .ShouldBe([SavedViewErrors.TooLong]);
        for (var index = 0; index < SavedViewService.MaxPerPerson; index++)
        {
            await views.CreateAsync($"View {index}", false, "", None).OrThrowAsync();
        }

        (await views.CreateAsync("One more", false, "", None)).ShouldBeInvalid()["name"].ShouldBe([SavedViewErrors.TooMany]);
    }

    [Theory, OnEachEngine]
    public async Task Preferences_AreAPersonsOwn_InOneWorkspace(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        await mine.SignInAsync(Role.Admin);
        var preferences = mine.Get<UserPreferences>();
        (await preferences.FindAsync<Look>("list", None)).Value.ShouldBeNull();
        await preferences.KeepAsync("list", new Look("compact", 50), None).OrThrowAsync();
        await preferences.KeepAsync("list", new Look("comfortable", 100), None).OrThrowAsync();
        (await preferences.FindAsync<Look>("list", None)).Value.ShouldBe(new Look("comfortable", 100));
        (await preferences.FindAsync<Look>("other", None)).Value.ShouldBeNull();
        (await preferences.FindAsync<int[]>("list", None)).Value.ShouldBeNull();

        await mine.SignInAsync(Role.Viewer);
        (await preferences.FindAsync<Look>("list", None)).Value.ShouldBeNull();
        await theirs.SignInAsync(Role.Viewer);
        (await theirs.Get<UserPreferences>().FindAsync<Look>("list", None)).Value.ShouldBeNull();
    }

    private sealed record Look(string Density, int Size);
}
