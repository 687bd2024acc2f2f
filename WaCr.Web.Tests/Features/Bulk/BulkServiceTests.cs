using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Security;
using static WaCr.Web.Tests.Features.Bulk.BulkWorld;

namespace WaCr.Web.Tests.Features.Bulk;

/// <summary>What can be changed in bulk, by whom, and what is refused.</summary>
public sealed class BulkServiceTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Few_AreChangedBeforeTheAnswer_FieldByFieldThroughTheBulkService(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var (won, vip) = (await tenant.CreateStatusAsync("Won"), await tenant.CreateGroupAsync("VIP"));
        var changed = await tenant.CreateContactAsync("Changed");
        var same = await tenant.CreateContactAsync(tenant.NewContact("Same") with { StatusId = won, Groups = new[] { vip } });
        var apart = await tenant.CreateContactAsync("Apart");
        var action = SetStatus(won) with { Groups = new BulkGroups(GroupsMode.Add, [vip]) };
        var selection = ContactSelection.Of([changed.Id, same.Id, 999_999]);

        (await tenant.Bulk().PreviewAsync(selection, action, None).OrThrowAsync()).ShouldBe(new BulkPreview(2, 1));
        var job = await tenant.Bulk().StartAsync(selection, action, None).OrThrowAsync();

        (job.State, job.Changed, job.Unchanged, job.Failed).ShouldBe((BulkState.Done, 1, 1, 0));
        var after = await GetAsync(tenant, changed.Id);
        (after.StatusId, after.Version).ShouldBe((won, changed.Version + 1));
        after.GroupIds.ShouldBe([vip]);
        (await GetAsync(tenant, same.Id)).Version.ShouldBe(same.Version);
        (await GetAsync(tenant, apart.Id)).StatusId.ShouldBe(tenant.StatusId);
        var entry = (await tenant.AuditOfAsync("contact", changed.Id))[^1];
        (entry.Action, entry.ChangeOrigin, entry.RequestId).ShouldBe((AuditAction.Updated, ChangeOrigin.Bulk, $"bulk-{job.Id}"));
        entry.Changes.ShouldBe($$"""{"status_id":[{{tenant.StatusId}},{{won}}],"groups":[[],[{{vip}}]]}""");
        (await tenant.AuditOfAsync("contact", same.Id)).Count.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task SeveralFields_AreSetClearedAndFoundAgain(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync(tenant.NewContact() with { City = "Pune", Company = "Before" });
        var action = new BulkAction
        {
            Fields = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["company"] = " Kürşat & Söhne ",
                ["city"] = null,
                ["type"] = "customer",
                ["description"] = "From the fair",
            },
        };

        var job = await tenant.Bulk().StartAsync(ContactSelection.Of([contact.Id]), action, None).OrThrowAsync();

        var after = await GetAsync(tenant, contact.Id);
        (after.Company, after.City, after.Type, after.Description)
            .ShouldBe(("Kürşat & Söhne", null, ContactType.Customer, "From the fair"));
        (await tenant.FindAsync("kursat")).ShouldBe(["Asha"]);
        (await tenant.FindAsync("before")).ShouldBeEmpty();

        await tenant.Bulk().UndoAsync(job.Id, None).OrThrowAsync();

        var undone = await GetAsync(tenant, contact.Id);
        (undone.Company, undone.City, undone.Type, undone.Description).ShouldBe(("Before", "Pune", ContactType.Lead, null));
        (await tenant.FindAsync("before")).ShouldBe(["Asha"]);
    }

    [Theory, OnEachEngine]
    public async Task WhatBreaksARule_IsRefusedBeforeAnythingHappens(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync();

        (await tenant.Bulk().StartAsync(Everybody, SetStatus(999), None))
            .ShouldBeInvalid()["status_id"]
            .ShouldBe([ContactErrors.StatusUnknown]);
        (await tenant.Bulk().StartAsync(Everybody, Field("phone", "+919000000000"), None))
            .ShouldBeInvalid()["phone"]
            .ShouldBe([BulkErrors.FieldUnknown]);
        (await tenant.Bulk().StartAsync(Everybody, Field("status_id", null), None))
            .ShouldBeInvalid()["status_id"]
            .ShouldBe([ContactErrors.StatusRequired]);
        (await tenant.Bulk().StartAsync(Everybody, Groups(GroupsMode.Add, 999), None))
            .ShouldBeInvalid()["groups"]
            .ShouldBe([ContactErrors.GroupsUnknown]);
        (await tenant.Bulk().StartAsync(Everybody, new BulkAction(), None)).ShouldBeInvalid()["action"].ShouldBe([BulkErrors.NothingToDo]);
        (await tenant.Bulk().StartAsync(ContactSelection.Of([]), BulkAction.Delete, None))
            .ShouldBeInvalid()["selection"]
            .ShouldBe([BulkErrors.NobodySelected]);
        (await tenant.Get<BulkQueries>().ListAsync(new PageRequest(1, 20), None).OrThrowAsync()).Total.ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task AnotherTenant_NeitherChangesNorSeesNorUndoes(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var (own, foreign) = (await mine.CreateContactAsync("Own"), await theirs.CreateContactAsync("Foreign"));

        var job = await mine.Bulk().StartAsync(ContactSelection.Of([own.Id, foreign.Id]), BulkAction.Delete, None).OrThrowAsync();

        job.Changed.ShouldBe(1);
        (await GetAsync(theirs, foreign.Id)).FirstName.ShouldBe("Foreign");
        (await theirs.Get<BulkQueries>().GetAsync(job.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await theirs.Bulk().UndoAsync(job.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await theirs.Bulk().CancelAsync(job.Id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await theirs.Get<BulkQueries>().ListAsync(new PageRequest(1, 20), None).OrThrowAsync()).Total.ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task Roles_MayDoInBulkWhatTheyMayDoOneByOne(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var won = await tenant.CreateStatusAsync("Won");
        await tenant.CreateContactAsync();
        var deleted = await tenant.Bulk().StartAsync(Everybody, BulkAction.Delete, None).OrThrowAsync();
        await tenant.CreateContactAsync();

        Become(tenant, Role.Viewer);
        (await tenant.Bulk().StartAsync(Everybody, SetStatus(won), None)).Error.ShouldBe(new ForbiddenError(Permissions.ContactsWrite));
        (await tenant.Bulk().PreviewAsync(Everybody, SetStatus(won), None)).Error.ShouldBe(new ForbiddenError(Permissions.ContactsWrite));
        Become(tenant, Role.Agent);
        (await tenant.Bulk().StartAsync(Everybody, BulkAction.Delete, None)).Error.ShouldBe(new ForbiddenError(Permissions.ContactsDelete));
        (await tenant.Bulk().UndoAsync(deleted.Id, None)).Error.ShouldBe(new ForbiddenError(Permissions.ContactsDelete));

        // A person who is nobody's member any more when the job's turn comes.
        var stopped = await tenant.Bulk().StartAsync(Everybody, SetStatus(won), None).OrThrowAsync();
        (stopped.State, stopped.StoppedBecause, stopped.Changed).ShouldBe((BulkState.Stopped, BulkStop.NotAllowed, 0));
    }

    private static void Become(TestTenant tenant, Role role)
    {
        var context = tenant.Get<TenantContext>();
        context.Enter(context.Tenant, new CurrentActor(ActorKind.User, 4_711, "Arjun", ChangeOrigin.App, RolePermissions.Of(role)));
    }
}
