using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Privacy;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Features.Contacts;

public sealed class ContactTrashTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TrashQuery All = new(new PageRequest(1, 20));

    [Theory, OnEachEngine]
    public async Task Restore_BringsBackIdFieldsGroupsHistorySearchAndCount(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var group = await tenant.CreateGroupAsync("VIP");
        var before = await tenant.CreateContactAsync(tenant.NewContact("Zoë", email: "zoe@example.com") with
        {
            City = "पुणे",
            Description = "line\nline",
            Groups = new[] { group },
        });
        await tenant.Contacts.DeleteAsync(before.Id, null, None).OrThrowAsync();
        (await tenant.FindAsync("zoe")).ShouldBeEmpty();

        (await Trash(tenant).RestoreAsync([before.Id], None).OrThrowAsync()).Restored.ShouldBe([before.Id]);

        var after = await tenant.ContactQueries.GetAsync(before.Id, ContactIncludes.All, None).OrThrowAsync();
        Bare(after).ShouldBe(Bare(before));
        after.GroupIds.ShouldBe([group]);
        after.Version.ShouldBeGreaterThan(before.Version);
        (await tenant.FindAsync("zoe")).ShouldBe(["Zoë"]);
        (await tenant.ListAsync(new ContactQuery())).Total.ShouldBe(1);
        (await Listed(tenant).ListAsync(All, None).OrThrowAsync()).Total.ShouldBe(0);
        var history = await tenant.AuditOfAsync("contact", before.Id);
        history.Select(entry => entry.Action).ShouldBe([AuditAction.Created, AuditAction.Deleted, AuditAction.Restored]);
        history[2].Changes.ShouldContain($"\"groups\":[[],[{group}]]");
        (await tenant.CreateContactAsync("Next")).Id.ShouldBeGreaterThan(before.Id);
    }

    [Theory, OnEachEngine]
    public async Task Restore_WherePhoneOrEmailIsTaken_SaysWhichAndRestoresTheOthers(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var phone = await tenant.CreateContactAsync("Phone", phone: "+919587422369");
        var email = await tenant.CreateContactAsync("Email", email: "one@example.com");
        var free = await tenant.CreateContactAsync("Free");
        await tenant.Contacts.DeleteManyAsync([phone.Id, email.Id, free.Id], None).OrThrowAsync();
        await tenant.CreateContactAsync("New", phone: "+919587422369");
        await tenant.CreateContactAsync("New", email: "ONE@example.com");

        var outcome = await Trash(tenant).RestoreAsync([phone.Id, email.Id, free.Id, 999_999], None).OrThrowAsync();

        outcome.Restored.ShouldBe([free.Id]);
        outcome.NotRestored.ShouldBe([
            new NotRestored(
                phone.Id, "Phone Patel", RestoreProblem.PhoneTaken), new NotRestored(email.Id, "Email Patel", RestoreProblem.EmailTaken)]);
        (await Listed(tenant).ListAsync(All, None).OrThrowAsync()).Total.ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task Restore_OfTwoWithOnePhone_RestoresTheFirst(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var first = await tenant.CreateContactAsync("First", phone: "+919587422369");
        await tenant.Contacts.DeleteAsync(first.Id, null, None).OrThrowAsync();
        var second = await tenant.CreateContactAsync("Second", phone: "+919587422369");
        await tenant.Contacts.DeleteAsync(second.Id, null, None).OrThrowAsync();

        var outcome = await Trash(tenant).RestoreAsync([second.Id, first.Id], None).OrThrowAsync();

        outcome.Restored.ShouldBe([first.Id]);
        outcome.NotRestored.Single().Problem.ShouldBe(RestoreProblem.PhoneTaken);
    }

    [Theory, OnEachEngine]
    public async Task Restore_WhereStatusAndGroupAreGone_TakesTheFirstStatusAndLeavesTheGroupOut(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (status, group) = (await tenant.CreateStatusAsync("Short-lived"), await tenant.CreateGroupAsync("Short-lived"));
        var contact = await tenant.CreateContactAsync(tenant.NewContact() with { StatusId = status, Groups = new[] { group } });
        await tenant.Contacts.DeleteAsync(contact.Id, null, None).OrThrowAsync();
        await tenant.Get<LookupService<Status>>().DeleteAsync(status, None).OrThrowAsync();
        await tenant.Get<LookupService<Group>>().DeleteAsync(group, None).OrThrowAsync();

        await Trash(tenant).RestoreAsync([contact.Id], None).OrThrowAsync();

        var restored = await tenant.ContactQueries.GetAsync(contact.Id, ContactIncludes.Groups, None).OrThrowAsync();
        restored.StatusId.ShouldBe(tenant.StatusId);
        restored.GroupIds.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Restore_BeyondThePlansLimit_RestoresNone(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync(plan: null);
        var contact = await tenant.CreateContactAsync();
        await tenant.Contacts.DeleteAsync(contact.Id, null, None).OrThrowAsync();
        await using (var db = tenant.OpenDatabase())
        {
            await db.UsageCounters.Where(counter => counter.Metric == Metric.Contacts)
                .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, 500));
        }

        (await Trash(tenant).RestoreAsync([contact.Id], None)).Error.ShouldBe(new LimitExceededError("contacts", 500, 500));
        (await Listed(tenant).ListAsync(All, None).OrThrowAsync()).Total.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task List_ShowsTheLatestFirstAndFindsByAPartOfTheName(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var tenant = await world.CreateTenantAsync();
        foreach (var name in new[] { "Éva", "Omar", "Eva-Lotta" })
        {
            await tenant.Contacts.DeleteAsync((await tenant.CreateContactAsync(name)).Id, null, None).OrThrowAsync();
            time.Advance(TimeSpan.FromMinutes(1));
        }

        (await Listed(tenant).ListAsync(All, None).OrThrowAsync()).Items.Select(item => item.Name)
            .ShouldBe(["Eva-Lotta Patel", "Omar Patel", "Éva Patel"]);
        (await Listed(tenant).ListAsync(All with { Search = "EVA" }, None).OrThrowAsync()).Items.Select(item => item.Name)
            .ShouldBe(["Eva-Lotta Patel", "Éva Patel"]);
    }

    [Theory, OnEachEngine]
    public async Task AfterThirtyDays_TheTrashForgets(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time);
        var (one, two) = (await world.CreateTenantAsync("one"), await world.CreateTenantAsync("two"));
        var (old, other) = (await one.CreateContactAsync("Old"), await two.CreateContactAsync("Other"));
        await one.Contacts.DeleteAsync(old.Id, null, None).OrThrowAsync();
        await two.Contacts.DeleteAsync(other.Id, null, None).OrThrowAsync();
        time.Advance(TimeSpan.FromDays(29));
        var young = await one.CreateContactAsync("Young");
        await one.Contacts.DeleteAsync(young.Id, null, None).OrThrowAsync();
        time.Advance(TimeSpan.FromDays(1));

        (await Trash(one).RestoreAsync([old.Id], None).OrThrowAsync()).Restored.ShouldBeEmpty();
        await using var scope = world.AnonymousScope();
        (await scope.ServiceProvider.GetRequiredService<TrashSweeper>().SweepAsync(None)).ShouldBe(2);

        await using var db = one.OpenDatabase();
        (await db.DeletedContacts.Select(contact => contact.Id).ToListAsync()).ShouldBe([young.Id]);
    }

    [Theory, OnEachEngine]
    public async Task AnotherTenant_NeitherSeesNorRestores(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var contact = await theirs.CreateContactAsync();
        await theirs.Contacts.DeleteAsync(contact.Id, null, None).OrThrowAsync();

        (await Listed(mine).ListAsync(All, None).OrThrowAsync()).Total.ShouldBe(0);
        (await Trash(mine).RestoreAsync([contact.Id], None).OrThrowAsync()).Restored.ShouldBeEmpty();
        (await Listed(theirs).ListAsync(All, None).OrThrowAsync()).Total.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Agents_SeeTheTrashAndMayNotRestore(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        await tenant.Contacts.DeleteAsync(contact.Id, null, None).OrThrowAsync();
        var context = tenant.Get<TenantContext>();
        context.Enter(context.Tenant, new CurrentActor(ActorKind.User, 1, "Arjun", ChangeOrigin.App, RolePermissions.Of(Role.Agent)));

        (await Listed(tenant).ListAsync(All, None).OrThrowAsync()).Total.ShouldBe(1);
        (await Trash(tenant).RestoreAsync([contact.Id], None)).Error.ShouldBe(new ForbiddenError(Permissions.ContactsDelete));
    }

    private static ContactTrash Trash(TestTenant tenant) => tenant.Get<ContactTrash>();

    private static TrashQueries Listed(TestTenant tenant) => tenant.Get<TrashQueries>();

    // Without what a restore changes, and without lists, which records compare by reference.
    private static ContactDetails Bare(ContactDetails contact) =>
        contact with { UpdatedAt = default, Version = 0, GroupIds = [], Groups = null, Source = null, Status = null };
}
