using Bunit;
using WaCr.Web.Components.Layout;
using WaCr.Web.Components.Pages.Notifications;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Tests.Components;

public sealed class NotificationsPageTests : ComponentTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Sound = "input[aria-label='New message in your conversations: Sound']";

    [Fact]
    public async Task AChoice_AndQuietHours_AreKept()
    {
        await Tenant.SignInAsync(Role.Agent);
        var page = Browser.Render<NotificationsPage>();
        page.WaitForElement(Sound).HasAttribute("checked").ShouldBeFalse();
        page.Find("[data-save]").HasAttribute("disabled").ShouldBeTrue();
        page.Find(".form-foot").ClassList.ShouldContain("idle");

        await page.Find(Sound).ChangeAsync(new() { Value = true });
        page.Find(".form-foot").ClassList.ShouldNotContain("idle");
        await page.FindAll("input[type=checkbox]")[^1].ChangeAsync(new() { Value = true });
        page.WaitForElement("#quiet-from");
        await page.Find("[data-save]").ClickAsync(new());

        page.WaitForAssertion(() => page.Find(".said").TextContent.ShouldBe("No changes"));
        var kept = await Tenant.Get<NotificationPreferences>().GetAsync(default).OrThrowAsync();
        kept.Of(NotificationKind.MessageInMine).ShouldBe(NotificationWays.Sound);
        kept.Of(NotificationKind.Mention).ShouldBe(NotificationWays.Bell);
        (kept.QuietFrom, kept.QuietTo).ShouldBe((new TimeOnly(20, 0), new TimeOnly(8, 0)));
        Browser.Render<NotificationsPage>().WaitForElement(Sound).HasAttribute("checked").ShouldBeTrue();
    }

    [Theory]
    [InlineData(Role.Agent, 4)]
    [InlineData(Role.Admin, 6)]
    public async Task KindsThatCannotComeToARole_AreNotOffered(Role role, int count)
    {
        await Tenant.SignInAsync(role);
        var page = Browser.Render<NotificationsPage>();

        page.WaitForElement(Sound);
        page.FindAll("[role=rowheader]").Count.ShouldBe(count);
    }

    [Fact]
    public async Task WhatIsNew_IsToldByTheOpenPage_Once_AndNothingThatWasThereBefore()
    {
        var me = await Tenant.SignInAsync(Role.Admin);
        var preferences = Tenant.Get<NotificationPreferences>();
        var settings = new NotificationSettings().With(NotificationKind.CampaignPaused, NotificationWays.Sound, isOn: true);
        await preferences.SaveAsync(settings, default).OrThrowAsync();
        await PauseAsync(me, 1);
        Time.Advance(TimeSpan.FromMinutes(2));
        Browser.Render<NotificationAlerts>();
        Told().ShouldBeEmpty();

        Time.Advance(TimeSpan.FromSeconds(1));
        await PauseAsync(me, 2);
        await Eventually.HoldsAsync(() => Told().Count > 0, Patience);
        Told().ShouldBe([("/broadcasts/2", true, false)]);
        await PauseAsync(me, 3);
        await Eventually.HoldsAsync(() => Told().Count > 1, Patience);
        Told().ShouldBe([("/broadcasts/2", true, false), ("/broadcasts/3", true, false)]);
    }

    private Task<Result<int>> PauseAsync(long userId, long campaignId) => Tenant.Get<IDatabaseWriter>().WriteAsync<int>(
        async db =>
        {
            db.AccountNotices.Add(
                new AccountNotice { UserId = userId, WorkspaceId = Tenant.Id, CampaignId = campaignId, CreatedAt = Time.GetUtcNow() });
            return await db.SaveChangesAsync();
        },
        default);

    private List<(string Path, bool Sounds, bool Shows)> Told() =>
    [
        .. Browser.JSInterop.Invocations["wacrAlerts.tell"]
            .SelectMany(call => (IEnumerable<object>)call.Arguments[0]!)
            .Select(alert => (Of<string>(alert, "path"), Of<bool>(alert, "sounds"), Of<bool>(alert, "shows"))),
    ];

    private static T Of<T>(object alert, string name) => (T)alert.GetType().GetProperty(name)!.GetValue(alert)!;
}
