using Bunit;
using WaCr.Web.Components.Layout;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Tests.Components;

public sealed class NotificationAlertsTests : ComponentTest
{
    /// <summary>Rows have whole seconds: what comes in within a second of the page's start would else be older than the page.</summary>
    [Fact]
    public async Task WhatComesInWithinTheSecondOfThePagesStart_IsTold()
    {
        var me = await Tenant.SignInAsync(Role.Agent);
        await Tenant.Get<NotificationPreferences>().SaveAsync(
            new NotificationSettings
            {
                Ways = new Dictionary<NotificationKind, NotificationWays> { [NotificationKind.Mention] = NotificationWays.Sound },
            },
            default).OrThrowAsync();
        await Tenant.AddConversationAsync((await Tenant.CreateContactAsync()).Id, Time.GetUtcNow());
        Time.Advance(TimeSpan.FromMilliseconds(400));
        Browser.Render<NotificationAlerts>();
        Time.Advance(TimeSpan.FromMilliseconds(400));

        await using (var db = Tenant.OpenDatabase())
        {
            var conversationId = await db.Conversations.Select(c => c.Id).SingleAsync();
            db.Notifications.Add(
                new Notification { UserId = me, Kind = NotificationKind.Mention, ConversationId = conversationId, Text = "" });
            await db.SaveChangesAsync();
        }

        await Eventually.HoldsAsync(
            () =>
            {
                Tenant.Get<ChangeFeed>().Publish([new Change(ChangeKind.Notifications, Tenant.Id, me)]);
                return Task.FromResult(Browser.JSInterop.Invocations["wacrAlerts.tell"].Count == 1);
            },
            TimeSpan.FromSeconds(30));
    }
}
