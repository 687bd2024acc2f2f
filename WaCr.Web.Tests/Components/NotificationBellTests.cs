using Bunit;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Components.Layout;

namespace WaCr.Web.Tests.Components;

public sealed class NotificationBellTests : ComponentTest
{
    private readonly HeldStatements _reads = new();

    [Fact]
    public async Task WhileItIsClosed_ItCounts_AndReadsNoList()
    {
        var me = await Tenant.SignInAsync(Role.Agent);
        var bell = Browser.Render<NotificationBell>();
        bell.FindAll(".bell-count").ShouldBeEmpty();
        var list = _reads.HoldNext("\"LastName\"");

        await using (var db = Tenant.OpenDatabase())
        {
            db.AccountNotices.Add(new AccountNotice { UserId = me, CreatedAt = Time.GetUtcNow() });
            await db.SaveChangesAsync();
        }

        Tenant.Get<ChangeFeed>().Publish([new Change(ChangeKind.Notifications, Tenant.Id, me)]);
        bell.WaitForElement(".bell-count");

        list.Release();
        await bell.Find("button").ClickAsync(new());
        bell.WaitForElement(".bell-list li");
    }

    [Fact]
    public async Task MarkAllAsRead_TakesItsButtonAway_AndLeavesTheFocusInThePanel()
    {
        var me = await Tenant.SignInAsync(Role.Agent);
        await using (var db = Tenant.OpenDatabase())
        {
            db.AccountNotices.Add(new AccountNotice { UserId = me, CreatedAt = Time.GetUtcNow() });
            await db.SaveChangesAsync();
        }

        var bell = Browser.Render<NotificationBell>();
        bell.WaitForElement(".bell-count");
        await bell.Find("button").ClickAsync(new());
        await bell.WaitForElement(".bell-read").ClickAsync(new());

        bell.WaitForAssertion(() => bell.FindAll(".bell-read").ShouldBeEmpty());
        Browser.JSInterop.VerifyFocusAsyncInvoke(2);
        await bell.Find(".bell").KeyDownAsync("Escape");
        bell.FindAll(".pop-panel").ShouldBeEmpty();
        Browser.JSInterop.VerifyInvoke("wacrList.begin");
    }

    protected override void AddMore(IServiceCollection services) => services.AddSingleton<IInterceptor>(_reads);
}
