using Microsoft.AspNetCore.Http;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Users;
using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Tests.Features.Webhooks;

/// <summary>What is sent to receivers, how it is repeated, and when they are given up. Over real sockets.</summary>
public sealed class DeliveryTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public void Schedule_IsThatOfTheContract_AndRetryAfterIsHonoured()
    {
        var waits = Enumerable.Range(1, 10).Select(attempts => RetrySchedule.WaitAfter(attempts, null)).ToList();

        waits.Select(wait => wait?.ToString() ?? "over").ShouldBe(
            ["00:00:05", "00:05:00", "00:30:00", "02:00:00", "05:00:00", "10:00:00", "14:00:00", "20:00:00", "1.00:00:00", "over"]);
        RetrySchedule.WaitAfter(1, TimeSpan.FromMinutes(2)).ShouldBe(TimeSpan.FromMinutes(2));
        RetrySchedule.WaitAfter(2, TimeSpan.FromMinutes(2)).ShouldBe(TimeSpan.FromMinutes(5));
        RetrySchedule.WaitAfter(1, TimeSpan.FromDays(30)).ShouldBe(TimeSpan.FromHours(24));
    }

    [Theory, OnEachEngine]
    public async Task Event_IsSentSigned_InTheEnvelopeOfTheContract(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var made = await world.CreateAsync("contact.*");
        var contact = await world.Tenant.CreateContactAsync();

        (await world.SendAsync()).ShouldBe(1);

        var request = world.Receiver.Received.ShouldHaveSingleItem();
        request.ShouldBeSigned(made.Secret!);
        var json = request.Json;
        ((string)json["event"]!["id"]!).ShouldBe(request.Id);
        ((string)json["event"]!["type"]!).ShouldBe("contact.created");
        ((string)json["event"]!["timestamp"]!).ShouldBe("2026-03-04T05:06:07.000Z");
        ((string)json["event"]!["version"]!).ShouldBe("1.0");
        json["tenant"]!.ToJsonString().ShouldBe($$"""{"id":{{world.Tenant.Id}},"name":"acme Ltd","domain":"acme"}""");
        ((long)json["data"]!["resource"]!["id"]!).ShouldBe(contact.Id);
        ((string)json["data"]!["resource"]!["attributes"]!["firstname"]!).ShouldBe("Asha");
        ((long)json["data"]!["relationships"]!["status"]!["id"]!).ShouldBe(world.Tenant.StatusId);
        json["changes"].ShouldBeNull();
        ((string)json["metadata"]!["environment"]!).ShouldBe("production");
        var delivery = (await world.DeliveriesAsync()).ShouldHaveSingleItem();
        (delivery.State, delivery.LastStatus, delivery.DueAt).ShouldBe((DeliveryState.Delivered, 200, null));
        DeliveryLog.Read(delivery.Log).ShouldHaveSingleItem().Answer.ShouldBe("ok");
        (await world.WebhookAsync()).LastSuccessAt.ShouldBe(world.Time.GetUtcNow());
    }

    [Theory, OnEachEngine]
    public async Task Contact_WithAGroupAndAnAssignee_IsToldWithTheirNames(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await world.CreateAsync("contact.*");
        var user = await world.Tenant.SignInAsync(Role.Agent);
        var group = await world.Tenant.CreateGroupAsync("VIP");
        await world.Tenant.CreateContactAsync(world.Tenant.NewContact() with { AssignedId = user, Groups = new[] { group } });

        (await world.SendAsync()).ShouldBe(1);

        var relationships = world.Receiver.Received.ShouldHaveSingleItem().Json["data"]!["relationships"]!;
        ((long)relationships["assigned"]!["id"]!).ShouldBe(user);
        ((string)relationships["assigned"]!["name"]!).ShouldNotBeEmpty();
        relationships["groups"]!.ToJsonString().ShouldBe($$"""[{"id":{{group}},"name":"VIP"}]""");
    }

    [Theory, OnEachEngine]
    public async Task Update_TellsWhatItWasAndBecame(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var contact = await world.Tenant.CreateContactAsync();
        await world.CreateAsync("contact.updated");

        await world.Tenant.GetFresh<WaCr.Web.Features.Contacts.ContactService>()
            .UpdateAsync(contact.Id, new WaCr.Web.Features.Contacts.ContactPatch { City = "Goa" }, null, None).OrThrowAsync();
        await world.SendAsync();

        world.Receiver.Received.ShouldHaveSingleItem().Json["changes"]!.ToJsonString()
            .ShouldBe("""{"previous":{"city":null},"current":{"city":"Goa"},"modified_fields":["city"]}""");
    }

    [Theory, OnEachEngine]
    public async Task Failure_IsTriedAgainOnSchedule_WithTheSameId(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await world.CreateAsync("contact.*");
        world.Receiver.Answer = Status(500);
        await world.Tenant.CreateContactAsync();

        (await world.SendAsync()).ShouldBe(1);
        (await world.SendAsync()).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        (await world.SendAsync()).ShouldBe(1);
        world.Time.Advance(TimeSpan.FromMinutes(4.9));
        (await world.SendAsync()).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromMinutes(0.1));
        world.Receiver.Answer = Status(204);
        (await world.SendAsync()).ShouldBe(1);

        world.Receiver.Received.Select(request => request.Id).Distinct().ShouldHaveSingleItem();
        var delivery = (await world.DeliveriesAsync()).ShouldHaveSingleItem();
        (delivery.State, delivery.Attempts).ShouldBe((DeliveryState.Delivered, 3));
        DeliveryLog.Read(delivery.Log).Select(attempt => attempt.Status).ShouldBe([500, 500, 204]);
        (await world.WebhookAsync()).FailingSince.ShouldBeNull();
    }

    [Theory, OnEachEngine]
    public async Task AllTriesOver_IsFailed_AndRedeliveryBringsItWithTheSameId(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var webhook = (await world.CreateAsync("contact.*")).Webhook;
        world.Receiver.Answer = Status(503);
        await world.Tenant.CreateContactAsync();
        for (var attempt = 0; attempt < RetrySchedule.MaxAttempts; attempt++)
        {
            await world.SendAsync();
            world.Time.Advance(TimeSpan.FromHours(24));
            await ResetCountAsync(world);
        }

        (await world.DeliveriesAsync())[0].State.ShouldBe(DeliveryState.Failed);
        world.Receiver.Answer = Status(200);
        (await world.Tenant.GetFresh<DeliveryService>().RedeliverFailedAsync(webhook.Id, new RedeliverFailed(world.Time.GetUtcNow()), None)
            .OrThrowAsync())
            .ShouldBe(0);
        (await world.Tenant.GetFresh<DeliveryService>().RedeliverFailedAsync(webhook.Id, new RedeliverFailed(null), None).OrThrowAsync())
            .ShouldBe(1);
        await world.SendAsync();

        (await world.DeliveriesAsync()).ShouldAllBe(delivery => delivery.State == DeliveryState.Delivered);
        var id = world.Receiver.Received.First().Id;
        world.Receiver.Received.Count(request => request.Id == id).ShouldBe(RetrySchedule.MaxAttempts + 1);

        await world.Tenant.GetFresh<DeliveryService>()
            .RedeliverAsync(webhook.Id, (await world.DeliveriesAsync())[0].Id, None)
            .OrThrowAsync();
        await world.SendAsync();
        world.Receiver.Received.Last().Id.ShouldBe(id);
    }

    [Theory, OnEachEngine]
    public async Task Lag_IsOfEachFirstReceipt_AndNotOfWhatAUserSendsAgain(DatabaseProvider engine)
    {
        using var lags = new MeasuredValues("wacr.delivery.lag");
        await using var world = await WebhookWorld.CreateAsync(engine);
        var webhook = (await world.CreateAsync("contact.*")).Webhook;
        await world.Tenant.CreateContactAsync();
        world.Receiver.Answer = Status(500);
        await world.SendAsync();
        world.Time.Advance(TimeSpan.FromSeconds(5));
        world.Receiver.Answer = Status(200);
        await world.SendAsync();
        lags.Taken.ShouldBe([5]);

        world.Time.Advance(TimeSpan.FromDays(2));
        var received = (await world.DeliveriesAsync())[0].Id;
        await world.Tenant.GetFresh<DeliveryService>().RedeliverAsync(webhook.Id, received, None).OrThrowAsync();
        (await world.SendAsync()).ShouldBe(1);

        // Given up before it was tried once, as where the webhook is disabled.
        await world.Tenant.CreateContactAsync();
        var untried = (await world.DeliveriesAsync())[^1].Id;
        world.Time.Advance(TimeSpan.FromDays(2));
        await world.Tenant.GetFresh<DeliveryService>().RedeliverAsync(webhook.Id, untried, None).OrThrowAsync();
        (await world.SendAsync()).ShouldBe(1);
        lags.Taken.ShouldBe([5]);
    }

    [Theory, OnEachEngine]
    public async Task Receiver_ThatFailsForFiveDays_IsDisabled(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var webhook = (await world.CreateAsync("contact.*")).Webhook;
        world.Receiver.Answer = Status(500);
        for (var day = 0; day <= 5; day++)
        {
            await world.Tenant.CreateContactAsync();
            await world.SendAsync();
            world.Time.Advance(TimeSpan.FromDays(1));
        }

        var row = await world.WebhookAsync();
        (row.Status, row.DisabledBecause).ShouldBe((WebhookStatus.Disabled, WebhookDisabled.Failing));
        (await world.DeliveriesAsync()).ShouldAllBe(delivery => delivery.State == DeliveryState.Failed);
        var before = (await world.EventsAsync()).Count;
        await world.Tenant.CreateContactAsync();
        (await world.EventsAsync()).Count.ShouldBe(before);
        (await world.Tenant.GetFresh<DeliveryService>().RedeliverFailedAsync(webhook.Id, new RedeliverFailed(null), None))
            .ShouldBeInvalid();
        (await world.Tenant.GetFresh<WaCr.Web.Features.Dashboard.DashboardAlerts>().GetAsync(None).OrThrowAsync())
            .DisabledWebhooks.ShouldBe(1);

        world.Receiver.Answer = Status(200);
        await world.Tenant.GetFresh<WebhookService>().UpdateAsync(webhook.Id, new WebhookPatch { IsActive = true }, None).OrThrowAsync();
        await world.Tenant.GetFresh<DeliveryService>().RedeliverFailedAsync(webhook.Id, new RedeliverFailed(null), None).OrThrowAsync();
        await world.SendAsync();
        (await world.DeliveriesAsync()).ShouldAllBe(delivery => delivery.State == DeliveryState.Delivered);
    }

    [Theory, OnEachEngine]
    public async Task Receiver_ThatIsGone_IsDisabledAtOnce(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await world.CreateAsync("contact.*");
        world.Receiver.Answer = Status(410);
        await world.Tenant.CreateContactAsync();

        await world.SendAsync();

        var row = await world.WebhookAsync();
        (row.Status, row.DisabledBecause).ShouldBe((WebhookStatus.Disabled, WebhookDisabled.Gone));
    }

    [Theory, OnEachEngine]
    public async Task Webhook_ThatIsDisabled_RingsTheOwnersBell_AndNobodyElses(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await world.CreateAsync("contact.*");
        var agent = await world.Tenant.AddUserAsync(Role.Agent);
        var owner = await world.Tenant.AddUserAsync(Role.Owner);
        world.Receiver.Answer = Status(410);
        await world.Tenant.CreateContactAsync();
        await world.Tenant.CreateContactAsync();

        await world.SendAsync();

        await using var db = world.Tenant.OpenDatabase();
        var notices = await db.AccountNotices.AsNoTracking().ToListAsync();
        var told = notices.Where(notice => notice.UserId == owner).ShouldHaveSingleItem();
        (told.WorkspaceId, told.AboutId, told.Text).ShouldBe((world.Tenant.Id, null, world.Receiver.Url));
        notices.ShouldNotContain(notice => notice.UserId == agent);
    }

    [Theory, OnEachEngine]
    public async Task Redirect_IsNotFollowed_AndRetryAfterIsWaitedFor(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await world.CreateAsync("contact.*");
        world.Receiver.Answer = context =>
        {
            context.Response.Headers.Location = "/elsewhere";
            context.Response.Headers.RetryAfter = "90";
            context.Response.StatusCode = 307;
            return Task.CompletedTask;
        };
        await world.Tenant.CreateContactAsync();

        await world.SendAsync();

        world.Receiver.Received.ShouldHaveSingleItem().Path.ShouldBe("/hook");
        (await world.DeliveriesAsync())[0].DueAt.ShouldBe(world.Time.GetUtcNow() + TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Name_ThatLeadsToAPrivateAddressByNow_IsNotConnectedTo()
    {
        await using var world = await WebhookWorld.CreateAsync(DatabaseProvider.Sqlite);
        await world.CreateAsync("contact.*");
        await world.Tenant.Get<IDatabaseWriter>().WriteAsync<int>(
            async db =>
                await db.Webhooks.ExecuteUpdateAsync(set =>
                    set.SetProperty(row => row.Url, $"https://localhost:{world.Receiver.Address.Port}/hook")), None).OrThrowAsync();
        await world.Tenant.CreateContactAsync();

        await world.SendAsync();

        world.Receiver.Received.ShouldBeEmpty();
        DeliveryLog.Read((await world.DeliveriesAsync()).ShouldHaveSingleItem().Log)[0].Answer.ShouldBe(RemotePosts.NotReached);
    }

    [Theory, OnEachEngine]
    public async Task Slow_Receiver_KeepsNoOtherTenantWaiting(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await using var slow = await WebhookReceiver.StartAsync();
        var other = await world.CreateTenantAsync("other");
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Receiver.Answer = async context =>
        {
            if (context.Request.Path == "/slow")
            {
                arrived.SetResult();
                await release.Task;
            }
        };
        await WebhookWorld.CreateAsync(other, new Uri(world.Receiver.Address, "/slow").ToString(), "contact.*");
        await world.CreateAsync("contact.*");
        await other.CreateContactAsync();
        await using var scope = world.Services.CreateAsyncScope();
        var due = (await scope.ServiceProvider.GetRequiredService<DeliveryClaims>().FindAsync(None)).ShouldHaveSingleItem();
        var stuck = scope.ServiceProvider.GetRequiredService<DeliverySender>().RunAsync(due, TimeSpan.FromMinutes(1), None);
        await arrived.Task;

        await world.Tenant.CreateContactAsync();
        (await world.SendAsync()).ShouldBe(1); // the one that is busy has a lease, and is not among those that are found

        stuck.IsCompleted.ShouldBeFalse();
        release.SetResult();
        (await stuck).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Process_ThatDiesBeforeItWritesDownWhatItSent_SendsItAgainWithTheSameId(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await world.CreateAsync("contact.*");
        await world.Tenant.CreateContactAsync();
        await using (var scope = world.Services.CreateAsyncScope())
        {
            // Claimed, and nobody comes back.
            var due = (await scope.ServiceProvider.GetRequiredService<DeliveryClaims>().FindAsync(None)).ShouldHaveSingleItem();
            scope.ServiceProvider.GetRequiredService<WaCr.Web.Tenancy.TenantContext>().Enter(due.Tenant, DeliverySender.Job);
            (await scope.ServiceProvider.GetRequiredService<DeliveryClaims>().ClaimAsync(due, None)).ShouldNotBeNull();
        }

        (await world.SendAsync()).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromSeconds(30));
        (await world.SendAsync()).ShouldBe(1);
    }

    // As if another event had been taken meanwhile: this one alone is not to give the receiver up.
    private static Task<int> ResetCountAsync(WebhookWorld world) => world.Tenant.Get<IDatabaseWriter>().WriteAsync<int>(
        async db =>
            await db.Webhooks.ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.FailingSince, (DateTimeOffset?)null)), None).OrThrowAsync();

    private static RequestDelegate Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };
}
