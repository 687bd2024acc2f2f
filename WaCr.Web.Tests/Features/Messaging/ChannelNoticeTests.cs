using System.Text.Json.Nodes;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Templates;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>What WhatsApp says about accounts, numbers and templates.</summary>
public sealed class ChannelNoticeTests
{
    [Theory]
    [InlineData("account_update", """{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1798761600}]}""", true)]
    [InlineData("account_update", """{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE","waba_ban_date":"November 29, 2026"}}""", true)]
    [InlineData("account_update", """{"event":"PARTNER_REMOVED","waba_info":{"waba_id":"102290129340398","owner_business_id":"7"}}""",
        true)]
    [InlineData("account_update", """{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"SCAM"}}""", true)]
    [InlineData("account_review_update", """{"decision":"REJECTED"}""", true)]
    [InlineData("account_alerts", """{"entity_type":"WABA","entity_id":"1","alert_info":{"alert_severity":"CRITICAL","alert_status":"ACTIVE","alert_type":"OBA_REJECTED","alert_description":"No"}}""", true)]
    [InlineData("account_alerts", """{"alert_severity":"INFORMATIONAL","alert_type":"INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO"}""",
        false)]
    [InlineData("phone_number_quality_update", """{"display_phone_number":"15550783881","event":"DOWNGRADE","current_limit":"TIER_1K"}""",
        true)]
    [InlineData("phone_number_name_update",
        """{"display_phone_number":"15550783881","decision":"REJECTED","requested_verified_name":"Shop"}""", true)]
    [InlineData("business_capability_update", """{"max_daily_conversations_per_business":250,"max_phone_numbers_per_business":2}""", false)]
    [InlineData("security", """{"display_phone_number":"15550783881","event":"PIN_CHANGED","requester":"7"}""", true)]
    [InlineData("account_update", """{"event":"SOMETHING_NEW","detail":"x"}""", false)]
    [InlineData("account_update", """{"event":"ACCOUNT_OFFBOARDED"}""", true)]
    [InlineData("account_update", """{"event":"VOLUME_BASED_PRICING_TIER_UPDATE","volume_tier_info":{"pricing_category":"UTILITY"}}""",
        false)]
    [InlineData("account_update", """{"event":"RESTRICTION_REMINDER"}""", false)]
    [InlineData("phone_number_name_update", """{"display_phone_number":"15550783881","decision":"DISAPPROVED"}""", false)]
    [InlineData("phone_number_name_update", """{"display_phone_number":"15550783881","decision":"DEFERRED"}""", false)]
    public async Task News_AreShownToEverybody_UntilAnAdminDismissesThem(string field, string value, bool isSerious)
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);
        using var told = new SemaphoreSlim(0);
        using var listener = world.Tenant.Get<ChangeFeed>().Subscribe(world.Tenant.Id, _ => told.Release(), ChangeKind.Channels);

        await world.TakeInAsync(MetaWebhook.Change(field, JsonNode.Parse(value)!.AsObject()));

        told.CurrentCount.ShouldBe(1);
        var news = (await world.Tenant.Get<ChannelAlertQueries>().ListNoticesAsync(default)).ShouldHaveSingleItem();
        (news.Field, news.IsSerious, news.IsShown).ShouldBe((field, isSerious, true));
        (news.Word + news.Details).ShouldNotBeEmpty();
        await world.Tenant.Get<ChannelService>().DismissNoticeAsync(news.Id, default).OrThrowAsync();
        (await world.Tenant.Get<ChannelAlertQueries>().ListNoticesAsync(default)).ShouldBeEmpty();
        var settings = await world.Tenant.Get<ChannelService>().GetAsync(world.ChannelId, default).OrThrowAsync();
        settings.Notices.ShouldHaveSingleItem().IsShown.ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task GoodNews_EndTheTroubleOfTheirKind_AndAreOnlyInTheSettings(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await world.TakeInAsync(
            At("account_update", """{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE"}}""", world.Now.AddHours(-2)),
            At("phone_number_quality_update", """{"event":"FLAGGED","current_limit":"TIER_1K"}""", world.Now.AddHours(-2)));

        await world.TakeInAsync(
            At("account_update", """{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE"}}""", world.Now.AddHours(-1)),
            At("account_update", """{"event":"ACCOUNT_VIOLATION"}""", world.Now.AddHours(-3)));

        (await world.Tenant.Get<ChannelAlertQueries>().ListNoticesAsync(default)).ShouldHaveSingleItem().Word.ShouldBe("FLAGGED");
        var settings = await world.Tenant.Get<ChannelService>().GetAsync(world.ChannelId, default).OrThrowAsync();
        settings.Notices.Select(news => (news.Word, news.IsGood)).ShouldBe([("DISABLED_UPDATE", true), ("FLAGGED", false)]);
    }

    [Theory]
    [InlineData("account_update", "ACCOUNT_OFFBOARDED", "MM_LITE_TERMS_SIGNED", true)]
    [InlineData("account_update", "ACCOUNT_RESTRICTION", "PARTNER_ADDED", true)]
    [InlineData("account_update", "ACCOUNT_OFFBOARDED", "ACCOUNT_RECONNECTED", false)]
    [InlineData("account_update", "PARTNER_REMOVED", "PARTNER_ADDED", false)]
    [InlineData("phone_number_quality_update", "FLAGGED", "THROUGHPUT_UPGRADE", true)]
    [InlineData("phone_number_quality_update", "DOWNGRADE", "UPGRADE", false)]
    public async Task GoodNews_EndOnlyWhatTheyAreTheEndOf(string field, string trouble, string good, bool isStillShown)
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);
        await world.TakeInAsync(At(field, $$"""{"event":"{{trouble}}"}""", world.Now.AddHours(-2)));

        await world.TakeInAsync(At(field, $$"""{"event":"{{good}}"}""", world.Now.AddHours(-1)));

        (await world.Tenant.Get<ChannelAlertQueries>().ListNoticesAsync(default))
            .Select(news => news.Word)
            .ShouldBe(isStillShown ? [trouble] : []);
    }

    [Theory]
    [InlineData("REINSTATED", "PAUSED", "APPROVED", false)]
    [InlineData("UNARCHIVED", "ARCHIVED", "APPROVED", false)]
    [InlineData("FLAGGED", "APPROVED", "APPROVED", true)]
    [InlineData("LOCKED", "APPROVED", "APPROVED", true)]
    [InlineData("LIMIT_EXCEEDED", "APPROVED", "APPROVED", true)]
    [InlineData("A_NEW_EVENT", "APPROVED", "APPROVED", true)]
    [InlineData("PAUSED", "APPROVED", "PAUSED", false)]
    [InlineData("rejected", "PENDING", "REJECTED", false)]
    public async Task TemplateEvent_LeadsToAStatus_OrIsLookedUp(string word, string before, string after, bool isLookedUp)
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);
        await AddTemplateAsync(world, before);

        await world.TakeInAsync(OfTemplate("message_template_status_update", $$""" "event":"{{word}}","reason":"NONE" """));

        await using var db = world.Tenant.OpenDatabase();
        (await db.Templates.SingleAsync()).Status.ShouldBe(after);
        (await IsDueAsync(world)).ShouldBe(isLookedUp);
    }

    [Theory, OnEachEngine]
    public async Task ChangedContentOfATemplate_IsFetchedAtOnce_AlsoWhileASyncRuns(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await AddTemplateAsync(world, "APPROVED");
        var update = OfTemplate("message_template_components_update", "\"message_template_element\":\"New text\"");
        await world.TakeInAsync(update);
        var running = (await world.Services.ClaimAsync<Channel, TemplateSyncStep>()).ShouldNotBeNull();

        world.Time.Advance(TimeSpan.FromSeconds(3));
        await world.TakeInAsync(update.Replace("New text", "Newer text", StringComparison.Ordinal));
        await world.Tenant.GetFresh<LeaseClaims<Channel>>().ReleaseAsync(running, world.Now.AddDays(1));

        (await world.Services.ClaimAsync<Channel, TemplateSyncStep>()).ShouldNotBeNull().Row.Id.ShouldBe(world.ChannelId);
    }

    private static string At(string field, string value, DateTimeOffset at) => MetaWebhook.Change(field, JsonNode.Parse(value)!.AsObject())
        .Replace("\"changes\":", $"\"time\":{MetaWebhook.Seconds(at)},\"changes\":", StringComparison.Ordinal);

    private static string OfTemplate(string field, string members) => MetaWebhook.Change(field, JsonNode.Parse(
        $$"""{"message_template_id":559387623948546,"message_template_name":"hello_world","message_template_language":"en-US",{{members}}}""")!.AsObject());

    private static async Task AddTemplateAsync(MessagingWorld world, string status)
    {
        await using var db = world.Tenant.OpenDatabase();
        db.Templates.Add(new Template
        {
            BusinessAccountId = MetaWebhook.BusinessAccountId,
            WhatsAppId = "559387623948546",
            Name = "hello_world",
            Language = "en_US",
            Category = "UTILITY",
            Status = status,
            CreatedAt = world.Now,
            UpdatedAt = world.Now,
            SyncedAt = world.Now,
        });
        await db.SaveChangesAsync();
        await db.Channels.ExecuteUpdateAsync(set => set.SetProperty(channel => channel.DueAt, world.Now.AddDays(1)));
    }

    private static async Task<bool> IsDueAsync(MessagingWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        return await db.Channels.Select(channel => channel.DueAt).SingleAsync() <= world.Now;
    }
}
