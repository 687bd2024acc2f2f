using Bunit;
using WaCr.Web.Components.Layout;

namespace WaCr.Web.Tests.Components;

public sealed class NotificationBellTests : ComponentTest
{
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
    }
}
