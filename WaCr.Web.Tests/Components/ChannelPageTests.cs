using Bunit;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Components.Pages.Channels;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Tests.Components;

/// <summary>The check list and the card of a number.</summary>
public sealed class ChannelPageTests : ComponentTest
{
    private static long _noticeId;

    private readonly FakeWhatsApp _whatsApp = new();

    private readonly StatementGate _database = new();

    protected override void AddMore(IServiceCollection services) =>
        services.AddSingleton<IWhatsAppClient>(_whatsApp).AddSingleton<IInterceptor>(_database);

    [Fact]
    public async Task APause_LeavesWhatWasTyped()
    {
        Works();
        await ConnectAsync();
        var page = Browser.Render<ChannelsPage>();
        page.WaitForElement("[data-check=Token]");
        await page.Find("#access_token").InputAsync("pasted");

        await page.FindButton("Pause sending").ClickAsync(new());

        page.WaitForAssertion(() => page.FindButton("Resume sending").ShouldNotBeNull());
        page.Find(".said").TextContent.ShouldBe("1 change");
        page.Find("#access_token").GetAttribute("value").ShouldBe("pasted");
    }

    [Fact]
    public async Task WhatIsTypedWhileTheNumberIsSaved_Stays()
    {
        Works();
        var id = await ConnectAsync();
        var page = Browser.Render<ChannelsPage>();
        page.WaitForElement("[data-check=Token]");
        await page.Find("#name").InputAsync("Sho");
        await page.Find("#access_token").InputAsync("new");
        Task saving;
        using (await Tenant.Get<SqliteWriteGate>().TakeAsync(CancellationToken.None))
        {
            saving = page.Find("form.channel").SubmitAsync();
            page.WaitForAssertion(() => page.Find("[data-save]").HasAttribute("disabled").ShouldBeTrue());
            await page.Find("#name").InputAsync("Shop 2");
        }

        await saving;
        page.Find(".said").TextContent.ShouldBe("1 change");
        page.Find("#name").GetAttribute("value").ShouldBe("Shop 2");
        page.Find("#access_token").GetAttribute("value").ShouldBeNullOrEmpty();
        Get(id).Name.ShouldBe("Sho");
    }

    [Fact]
    public async Task AfterAnOutage_TheNumberIsShown()
    {
        Works();
        await ConnectAsync();
        IRenderedComponent<ChannelsPage> page;
        using (_database.Break("\"Channels\""))
        {
            page = Browser.Render<ChannelsPage>();
            page.WaitForElement(".notice");
        }

        await page.Find(".notice button").ClickAsync(new());

        page.WaitForAssertion(() => page.Find("#name").GetAttribute("value").ShouldBe("Shop"));
    }

    [Fact]
    public async Task APinThatIsSentTwice_IsTriedOnce()
    {
        Works();
        _whatsApp.OnFind = channel => Number(channel.PhoneNumberId) with { Status = "PENDING" };
        _whatsApp.RepairRefusal = new WhatsAppRefused(133005, "No", null, null, null);
        var list = await RenderAsync();
        await list.Find("button").ClickAsync();
        await list.WaitForElement("#channel-pin").InputAsync(new() { Value = "111111" });

        Task[] presses;
        using (_database.Hold("\"Channels\""))
        {
            presses = [PressAsync(), PressAsync()];
        }

        await Task.WhenAll(presses);
        list.WaitForAssertion(() => list.Find("[data-check=Registration]").TextContent.ShouldContain("This is not the number's PIN"));
        _whatsApp.Repairs.Count.ShouldBe(1);

        Task PressAsync() =>
            list.FindAll("[data-check=Registration] button").Single(button => button.TextContent.Contains("Register the number")).ClickAsync();
    }

    [Fact]
    public async Task ACheck_NamesWhatIsWrong_AndRepairsItWithOnePress()
    {
        Works();
        _whatsApp.Apps = new List<SubscribedApp>();
        _whatsApp.Webhook = new MetaAppWebhook(null, true, [WebhookFields.Messages]);
        var list = await RenderAsync();

        await list.Find("button").ClickAsync();
        list.WaitForElement("[data-check=Subscription][data-state=Failed]").TextContent.ShouldContain("Without it, nothing that customers write reaches you");
        list.Find("[data-check=Fields][data-state=Warning] code").TextContent.ShouldContain("account_update, account_alerts");
        list.Find("[data-check=Event][data-state=Failed]").TextContent.ShouldContain("Message your number from your own phone");
        list.FindAll("[data-state=Good]").Count.ShouldBe(5);
        list.Find("[role=status]").TextContent.ShouldBe("2 things to fix. Start at the top.");

        _whatsApp.Apps = new List<SubscribedApp> { new(FakeWhatsApp.AppId, "App") };
        await list.FindAll("[data-check=Subscription] button").Single(button => button.TextContent.Contains("Subscribe the app")).ClickAsync();
        list.WaitForElement("[data-check=Subscription][data-state=Good]");
        _whatsApp.Repairs.ShouldBe(["subscribe"]);
    }

