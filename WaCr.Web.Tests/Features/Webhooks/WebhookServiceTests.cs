using WaCr.Web.Downloads;
using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Tests.Features.Webhooks;

/// <summary>What may be set of a webhook, and how long things are kept.</summary>
public sealed class WebhookServiceTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("https://10.0.0.1/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("http://example.com/hook")]
    [InlineData("https://user:password@example.com/hook")]
    [InlineData("ftp://example.com/hook")]
    public async Task Address_ThatIsNotPublicHttps_IsRefused(string url)
    {
        await using var world = await WebhookWorld.CreateAsync(DatabaseProvider.Sqlite);

        (await world.Tenant.GetFresh<WebhookService>().CreateAsync(new WebhookPatch { Url = url, Events = ["*"] }, None))
            .ShouldBeInvalid()["url"]
            .ShouldBe([RemotePosts.NotPublic]);
    }

    [Theory, OnEachEngine]
    public async Task ThirtyCreates_AtOnce_StopAtTheLimit(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var patch = new WebhookPatch { Url = world.Receiver.Url, Events = ["contact.*"] };

        var created = await Task.WhenAll(Enumerable.Range(0, 30)
            .Select(_ => Task.Run(() => world.Tenant.GetFresh<WebhookService>().CreateAsync(patch, None))));

        created.Count(one => one.Succeeded).ShouldBe(Webhook.MaxPerTenant);
        created.Where(one => !one.Succeeded).ShouldAllBe(one => one.Error is LimitExceededError);
        (await world.Tenant.GetFresh<WebhookService>().ListAsync(None).OrThrowAsync()).Count.ShouldBe(Webhook.MaxPerTenant);
    }

    [Theory, OnEachEngine]
    public async Task ThirtyChanges_OfOneWebhook_AtOnce_AllEnd(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var id = (await world.CreateAsync("contact.*")).Webhook.Id;

        var changed = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Task.Run(() =>
            world.Tenant.GetFresh<WebhookService>()
                .UpdateAsync(id, new WebhookPatch { Description = $"Number {number}", IsActive = number % 2 == 0 }, None))));

        changed.ShouldAllBe(one => one.Succeeded);
    }

    [Theory, OnEachEngine]
    public async Task OldEvents_AreSweptWithTheirDeliveries(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        await world.CreateAsync("contact.*");
        await world.Tenant.CreateContactAsync();
        world.Time.Advance(OutgoingEvent.KeptFor);
        await world.Tenant.CreateContactAsync();

        await using (var scope = world.Services.CreateAsyncScope())
        {
            (await scope.ServiceProvider.GetRequiredService<DeliverySweeper>().SweepAsync(None)).ShouldBe(1);
        }

        (await world.EventsAsync()).Count.ShouldBe(1);
        (await world.DeliveriesAsync()).Count.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Webhooks_AreAtMostTwenty_AndGoWithTheirDeliveries(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var webhook = (await world.CreateAsync("contact.*")).Webhook;
        for (var count = 1; count < Webhook.MaxPerTenant; count++)
        {
            await world.CreateAsync("group.*");
        }

        (await world.Tenant.GetFresh<WebhookService>().CreateAsync(new WebhookPatch { Url = world.Receiver.Url, Events = ["*"] }, None))
            .Error.ShouldBeOfType<LimitExceededError>().Maximum.ShouldBe(20);
        await world.Tenant.CreateContactAsync();
        await world.Tenant.GetFresh<WebhookService>().DeleteAsync(webhook.Id, None).OrThrowAsync();
        (await world.DeliveriesAsync()).ShouldBeEmpty();
    }
}
