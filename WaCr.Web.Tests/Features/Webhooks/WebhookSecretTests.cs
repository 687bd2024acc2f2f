using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Tests.Features.Webhooks;

/// <summary>What a webhook signs with, and for how long after a new secret.</summary>
public sealed class WebhookSecretTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public void Signature_OfTheSpecificationsExample_IsTheSpecifications()
    {
        var request = WebhookRequest.Sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek", "{\"test\": 2432232314}", ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
            DateTimeOffset.FromUnixTimeSeconds(1614265330));

        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.Ordinal);
        headers["webhook-signature"].ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        headers["webhook-timestamp"].ShouldBe("1614265330");
        headers["User-Agent"].ShouldBe("WaCr-Webhooks/1");
    }

    [Theory, OnEachEngine]
    public async Task Secret_ThatWasRotated_SignsBesideTheNewOneForADay(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var made = await world.CreateAsync("contact.*");
        var rotated = await world.Tenant.GetFresh<WebhookService>().RotateSecretAsync(made.Webhook.Id, None).OrThrowAsync();
        await world.Tenant.CreateContactAsync();
        await world.SendAsync();
        world.Time.Advance(TimeSpan.FromHours(25));
        await world.Tenant.CreateContactAsync();
        await world.SendAsync();

        var (first, second) = (world.Receiver.Received.First(), world.Receiver.Received.Last());
        first.ShouldBeSigned(made.Secret!);
        first.ShouldBeSigned(rotated.Secret!);
        second.ShouldBeSigned(rotated.Secret!);
        second.Headers["webhook-signature"].Split(' ').ShouldHaveSingleItem();
        await using var db = world.Tenant.OpenDatabase();
        (await DatabaseText.FindAsync(db, made.Secret!, rotated.Secret!)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Secrets_RotatedOneAfterTheOther_EachSignForTheirOwnDay(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var made = await world.CreateAsync("contact.*");
        var secrets = new List<string> { made.Secret! };
        for (var i = 0; i < 2; i++)
        {
            world.Time.Advance(TimeSpan.FromHours(1));
            secrets.Add((await world.Tenant.GetFresh<WebhookService>().RotateSecretAsync(made.Webhook.Id, None).OrThrowAsync()).Secret!);
        }

        await world.Tenant.CreateContactAsync();
        await world.SendAsync();
        world.Time.Advance(TimeSpan.FromHours(23.5)); // the first has ended, the second has half an hour left
        await world.Tenant.CreateContactAsync();
        await world.SendAsync();

        var (first, second) = (world.Receiver.Received.First(), world.Receiver.Received.Last());
        secrets.ForEach(secret => first.ShouldBeSigned(secret));
        second.ShouldBeSigned(secrets[1]);
        second.ShouldBeSigned(secrets[2]);
        second.Headers["webhook-signature"].Split(' ').Length.ShouldBe(2);
        await using var db = world.Tenant.OpenDatabase();
        (await DatabaseText.FindAsync(db, [.. secrets])).ShouldBeEmpty();
    }

    [Fact]
    public async Task Secret_RotatedAgainAndAgain_KeepsTheHeaderShort()
    {
        await using var world = await WebhookWorld.CreateAsync(DatabaseProvider.Sqlite);
        var made = await world.CreateAsync("contact.*");
        for (var i = 0; i < 15; i++)
        {
            made = await world.Tenant.GetFresh<WebhookService>().RotateSecretAsync(made.Webhook.Id, None).OrThrowAsync();
        }

        await world.Tenant.CreateContactAsync();
        await world.SendAsync();

        var request = world.Receiver.Received.ShouldHaveSingleItem();
        request.ShouldBeSigned(made.Secret!);
        request.Headers["webhook-signature"].Split(' ').Length.ShouldBe(1 + Webhook.MaxOldSecrets);
    }

    [Theory, OnEachEngine]
    public async Task Secrets_RotatedAllAtOnce_AllSign(DatabaseProvider engine)
    {
        await using var world = await WebhookWorld.CreateAsync(engine);
        var made = await world.CreateAsync("contact.*");

        var rotated = await Task.WhenAll(Enumerable.Range(0, Webhook.MaxOldSecrets).Select(_ => Task.Run(
            () => world.Tenant.GetFresh<WebhookService>().RotateSecretAsync(made.Webhook.Id, None).OrThrowAsync())));
        await world.Tenant.CreateContactAsync();
        await world.SendAsync();

        var request = world.Receiver.Received.ShouldHaveSingleItem();
        Array.ForEach(rotated, one => request.ShouldBeSigned(one.Secret!));
        request.ShouldBeSigned(made.Secret!);
    }
}