    [Fact]
    public async Task AnUnregisteredNumber_AsksForItsPin()
    {
        Works();
        _whatsApp.OnFind = channel => Number(channel.PhoneNumberId) with { Status = "PENDING" };
        var list = await RenderAsync();
        await list.Find("button").ClickAsync();
        list.WaitForElement("#channel-pin");

        await RegisterAsync("12");
        list.WaitForElement("[data-check=Registration] .mud-input-error").ShouldNotBeNull();
        _whatsApp.Repairs.ShouldBeEmpty();
        _whatsApp.RepairRefusal = new WhatsAppRefused(133005, "No", null, null, null);
        await RegisterAsync("111111");
        list.WaitForAssertion(() => list.Find("[data-check=Registration]").TextContent.ShouldContain("This is not the number's PIN"));

        (_whatsApp.RepairRefusal, _whatsApp.OnFind) = (null, channel => Number(channel.PhoneNumberId));
        await RegisterAsync("123456");
        list.WaitForElement("[data-check=Registration][data-state=Good]");

        async Task RegisterAsync(string pin)
        {
            await list.Find("#channel-pin").InputAsync(new() { Value = pin });
            await list.FindAll("[data-check=Registration] button").Single(button => button.TextContent.Contains("Register the number")).ClickAsync();
        }
    }

    [Fact]
    public async Task ARefusedToken_LeavesTheRestUnchecked()
    {
        Works();
        _whatsApp.OnToken = _ => new WhatsAppRefused(190, "Session has expired", null, null, null);
        var list = await RenderAsync();
        await list.Find("button").ClickAsync();

        list.WaitForElement("[data-check=Token][data-state=Failed]").TextContent.ShouldContain("Session has expired");
        list.Find("[data-check=Token] a[href^='https://business.facebook.com']").TextContent.ShouldBe("Open Meta's system users");
        list.FindAll("[data-state=Unknown]").Count.ShouldBe(6);
    }

    [Fact]
    public async Task AnotherNumberOfTheAccount_IsChosenWithOnePress()
    {
        Works();
        var id = await ConnectAsync();
        _whatsApp.OnNumbers = () => new List<PhoneNumberDescription> { new("777888", "+1 555 0100", "Shop", null) };
        var list = Browser.Render<ChannelChecklist>(set => set.Add(one => one.Channel, Get(id)));
        await list.Find("button").ClickAsync();

        await list.WaitForElement(".numbers button").ClickAsync();

        list.WaitForElement("[data-check=Number][data-state=Good]");
        Get(id).PhoneNumberId.ShouldBe("777888");
    }

    [Fact]
    public async Task ACard_TellsTheHealth_AndTheTroubleWithItsEnd()
    {
        var channel = Get(await ConnectAsync());
        var end = new DateTimeOffset(2061, 5, 6, 9, 0, 0, TimeSpan.Zero);
        var card = Browser.Render<ChannelHealthCard>(set => set.Add(one => one.Channel, channel with
        {
            Health = new ChannelHealthDetails("RED", "FLAGGED", "DECLINED", "HIGH", null, Time.GetUtcNow(), new DailyPeople(2_000, 660)),
            Notices =
            [
                Notice("account_update", "ACCOUNT_RESTRICTION", "restriction_type: RESTRICTED_BIZ_INITIATED_MESSAGING") with { EndsAt = end },
                Notice("account_update", "ACCOUNT_RESTRICTION", "over") with { EndsAt = Time.GetUtcNow().AddDays(-1) },
                Notice("read", "UNPAID", "No payment method."),
                Notice("security", "PIN_CHANGED", "") with { IsShown = false },
            ],
        }));

        Fact("quality").ShouldBe("Low");
        Fact("status").ShouldBe("Flagged for its quality");
        Fact("name").ShouldBe("Rejected");
        Fact("throughput").ShouldBe("Up to 1,000 messages a second");
        Fact("token").ShouldBe("Doesn't end");
        Fact("heard").ShouldBe("Nothing yet");
        Fact("limit").ShouldStartWith("1,340 left of 2,000");
        card.FindAll(".troubles li").Count.ShouldBe(2);
        card.Find(".troubles li").TextContent.ShouldContain("No templates and broadcasts; answers within 24 hours still go.");
        card.Find(".troubles li").TextContent.ShouldContain("Until 6 May 2061");
        card.Find("[data-word=UNPAID]").TextContent.ShouldContain("Shop's WhatsApp account can't pay");

        string Fact(string name) => card.Find($"[data-fact={name}] dd").TextContent.Trim();
    }

    private static ChannelNoticeItem Notice(string field, string word, string details) =>
        new(
            Interlocked.Increment(ref _noticeId), "Shop", field, word, details, IsGood: false, IsSerious: true, IsShown: true,
            TestClock.Start, null);

    private static PhoneNumberDescription Number(string id) =>
        new(id, "+1 555-078-3881", "Shop", "GREEN") { WebhookUrl = "http://localhost/webhooks/whatsapp" };

    [Fact]
    public async Task ANumber_IsShownInItsInternationalForm_HoweverItCame()
    {
        var channel = Get(await ConnectAsync()) with { DisplayPhoneNumber = "+15550783881" };

        var card = Browser.Render<ChannelHealthCard>(set => set.Add(one => one.Channel, channel));

        card.Find(".head bdi[dir=ltr]").TextContent.ShouldBe("+1 555-078-3881");
    }

    private void Works() => _whatsApp.OnFind = channel => Number(channel.PhoneNumberId);

    private ChannelDetails Get(long id) => Tenant.GetFresh<ChannelService>().GetAsync(id, default).OrThrowAsync().GetAwaiter().GetResult();

    private async Task<IRenderedComponent<ChannelChecklist>> RenderAsync()
    {
        var channel = Get(await ConnectAsync());
        return Browser.Render<ChannelChecklist>(set => set.Add(one => one.Channel, channel));
    }

    private async Task<long> ConnectAsync() => (await Tenant.GetFresh<ChannelService>().SaveAsync(
        null,
        new ChannelPatch { Name = "Shop", PhoneNumberId = "100200300", BusinessAccountId = "1", AccessToken = "token", AppSecret = "secret" },
        default).OrThrowAsync()).Id;
}
