using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace WaCr.Web.Tests.Data;

/// <summary>What the model must keep for every entity, also for those that come later.</summary>
public sealed class TenancyModelTests
{
    /// <summary>Tables of libraries, which cannot carry our markers.</summary>
    private static readonly string[] LibraryTables = ["UserClaims", "UserLogins", "UserTokens", "UserPasskeys", "DataProtectionKeys"];

    /// <summary>Looked up before a tenant is known: a person at sign-in, a token of a request, an invitation that is opened, a channel when
    /// WhatsApp calls.</summary>
    private static readonly string[] IndexesWithoutTenant =
    [
        "Memberships(UserId)", "ApiTokens(Hash)", "Invitations(Hash)", "Channels(PhoneNumberId)", "Channels(PhoneNumberId)",
        "Channels(BusinessAccountId)", "Channels(VerifyTokenHash)", "PushSubscriptions(EndpointHash,TenantId)",
    ];

    [Theory, OnEachEngine]
    public async Task EveryEntity_IsOwnedByATenantOrByThePlatform(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);

        Entities(world)
            .Where(entity => !LibraryTables.Contains(entity.GetTableName()))
            .Where(entity => entity.ClrType.IsAssignableTo(typeof(ITenantOwned)) == entity.ClrType.IsAssignableTo(typeof(IPlatformOwned)))
            .Select(entity => entity.Name)
            .ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task EveryTenantOwnedEntity_IsFilteredAndGuardsItsTenant(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var owned = TenantOwned(world);

        owned.ShouldNotBeEmpty();
        owned.Where(entity => entity.FindDeclaredQueryFilter(AppDbContext.TenantFilter) is null)
            .Select(entity => entity.Name)
            .ShouldBeEmpty();
        owned.Where(entity => !entity.FindProperty(nameof(ITenantOwned.TenantId))!.IsConcurrencyToken)
            .Select(entity => entity.Name)
            .ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task EveryIndexOfATenantOwnedTable_IsLedByTheTenant(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);

        TenantOwned(world)
            .SelectMany(entity => entity.GetIndexes())
            .Where(index => index.Properties[0].Name != nameof(ITenantOwned.TenantId))
            .Select(index =>
                $"{index.DeclaringEntityType.GetTableName()}({string.Join(',', index.Properties.Select(property => property.Name))})")
            .ShouldBe(IndexesWithoutTenant, ignoreOrder: true);
    }

    [Theory, OnEachEngine]
    public async Task EveryForeignKeyBetweenTenantOwnedRows_CarriesTheTenant(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);

        TenantOwned(world)
            .SelectMany(entity => entity.GetForeignKeys())
            .Where(key => key.PrincipalEntityType.ClrType.IsAssignableTo(typeof(ITenantOwned)))
            .Where(key => key.Properties[0].Name != nameof(ITenantOwned.TenantId)
                || key.PrincipalKey.Properties[0].Name != nameof(ITenantOwned.TenantId))
            .Select(key => key.ToString())
            .ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task AForgedRow_WithTheirIdAndMyTenant_ChangesNothing(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var victim = await theirs.CreateContactAsync("Victim");

        await using var db = mine.OpenDatabase();
        var forged = new Contact { Id = victim.Id, TenantId = mine.Id, Version = victim.Version };
        db.Attach(forged);
        forged.FirstName = "Hijacked";

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
        (await theirs.ContactQueries.GetAsync(victim.Id, default, default)).OrThrow().FirstName.ShouldBe("Victim");
    }

    [Theory, OnEachEngine]
    public async Task ARowOfAnotherTenant_IsRefusedByTheGuard(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));

        await using var db = mine.OpenDatabase();
        db.Groups.Add(new Group { TenantId = theirs.Id });

        await Should.ThrowAsync<ForeignTenantException>(() => db.SaveChangesAsync());
    }

    [Theory, OnEachEngine]
    public async Task TheDatabaseItself_RefusesAnotherTenantsSource(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var contact = await mine.CreateContactAsync();

        await using var db = mine.OpenDatabase();
        var update = () =>
            db.Contacts.Where(c => c.Id == contact.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SourceId, theirs.SourceId));

        (await Should.ThrowAsync<System.Data.Common.DbException>(update)).Message.ShouldContain("foreign key", Case.Insensitive);
    }

    [Theory, OnEachEngine]
    public async Task WithNoTenantSet_ReadsAreEmptyAndWritesAreRefused(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        await (await world.CreateTenantAsync()).CreateContactAsync();
        await using var stranger = world.AnonymousScope();
        await using var db = stranger.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext();

        (await db.Contacts.CountAsync()).ShouldBe(0);
        db.Groups.Add(new Group { TenantId = 1 });
        await Should.ThrowAsync<TenantNotSetException>(() => db.SaveChangesAsync());
    }

    private static List<IEntityType> Entities(TestWorld world)
    {
        using var scope = world.AnonymousScope();
        using var db = scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext();
        return [.. db.GetService<IDesignTimeModel>().Model.GetEntityTypes()];
    }

    private static List<IEntityType> TenantOwned(TestWorld world) =>
        [.. Entities(world).Where(entity => entity.ClrType.IsAssignableTo(typeof(ITenantOwned)))];
}
