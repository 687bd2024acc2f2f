using System.Text.Json.Nodes;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Privacy;
using WaCr.Web.Tests.Features.Transfers;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>What a customer wishes outlives the contact.</summary>
public sealed class ConsentTests
{
    private const string Ann = "447700900123";
    private const string Bob = "447700900456";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Stop_OutlivesDeletion_HoweverTheContactIsMadeAgain(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var contacts = world.Tenant.GetFresh<ContactService>();
        await StopAsync(world, Ann);

        await DeleteAsync(world, await OnlyContactAsync(world));
        var byHand = await world.Tenant.CreateContactAsync("Ann", phone: "+44 7700 900123");
        byHand.IsOptedOut.ShouldBeTrue();
        await DeleteAsync(world, byHand.Id);
        var batch = await world.Tenant.GetFresh<ContactBatch>()
            .CreateAsync([world.Tenant.NewContact("Ann", phone: "+" + Ann)], new ContactBatchOptions(), None).OrThrowAsync();
        batch.Created.ShouldHaveSingleItem().IsOptedOut.ShouldBeTrue();
        await DeleteAsync(world, batch.Created[0].Id);
        await world.TakeInAsync(MetaWebhook.Text("wamid.9", Ann, "Hello", world.Now));
        (await IsOptedOutAsync(world, await OnlyContactAsync(world))).ShouldBeTrue();

        // Another number is another person's, until it is given the first one.
        var other = await contacts.CreateAsync(world.Tenant.NewContact("Bob", phone: "+" + Bob), None).OrThrowAsync();
        other.IsOptedOut.ShouldBeFalse();
        await DeleteAsync(world, await ContactAsync(world, Ann));
        (await contacts.UpdateAsync(other.Id, new ContactPatch { Phone = "+" + Ann }, null, None).OrThrowAsync()).IsOptedOut.ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task Stop_OutlivesDeletion_WhenAFileBringsTheContactBack(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await StopAsync(world, Ann);
        await DeleteAsync(world, await OnlyContactAsync(world));

        var import = await world.Tenant.UploadAsync($"Ann,Smith,+{Ann},,New,Manual,,", $"Bob,Jones,+{Bob},,New,Manual,,");
        await world.Tenant.StartAsync(import, await world.Tenant.SettingsAsync(import));
        await world.Services.WorkBulkAsync();

        (await IsOptedOutAsync(world, await ContactAsync(world, Ann))).ShouldBeTrue();
        (await IsOptedOutAsync(world, await ContactAsync(world, Bob))).ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task Stop_IsKeptAfterErasure_UnderNoReadableNumber(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await StopAsync(world, Ann);
        await DeleteAsync(world, await OnlyContactAsync(world));
        world.Time.Advance(DeletedContact.KeptFor + TimeSpan.FromDays(1));
        await world.Tenant.GetFresh<TrashSweeper>().SweepAsync(None);

        await using var db = world.Tenant.OpenDatabase();
        var records = await db.ConsentRecords.ToListAsync();
        records.ShouldNotBeEmpty();
        records.ShouldAllBe(record => !record.SubjectHash.Contains(Ann) && record.IsOptedOut);
        (await world.Tenant.CreateContactAsync("Ann", phone: "+" + Ann)).IsOptedOut.ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task ASend_ToANumberThatSaidStop_IsRefused_ThoughNobodyHasIt(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await StopAsync(world, Ann);
        await DeleteAsync(world, await OnlyContactAsync(world));
        await world.Tenant.AddTemplateAsync(
            "hello", components: """[{"type":"BODY","text":"Hello"}]""", account: MetaWebhook.BusinessAccountId);

        var sent = await world.Tenant.GetFresh<MessageSender>().SendAsync(new SendTemplate { Phone = "+" + Ann, Name = "hello" }, None);

        sent.Error.ShouldBeOfType<ContactOptedOutError>();
        world.WhatsApp.Sent.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task WhatIsSaidWhileAContactLiesInTheTrash_HoldsWhenItComesBack(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var ann = await world.Tenant.CreateContactAsync("Ann", phone: "+" + Ann);
        await DeleteAsync(world, ann.Id);
        await world.TakeInAsync(Preference(Ann, "stop", 1));
        await RestoreAsync(world, ann.Id);
        (await IsOptedOutAsync(world, ann.Id)).ShouldBeTrue();

        await DeleteAsync(world, ann.Id);
        await world.TakeInAsync(Preference(Ann, "resume", 2));
        await RestoreAsync(world, ann.Id);
        (await IsOptedOutAsync(world, ann.Id)).ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task StopOfAStranger_HoldsForWhoeverIsEnteredWithTheNumber(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);

        await world.TakeInAsync(Preference(Ann, "stop", 1));

        (await world.Tenant.CreateContactAsync("Ann", phone: "+" + Ann)).IsOptedOut.ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task StopUnderAnIdOfWhatsApps_HoldsForWhoeverWritesUnderIt(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(
            MetaWebhook.Message("wamid.1", null, """{"type":"text","text":{"body":"STOP"}}""", world.Now, userId: "GB.1"));
        await DeleteAsync(world, await OnlyContactAsync(world));

        await world.TakeInAsync(
            MetaWebhook.Message("wamid.2", null, """{"type":"text","text":{"body":"Hello"}}""", world.Now, userId: "GB.1"));

        (await IsOptedOutAsync(world, await OnlyContactAsync(world))).ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task Start_AfterStop_IsRememberedAsWell(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await StopAsync(world, Ann);
        await world.TakeInAsync(MetaWebhook.Text("wamid.2", Ann, "START", world.Now));

        await DeleteAsync(world, await OnlyContactAsync(world));

        (await world.Tenant.CreateContactAsync("Ann", phone: "+" + Ann)).IsOptedOut.ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task MarketingWantedAgain_DoesNotUndoAStopToEverything(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await StopAsync(world, Ann);

        await world.TakeInAsync(Preference(Ann, "resume", 1));

        (await IsOptedOutAsync(world, await OnlyContactAsync(world))).ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task UndoingAMerge_ResetsNoWish_ThatWasSaidUnderTheContactsOwnNumber(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.OpenConversationAsync(Bob);
        await StopAsync(world, Ann);
        var (ann, bob) = (await ContactAsync(world, Ann), await ContactAsync(world, Bob));
        var merge = await world.Tenant.MergeAsync(bob, ann);
        (await IsOptedOutAsync(world, bob)).ShouldBeTrue();
        await world.Tenant.GetFresh<ContactUnmerger>().UnmergeAsync(merge, None).OrThrowAsync();
        (await IsOptedOutAsync(world, bob)).ShouldBeFalse();
        (await IsOptedOutAsync(world, ann)).ShouldBeTrue();

        merge = await world.Tenant.MergeAsync(bob, ann);
        await world.TakeInAsync(MetaWebhook.Text("wamid.7", Bob, "stop", world.Now));
        await world.Tenant.GetFresh<ContactUnmerger>().UnmergeAsync(merge, None).OrThrowAsync();
        (await IsOptedOutAsync(world, bob)).ShouldBeTrue();
        (await IsOptedOutAsync(world, ann)).ShouldBeTrue();
    }

    [Theory, OnEachEngine]
    public async Task AnotherTenant_KnowsNothingOfIt(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await StopAsync(world, Ann);

        var other = await world.CreateTenantAsync("other");

        (await other.CreateContactAsync("Ann", phone: "+" + Ann)).IsOptedOut.ShouldBeFalse();
        await using var db = other.OpenDatabase();
        (await db.ConsentRecords.CountAsync()).ShouldBe(0);
    }

    private static Task StopAsync(MessagingWorld world, string from) =>
        world.TakeInAsync(MetaWebhook.Text($"wamid.stop.{from}", from, "Stop", world.Now));

    private static string Preference(string waId, string value, int timestamp) => MetaWebhook.Change("user_preferences", MetaWebhook.Value(
        MetaWebhook.PhoneNumberId,
        new JsonObject
        {
            ["user_preferences"] = new JsonArray(new JsonObject
            {
                ["wa_id"] = waId,
                ["category"] = "marketing_messages",
                ["value"] = value,
                ["timestamp"] = timestamp,
            }),
        }));

    private static async Task DeleteAsync(MessagingWorld world, long id) =>
        await world.Tenant.GetFresh<ContactService>().DeleteAsync(id, null, None).OrThrowAsync();

    private static async Task RestoreAsync(MessagingWorld world, long id) =>
        await world.Tenant.GetFresh<ContactTrash>().RestoreAsync([id], None).OrThrowAsync();

    private static async Task<long> OnlyContactAsync(MessagingWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        return await db.Contacts.Select(contact => contact.Id).SingleAsync();
    }

    private static async Task<long> ContactAsync(MessagingWorld world, string phoneKey)
    {
        await using var db = world.Tenant.OpenDatabase();
        return await db.Contacts.Where(contact => contact.PhoneKey == phoneKey).Select(contact => contact.Id).SingleAsync();
    }

    private static async Task<bool> IsOptedOutAsync(MessagingWorld world, long contactId) =>
        (await world.Tenant.ContactQueries.GetAsync(contactId, default, default)).OrThrow().IsOptedOut;
}
