using System.Text;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Components.Pages.Audit;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Privacy;

namespace WaCr.Web.Tests.Features.Audit;

public sealed class AuditTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task List_ShowsWhoWhatBeforeAndAfter_AndNarrows(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        time.Advance(TimeSpan.FromDays(1));
        var user = await tenant.SignInAsync(Role.Admin);
        await tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { City = "Surat" }, null, None).OrThrowAsync();
        await tenant.Get<SecurityEvents>().RecordAsync(AuditAction.Exported, AuditEntry.ContactType);

        var mine = await ListAsync(tenant, new AuditQuery { UserId = user });
        mine.Items.Select(item => item.Action).ShouldBe([AuditAction.Exported, AuditAction.Updated], ignoreOrder: true);
        var change = mine.Items.Single(item => item.Action == AuditAction.Updated);
        (change.ActorName, change.EntityId).ShouldBe(("Ravi Kumar", contact.Id));
        change.Changes.ShouldBe([new AuditField("city", "", "Surat")]);
        (await ListAsync(tenant, new AuditQuery { Action = AuditAction.Exported })).Items.Count.ShouldBe(1);
        (await ListAsync(tenant, new AuditQuery { EntityType = "contact", Before = time.GetUtcNow() })).Items.Single()
            .Action.ShouldBe(AuditAction.Created);
        var first = await ListAsync(tenant, new AuditQuery { Size = 2 });
        (first.Items.Count, first.HasMore).ShouldBe((2, true));
        (await ListAsync(tenant, new AuditQuery { Size = 2, Page = 2 })).Items.Select(item => item.Id)
            .Intersect(first.Items.Select(item => item.Id))
            .ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task AnotherTenant_SeesAndExportsNothingOfIt(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        await theirs.CreateContactAsync("Hidden");

        (await ListAsync(mine, new AuditQuery { EntityType = "contact" })).Items.ShouldBeEmpty();
        (await ExportAsync(mine)).ShouldNotContain("Hidden");
        (await ExportAsync(theirs)).ShouldContain("Hidden");
    }

    [Theory, OnEachEngine]
    public async Task Retention_ForgetsWhatIsOlder_AndKeepsReceipts(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var (tenant, other) = (await world.CreateTenantAsync(), await world.CreateTenantAsync("other"));
        var erased = await tenant.CreateContactAsync();
        await tenant.Get<PersonErasure>().EraseAsync(erased.Id, None).OrThrowAsync();
        await other.CreateContactAsync();
        (await tenant.Get<AuditQueries>().KeepForAsync(31, None)).Error.ShouldNotBeNull();
        await tenant.Get<AuditQueries>().KeepForAsync(30, None).OrThrowAsync();
        time.Advance(TimeSpan.FromDays(31));
        var young = await tenant.CreateContactAsync();

        await SweepAsync<AuditSweeper>(world, sweeper => sweeper.SweepAsync(None));

        var left = (await ListAsync(tenant, new AuditQuery())).Items;
        left.Select(item => (item.Action, item.EntityId)).ShouldBe([(AuditAction.Created, young.Id), (AuditAction.Erased, erased.Id)]);
        (await ListAsync(other, new AuditQuery { EntityType = "contact" })).Items.ShouldNotBeEmpty(); // two years by itself
    }

    [Theory, OnEachEngine]
    public async Task Sweepers_ForgetExpiredAnswersOldMergesEditsAndDeadEvents_OfEveryTenant(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        var user = await tenant.SignInAsync(Role.Owner);
        await using (var db = tenant.OpenDatabase())
        {
            var now = time.GetUtcNow();
            var channel = new Channel { Name = "Sales", PhoneNumberId = "1" };
            db.Channels.Add(channel);
            await db.SaveChangesAsync();
            db.IdempotentRequests.Add(new IdempotentRequest { TokenId = 1, Key = "k", LeaseEndsAt = now, ExpiresAt = now.AddDays(1) });
            db.ContactMerges.Add(new ContactMerge { SurvivorId = 1, MergedId = 2, MergedName = "Asha", MergedAt = now });
            db.UnsavedEdits.Add(new UnsavedEdit { UserId = user, KeptAt = now });
            db.WebhookEvents.Add(
                new WebhookEvent
                {
                    ChannelId = channel.Id,
                    Key = "m:1",
                    State = WebhookEventState.Dead,
                    ReceivedAt = now,
                    DueAt = now,
                    ProcessedAt = now,
                });
            await db.SaveChangesAsync();
        }

        async Task<(int, int, int, int)> LeftAsync()
        {
            await SweepAsync<IdempotencySweeper>(world, sweeper => sweeper.SweepAsync(None));
            await SweepAsync<ContactLeftoverSweeper>(world, sweeper => sweeper.SweepAsync(None));
            await SweepAsync<WebhookSweeper>(world, sweeper => sweeper.SweepAsync(None));
            await using var db = tenant.OpenDatabase();
            return (
                await db.IdempotentRequests.CountAsync(), await db.ContactMerges.CountAsync(), await db.UnsavedEdits.CountAsync(),
                await db.WebhookEvents.CountAsync());
        }

        time.Advance(TimeSpan.FromHours(23));
        (await LeftAsync()).ShouldBe((1, 1, 1, 1));
        time.Advance(TimeSpan.FromHours(1));
        (await LeftAsync()).ShouldBe((0, 1, 1, 1));
        time.Advance(TimeSpan.FromDays(29));
        (await LeftAsync()).ShouldBe((0, 0, 0, 0));
    }

    [Theory]
    [InlineData("user", "x")]
    [InlineData("event", "999")]
    [InlineData("from", "2026-13-45")]
    [InlineData("to", "0001-01-01")]
    [InlineData("page", "-3")]
    public void WhatIsNoFilter_IsPassedOver(string name, string value) =>
        AuditFilter.Read(asked => asked == name ? value : null).ShouldBe(new AuditFilter());

    [Fact]
    public void Filter_ReadsBackWhatItsAddressSays()
    {
        var filter = new AuditFilter
        {
            UserId = 7,
            EntityType = "contact",
            Action = AuditAction.SignedIn,
            FirstDay = new DateOnly(2026, 3, 4),
            LastDay = new DateOnly(2026, 3, 5),
            Number = 3,
        };
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(
            new Uri("http://x" + filter.AddressAt("/settings/audit")).Query);

        AuditFilter.Read(name => query.TryGetValue(name, out var value) ? value.ToString() : null).ShouldBe(filter);
    }

    private static async Task<AuditPage> ListAsync(TestTenant tenant, AuditQuery query) =>
        await tenant.Get<AuditQueries>().ListAsync(query, None).OrThrowAsync();

    private static async Task<string> ExportAsync(TestTenant tenant)
    {
        using var file = new MemoryStream();
        await tenant.Get<AuditExport>().BeginAsync(None).OrThrowAsync();
        await tenant.Get<AuditExport>().WriteAsync(new AuditQuery(), file, None);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private static async Task SweepAsync<T>(TestWorld world, Func<T, Task> sweep)
        where T : notnull
    {
        await using var scope = world.AnonymousScope();
        await sweep(scope.ServiceProvider.GetRequiredService<T>());
    }
}
