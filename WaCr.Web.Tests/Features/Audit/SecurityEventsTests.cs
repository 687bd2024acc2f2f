using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Audit;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Features.Audit;

public sealed class SecurityEventsTests
{
    [Theory, OnEachEngine]
    public async Task EventOfAPerson_IsWrittenAtOnce_WithWhoWhereAndWhat(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var user = await tenant.SignInAsync(Role.Admin);
        tenant.Get<TenantContext>().ClientAddress = "203.0.113.5";

        await tenant.Get<SecurityEvents>().RecordAsync(
            AuditAction.Exported, AuditEntry.ContactType, details: new Dictionary<string, object?> { ["contacts"] = 3 });

        var entry = await SingleAsync(tenant, AuditAction.Exported);
        (entry.ActorKind, entry.ActorId, entry.Address, entry.Changes)
            .ShouldBe((ActorKind.User, user, "203.0.113.5", """{"contacts":[null,3]}"""));
    }

    [Theory, OnEachEngine]
    public async Task EventOfAnAccount_IsWrittenInEachOfItsWorkspaces_AndInNoOther(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (one, two, other) = (
            await world.CreateTenantAsync("one"), await world.CreateTenantAsync("two"), await world.CreateTenantAsync("other"));
        var user = await one.SignInAsync(Role.Agent);
        await using (var db = two.OpenDatabase())
        {
            db.Memberships.Add(new Membership { UserId = user, Role = Role.Viewer });
            await db.SaveChangesAsync();
        }

        await using var scope = world.AnonymousScope();
        await scope.ServiceProvider.GetRequiredService<SecurityEvents>()
            .RecordOfAccountAsync(AuditAction.SignedIn, user, address: "203.0.113.5");

        foreach (var tenant in new[] { one, two })
        {
            var entry = await SingleAsync(tenant, AuditAction.SignedIn);
            (entry.EntityType, entry.EntityId, entry.ActorId, entry.Address).ShouldBe((AuditEntry.AccountType, user, user, "203.0.113.5"));
        }

        await using var others = other.OpenDatabase();
        (await others.AuditEntries.AnyAsync(entry => entry.Action == AuditAction.SignedIn)).ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task WhatStrangersRepeat_IsOneRowAnHour_WithACount(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        var user = await tenant.SignInAsync(Role.Agent);
        await using var scope = world.AnonymousScope();
        var security = scope.ServiceProvider.GetRequiredService<SecurityEvents>();
        for (var i = 0; i < 60; i++)
        {
            security.CountOfAccount(AuditAction.SignInRefused, user, "203.0.113." + i);
            if (i % 20 == 19)
            {
                await security.WriteCountedAsync();
            }
        }

        var entry = await SingleAsync(tenant, AuditAction.SignInRefused);
        (entry.Times, entry.Address, entry.ActorKind, entry.At).ShouldBe((60, "203.0.113.59", ActorKind.Anonymous, time.GetUtcNow()));

        time.Advance(TimeSpan.FromHours(1));
        security.CountOfAccount(AuditAction.SignInRefused, user);
        await security.WriteCountedAsync();
        await using var db = tenant.OpenDatabase();
        (await db.AuditEntries.CountAsync(row => row.Action == AuditAction.SignInRefused)).ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task WhatConcernsNobodyHere_IsNotInTheDatabase(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await using var scope = world.AnonymousScope();
        var security = scope.ServiceProvider.GetRequiredService<SecurityEvents>();
        security.CountUnknown(AuditAction.SignInRefused, AuditEntry.AccountType, "203.0.113.5");
        security.CountOfAccount(AuditAction.SignInRefused, 999_999);
        await security.WriteCountedAsync();

        await using var db = tenant.OpenDatabase();
        (await db.AuditEntries.AnyAsync(entry => entry.Action == AuditAction.SignInRefused)).ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task RefusedWebhook_IsCountedAtTheNumberThatItNames(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var body = MetaWebhook.Text("wamid.1", "447700900123", "Hello", world.Now);
        await world.ReceiveAsync(body, MetaWebhook.Sign(body, "not-the-secret"));
        await world.ReceiveAsync(body, MetaWebhook.Sign(body, "nor-this"));

        await using var scope = world.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SecurityEvents>().WriteCountedAsync();

        var entry = await SingleAsync(world.Tenant, AuditAction.WebhookRefused);
        (entry.EntityType, entry.EntityId, entry.Times).ShouldBe((AuditEntry.ChannelType, world.ChannelId, 2));
    }

    [Theory, OnEachEngine]
    public async Task Token_FromANewAddress_IsWrittenOnceAnAddress(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var token = await tenant.Get<ApiTokenService>()
            .CreateAsync(new CreateApiToken("Shop", [Permissions.ContactsRead], 60, ExpiresAt: null), CancellationToken.None)
                .OrThrowAsync();
        foreach (var address in new[] { "203.0.113.5", "203.0.113.5", "2001:db8::1", "2001:db8::2", "203.0.113.6" })
        {
            await using var scope = world.AnonymousScope();
            scope.ServiceProvider.GetRequiredService<TenantContext>().ClientAddress = address;
            (await scope.ServiceProvider.GetRequiredService<ApiTokenAuthenticator>().EnterAsync(token.Secret, CancellationToken.None))
                .ShouldNotBeNull();
            await scope.ServiceProvider.GetRequiredService<TokenAddressWriter>().WriteAsync();
        }

        await using var db = tenant.OpenDatabase();
        var entries = await db.AuditEntries.Where(entry => entry.Action == AuditAction.UsedFromNewAddress)
            .OrderBy(entry => entry.Id)
            .ToListAsync();
        entries.Select(entry => entry.Address).ShouldBe(["203.0.113.5", "2001:db8::1", "203.0.113.6"]); // one network of IPv6 is one place
        entries.ShouldAllBe(entry => entry.ActorKind == ActorKind.Token && entry.EntityId == token.Id);
    }

    private static async Task<AuditEntry> SingleAsync(TestTenant tenant, AuditAction action)
    {
        await using var db = tenant.OpenDatabase();
        return await db.AuditEntries.AsNoTracking().SingleAsync(entry => entry.Action == action);
    }
}
