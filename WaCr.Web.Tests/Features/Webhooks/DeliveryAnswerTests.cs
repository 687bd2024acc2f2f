using Microsoft.AspNetCore.Http;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Tests.Features.Webhooks;

/// <summary>What is kept of an answer, and from where failures are counted. Over real sockets.</summary>
public sealed class DeliveryAnswerTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Text_OfAnAnswer_IsKeptAsItIs_AndCutAtAKilobyte()
    {
        await using var world = await WebhookWorld.CreateAsync(DatabaseProvider.Sqlite);
        var webhook = (await world.CreateAsync("contact.*")).Webhook;
        world.Receiver.Answer = context => context.Response.WriteAsync("Merci 😀 ü\0");
        await world.Tenant.CreateContactAsync();
        await world.SendAsync();
        world.Receiver.Answer = context => context.Response.WriteAsync(new string('y', 5_000));

        var tested = await world.Tenant.GetFresh<WebhookService>().TestAsync(webhook.Id, None).OrThrowAsync();

        DeliveryLog.Read((await world.DeliveriesAsync()).ShouldHaveSingleItem().Log)[0].Answer.ShouldBe("Merci 😀 ü\uFFFD");
        tested.Answer.ShouldBe(new string('y', RemotePosts.MaxAnswer));
    }

    [Theory, OnEachEngine]
    public async Task AnotherAddress_IsNotBlamedForTheOldOnesFailures(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var webhook = (await world.CreateAsync("contact.*")).Webhook;
        world.Receiver.Answer = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await world.Tenant.CreateContactAsync();
        await world.SendAsync();
        world.Time.Advance(TimeSpan.FromDays(4.9));

        await world.Tenant.GetFresh<WebhookService>()
            .UpdateAsync(webhook.Id, new WebhookPatch { Url = world.Receiver.Url + "?new" }, None).OrThrowAsync();

        (await world.WebhookAsync()).FailingSince.ShouldBeNull();
        world.Time.Advance(TimeSpan.FromDays(0.2));
        await world.SendAsync();
        (await world.WebhookAsync()).Status.ShouldBe(WebhookStatus.Active);
        await world.Tenant.GetFresh<WebhookService>()
            .UpdateAsync(webhook.Id, new WebhookPatch { Url = world.Receiver.Url + "?new", Description = "Shop" }, None).OrThrowAsync();
        (await world.WebhookAsync()).FailingSince.ShouldNotBeNull();
    }

    [Theory, OnEachEngine]
    public async Task AnAnswerThatIsOnItsWay_IsNotTheNewAddresss(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var webhook = (await world.CreateAsync("contact.*")).Webhook;
        world.Receiver.Answer = async context =>
        {
            await world.Tenant.GetFresh<WebhookService>()
                .UpdateAsync(webhook.Id, new WebhookPatch { Url = world.Receiver.Url + "?new" }, None).OrThrowAsync();
            context.Response.StatusCode = StatusCodes.Status410Gone;
        };
        await world.Tenant.CreateContactAsync();

        await world.SendAsync();

        var kept = await world.WebhookAsync();
        (kept.Status, kept.FailingSince).ShouldBe((WebhookStatus.Active, null));
        (await world.DeliveriesAsync()).ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Waiting);
    }
}
