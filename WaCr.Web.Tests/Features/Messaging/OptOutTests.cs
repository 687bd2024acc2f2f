using System.Text.Json.Nodes;
using WaCr.Web.Features.Messaging.Inbound;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class OptOutTests
{
    private const string Ann = "447700900123";

    [Theory]
    [InlineData("STOP", true)]
    [InlineData(" stop. ", true)]
    [InlineData("Stop!", true)]
    [InlineData("PARÁR", true)]
    [InlineData("parar", true)]
    [InlineData("STOP 🛑", true)]
    [InlineData("🛑STOP🛑", true)]
    [InlineData("❤️ stop ‼️", true)]
    [InlineData("«Stop»", true)]
    [InlineData("s​top", true)]
    [InlineData("Unsubscribe", true)]
    [InlineData("opt-out", true)]
    [InlineData("stop all", true)]
    [InlineData("SAIR", true)]
    [InlineData("Cancelar inscrição", true)]
    [InlineData("إيقاف", true)]
    [InlineData("الغاء الاشتراك", true)]
    [InlineData("قِف!", true)]
    [InlineData("stop?", null)]
    [InlineData("Cancel", null)]
    [InlineData("🛑", null)]
    [InlineData("start", false)]
    [InlineData("don't stop", null)]
    [InlineData("stop it", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("...", null)]
    public void Text_IsAWishOnlyAsAWhole(string? text, bool? wish) => ConsentKeywords.Default.Read(text, "Parar\n\n  \n").ShouldBe(wish);

    [Theory, OnEachEngine]
    public async Task StopAndStart_AreDone_AndStandInTheHistory(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);

        await world.TakeInAsync(MetaWebhook.Text("wamid.1", Ann, "Stop", world.Now));
        var contactId = (await world.ConversationAsync()).ContactId;
        (await IsOptedOutAsync(world, contactId)).ShouldBeTrue();
        await world.TakeInAsync(MetaWebhook.Text("wamid.2", Ann, "START", world.Now));
        (await IsOptedOutAsync(world, contactId)).ShouldBeFalse();

        var entries = (await world.Tenant.AuditOfAsync(AuditEntry.ContactType, contactId))
            .Where(entry => entry.Action == AuditAction.Updated).ToList();
        entries.Select(entry => entry.Changes).ShouldBe([
            """{"is_opted_out":[false,true],"consent_marketing":["unknown","denied"],"consent_service":["allowed","denied"]}""",
            """{"is_opted_out":[true,false],"consent_marketing":["denied","granted"],"consent_service":["denied","allowed"]}"""]);
        entries.ShouldAllBe(entry => entry.ActorKind == ActorKind.Webhook && entry.ChangeOrigin == ChangeOrigin.Webhook);
    }

    [Theory, OnEachEngine]
    public async Task SwitchInWhatsApp_IsDone_AndOfOtherCategoriesIsNot(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.OpenConversationAsync(Ann);
        var contactId = (await world.ConversationAsync()).ContactId;

        await world.TakeInAsync(Preference("marketing_messages", "stop", 1));
        (await IsOptedOutAsync(world, contactId)).ShouldBeTrue();
        await world.TakeInAsync(Preference("something_else", "resume", 2));
        (await IsOptedOutAsync(world, contactId)).ShouldBeTrue();
        await world.TakeInAsync(Preference("marketing_messages", "resume", 3));
        (await IsOptedOutAsync(world, contactId)).ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task SignUpInWhatsApp_IsAnOptInWithItsProof(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.OpenConversationAsync(Ann);

        await world.TakeInAsync(Preference("marketing_messages", "signup", 1, signUpId: "4711"));

        await using var db = world.Tenant.OpenDatabase();
        (await db.Contacts.SingleAsync()).Consent.Marketing.ShouldBe(MarketingConsent.Granted);
        var records = await db.ConsentRecords.Where(record => record.Purpose == ConsentPurpose.Marketing).ToListAsync();
        records.ShouldNotBeEmpty();
        records.ShouldAllBe(record => !record.IsOptedOut && record.Source == "WhatsApp" && record.Proof == "4711");
    }

    [Theory, OnEachEngine]
    public async Task AWish_WhoseContactWasMergedMeanwhile_IsTheOthers(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var merged = await world.Tenant.CreateContactAsync();
        var kept = await world.Tenant.CreateContactAsync();
        await world.Tenant.MergeAsync(kept.Id, merged.Id);

        await world.Tenant.GetFresh<IDatabaseWriter>().WriteAsync<Done>(
            async db =>
            {
                await world.Tenant.Get<OptOuts>().SetAsync(db, merged.Id, null, ConsentChange.StopsMarketing);
                return default(Done);
            },
            CancellationToken.None).OrThrowAsync();

        (await IsOptedOutAsync(world, kept.Id)).ShouldBeTrue();
    }

    private static string Preference(string category, string value, int timestamp, string? signUpId = null)
    {
        var preference = new JsonObject
        {
            ["wa_id"] = Ann,
            ["category"] = category,
            ["value"] = value,
            ["timestamp"] = timestamp,
            ["signup_id"] = signUpId,
        };
        return MetaWebhook.Change("user_preferences", MetaWebhook.Value(
            MetaWebhook.PhoneNumberId, new JsonObject { ["user_preferences"] = new JsonArray(preference) }));
    }

    private static async Task<bool> IsOptedOutAsync(MessagingWorld world, long contactId) =>
        (await world.Tenant.ContactQueries.GetAsync(contactId, default, default)).OrThrow().IsOptedOut;
}
