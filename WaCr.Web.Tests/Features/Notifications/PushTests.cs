using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Notifications;
using WaCr.Web.Features.Notifications.Push;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Features.Notifications;

/// <summary>Pushes: to whose browsers, with what in them, and how often.</summary>
public sealed class PushTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task APush_SaysTheKindAndIds_AndNoWord(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        var me = await world.PersonAsync(Role.Agent, NotificationKind.MessageUnassigned);
        await world.SubscribeAsync(browser, await world.SessionAsync(me));

        var conversation = await world.Messaging.OpenConversationAsync();
        (await world.SendAsync(TimeSpan.Zero)).ShouldBe(0, "Whoever has it open is given a moment to read it.");
        (await world.SendAsync()).ShouldBe(1);

        var push = world.Service.Received.ShouldHaveSingleItem();
        var content = JsonNode.Parse(browser.Decrypt(push.Body))!.AsObject();
        content.Select(member => member.Key).ShouldBe(["kind", "id", "workspace"]);
        ((string)content["kind"]!, (long)content["id"]!, (long)content["workspace"]!)
            .ShouldBe(("MessageUnassigned", conversation, world.Tenant.Id));
        Encoding.Latin1.GetString(push.Body).ShouldNotContain("MessageUnassigned");
        (push.Path, push.Headers["Content-Encoding"], push.Headers["TTL"], push.Headers["Urgency"])
            .ShouldBe(("/push/one", "aes128gcm", "3600", "high"));
        push.Headers["Topic"].Length.ShouldBe(24);
        await ShouldBeSignedAsync(world, push);
        (await world.KeptAsync()).ShouldBe((1, 0));
    }

    [Theory, OnEachEngine]
    public async Task EachKind_ReachesThePersonWhomItConcerns(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        var asha = await world.PersonAsync(Role.Admin, [.. NotificationSettings.Kinds]);
        await world.SubscribeAsync(browser, await world.SessionAsync(asha));
        var ben = await world.PersonAsync(Role.Admin);
        var conversation = await world.Messaging.OpenConversationAsync();
        await world.SendAsync();

        await world.Tenant.Get<ConversationActions>().AssignAsync(conversation, asha, None).OrThrowAsync();
        await world.SendAsync();
        await world.Messaging.TakeInAsync(MetaWebhook.Text("wamid.in.2", "447700900123", "Two", world.Messaging.Now));
        await world.SendAsync();
        await world.Tenant.Get<IDatabaseWriter>().WriteAsync<int>(
            async db =>
            {
                var trouble = new ChannelNotice { ChannelId = world.Messaging.ChannelId, Field = "read", Word = "QUALITY" };
                await NotificationWriter.AddChannelTroubleAsync(db, trouble);
                await NotificationWriter.AddMentionsAsync(db, [asha], conversation, ben, "@Ravi");
                return await db.SaveChangesAsync();
            },
            None);
        await world.SendAsync();
        await world.Tenant.Get<ConversationActions>().AssignAsync(conversation, ben, None).OrThrowAsync();
        await world.Messaging.TakeInAsync(MetaWebhook.Text("wamid.in.3", "447700900123", "Three", world.Messaging.Now));
        await world.SendAsync();

        world.Service.Received.Select(push => (string)JsonNode.Parse(browser.Decrypt(push.Body))!["kind"]!)
            .ShouldBe(["MessageUnassigned", "Assigned", "MessageInMine", "ChannelTrouble", "Mention"], ignoreOrder: true);
    }

    [Theory, OnEachEngine]
    public async Task WhatWasReadMeanwhile_IsNotPushed(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        await world.SubscribeAsync(browser);
        var conversation = await world.Messaging.OpenConversationAsync();

        await world.Tenant.Get<NotificationService>().ReadOfAsync(conversation, None).OrThrowAsync();
        await world.SendAsync();

        world.Service.Received.ShouldBeEmpty();
        (await world.KeptAsync()).ShouldBe((1, 0));
    }

    [Theory]
    [OnEachEngine(true)]
    [OnEachEngine(false)]
    public async Task InQuietHours_NothingIsPushed_AlsoIfTheyBeginMeanwhile(DatabaseProvider engine, bool beginsMeanwhile)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        await world.SubscribeAsync(browser);
        if (!beginsMeanwhile)
        {
            await BeQuietAsync(world);
        }

        await world.Messaging.OpenConversationAsync();
        (await world.KeptAsync()).Messages.ShouldBe(beginsMeanwhile ? 1 : 0);
        await BeQuietAsync(world);
        await world.SendAsync();

        world.Service.Received.ShouldBeEmpty();
        (await world.KeptAsync()).ShouldBe((1, 0));
    }

    [Theory]
    [OnEachEngine(StatusCodes.Status404NotFound)]
    [OnEachEngine(StatusCodes.Status410Gone)]
    public async Task ABrowserThatIsGone_IsForgotten(DatabaseProvider engine, int status)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        await world.SubscribeAsync(browser);
        world.Service.Answer = response => response.StatusCode = status;
        await world.Messaging.OpenConversationAsync();

        await world.SendAsync();

        (await world.KeptAsync()).ShouldBe((0, 0));
    }

    [Theory]
    [OnEachEngine(StatusCodes.Status429TooManyRequests)]
    [OnEachEngine(StatusCodes.Status503ServiceUnavailable)]
    public async Task APushServiceThatIsBusy_IsAskedAgain_AFewTimes(DatabaseProvider engine, int status)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        await world.SubscribeAsync(browser);
        world.Service.Answer = response =>
        {
            response.StatusCode = status;
            response.Headers.RetryAfter = "300";
        };
        await world.Messaging.OpenConversationAsync();

        await world.SendAsync();
        (await world.SendAsync(TimeSpan.FromSeconds(299))).ShouldBe(0, "It asked for five minutes.");
        for (var n = 0; n < 10; n++)
        {
            await world.SendAsync(TimeSpan.FromMinutes(6));
        }

        world.Service.Received.Count.ShouldBe(PushSender.MaxAttempts);
        (await world.KeptAsync()).ShouldBe((1, 0));
    }

    [Theory]
    [OnEachEngine(StatusCodes.Status400BadRequest)]
    [OnEachEngine(StatusCodes.Status403Forbidden)]
    [OnEachEngine(StatusCodes.Status307TemporaryRedirect)]
    public async Task ARefusal_IsNotRepeated_AndARedirectNotFollowed(DatabaseProvider engine, int status)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        await world.SubscribeAsync(browser);
        world.Service.Answer = response =>
        {
            response.StatusCode = status;
            response.Headers.Location = new Uri(world.Service.Address, "/elsewhere").ToString();
        };
        await world.Messaging.OpenConversationAsync();

        await world.SendAsync();
        await world.SendAsync(TimeSpan.FromMinutes(30));

        world.Service.Received.ShouldHaveSingleItem();
        (await world.KeptAsync()).ShouldBe((1, 0));
    }

    /// <summary>Without a limit this would never end: the test's clock stands still.</summary>
    [Fact]
    public async Task AnEndlessAnswer_IsNotRead()
    {
        await using var world = await PushWorld.CreateAsync(DatabaseProvider.Sqlite);
        using var browser = new FakeBrowser(world.Service.Address);
        await world.SubscribeAsync(browser);
        (world.Service.Answer, world.Service.IsEndless) = (response => response.StatusCode = StatusCodes.Status400BadRequest, true);
        await world.Messaging.OpenConversationAsync();

        (await world.SendAsync().WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(1);

        world.Service.Received.ShouldHaveSingleItem();
    }

    [Theory, OnEachEngine]
    public async Task SeveralReplicas_SendEachPushOnce(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        var me = await world.PersonAsync(Role.Agent, NotificationKind.MessageUnassigned);
        var session = await world.SessionAsync(me);
        var browsers = Enumerable.Range(1, 6).Select(n => new FakeBrowser(world.Service.Address, $"b{n}")).ToList();
        foreach (var browser in browsers)
        {
            await world.SubscribeAsync(browser, session);
        }

        await world.Messaging.OpenConversationAsync();
        world.Messaging.Time.Advance(TimeSpan.FromSeconds(3));
        await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => Task.Run(() => world.Messaging.Services.TakeTurnsAsync<PushMessage, PushSender>())));
        await world.SendAsync(TimeSpan.FromMinutes(5));

        world.Service.Received.Select(push => push.Path)
            .ShouldBe(browsers.Select(browser => new Uri(browser.Endpoint).AbsolutePath), ignoreOrder: true);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Theory, OnEachEngine]
    public async Task ManyMessages_AreOnePushUntilItIsSent(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var browser = new FakeBrowser(world.Service.Address);
        await world.SubscribeAsync(browser);
        await world.Messaging.OpenConversationAsync();
        await world.Messaging.TakeInAsync(MetaWebhook.Text("wamid.in.2", "447700900123", "Two", world.Messaging.Now));
        await world.SendAsync();
        await world.Messaging.TakeInAsync(MetaWebhook.Text("wamid.in.3", "447700900123", "Three", world.Messaging.Now));
        await world.SendAsync();

        world.Service.Received.Select(push => push.Headers["Topic"]).Distinct().ShouldHaveSingleItem();
        world.Service.Received.Count.ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task ATest_ReachesAllBrowsersOfThePerson_AlsoInQuietHours(DatabaseProvider engine)
    {
        await using var world = await PushWorld.CreateAsync(engine);
        using var mine = new FakeBrowser(world.Service.Address, "mine");
        using var theirs = new FakeBrowser(world.Service.Address, "theirs");
        await world.SubscribeAsync(theirs, await world.SessionAsync(await world.PersonAsync(Role.Agent)));
        await world.SubscribeAsync(mine, await world.SessionAsync(await world.PersonAsync(Role.Agent)));
        await BeQuietAsync(world);

        (await world.Tenant.Get<PushSubscriptions>().SendTestAsync(None).OrThrowAsync()).ShouldBe(1);
        await world.SendAsync(TimeSpan.Zero);

        var push = world.Service.Received.ShouldHaveSingleItem();
        ((string)JsonNode.Parse(mine.Decrypt(push.Body))!["kind"]!).ShouldBe("Test");
    }

    private static async Task BeQuietAsync(PushWorld world)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(world.Tenant.Get<TenantContext>().TimeZone);
        var now = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(world.Messaging.Now, zone).DateTime);
        var preferences = world.Tenant.Get<NotificationPreferences>();
        var settings = await preferences.GetAsync(None).OrThrowAsync();
        await preferences.SaveAsync(settings with { QuietFrom = now.AddHours(-1), QuietTo = now.AddHours(1) }, None).OrThrowAsync();
    }

    // RFC 8292: a token for this push service, signed with the key that the browser was subscribed for.
    private static async Task ShouldBeSignedAsync(PushWorld world, ReceivedPush push)
    {
        var parts = push.Headers["Authorization"].Replace("vapid ", "", StringComparison.Ordinal).Split(',', StringSplitOptions.TrimEntries)
            .ToDictionary(part => part[..1], part => part[2..]);
        parts["k"].ShouldBe(await world.Tenant.Get<PushSubscriptions>().GetKeyAsync(None).OrThrowAsync());
        var token = parts["t"].Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(token[1]))!;
        ((string)claims["aud"]!).ShouldBe("http://127.0.0.1"); // the library leaves the port out; push services use the usual one
        var point = Base64Url.DecodeFromChars(parts["k"]);
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[1..33], Y = point[33..] },
        });
        var signed = Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}");
        key.VerifyData(signed, Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256).ShouldBeTrue();
    }
}
