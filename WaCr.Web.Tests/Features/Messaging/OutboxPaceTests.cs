using WaCr.Web.Features.Messaging;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>How fast the outbox sends: the throughput of a number, and the rate to one person.</summary>
public sealed class OutboxPaceTests
{
    [Theory, OnEachEngine]
    public async Task OnePersonsMessages_LeaveInOrder_AndWithinThePairRate(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        await world.SetThroughputAsync(1_000_000);
        var conversation = await world.OpenConversationAsync();
        for (var n = 0; n < 50; n++)
        {
            await world.EnqueueAsync(conversation, $"{n}");
        }

        while (await world.DispatchAsync() > 0)
        {
            // as many as may leave at once
        }

        world.WhatsApp.Sent.Select(sent => ((TextContent)sent.Content).Body).ShouldBe(Enumerable.Range(0, 45).Select(n => $"{n}"));
        world.Time.Advance(TimeSpan.FromSeconds(6));
        (await world.DispatchAsync()).ShouldBe(1);
        (await world.DispatchAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task Throughput_OfTheNumber_IsKept(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        await world.SetThroughputAsync(16);
        for (var n = 0; n < 8; n++)
        {
            await world.EnqueueAsync(await world.OpenConversationAsync($"44770090{n:D4}"));
        }

        (await world.DispatchAsync()).ShouldBe(3);
        (await world.DispatchAsync()).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromSeconds(1) / 16);
        (await world.DispatchAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task WhatIsSentWhileACallerWaits_UsesUpTheSameThroughput(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        await world.SetThroughputAsync(16);
        for (var n = 0; n < 8; n++)
        {
            await world.EnqueueAsync(await world.OpenConversationAsync($"44770090{n:D4}"));
        }

        for (var n = 0; n < 10; n++)
        {
            await world.Tenant.GetFresh<MessageSender>()
                .SendAsync(new SendText { Phone = "+447700900000", Message = "Now" }, CancellationToken.None).OrThrowAsync();
        }

        // Ten of sixteen a second are gone; two may leave ahead of their time.
        (await world.DispatchAsync()).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromSeconds(7) / 16);
        (await world.DispatchAsync()).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromSeconds(1) / 16);
        (await world.DispatchAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task PairRateLimitOfWhatsApp_HoldsBackThatPersonAlone(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var (slow, other) = (await world.OpenConversationAsync(), await world.OpenConversationAsync("447700900555"));
        world.WhatsApp.Answer(new WhatsAppRefused(131056, "Pair rate", null, null, null));
        var held = await world.EnqueueAsync(slow);
        await world.DispatchAsync();
        world.WhatsApp.AcceptAll();
        var next = await world.EnqueueAsync(slow);
        var free = await world.EnqueueAsync(other);

        await world.DispatchAsync();
        await world.DispatchAsync();

        (await world.MessageAsync(free)).State.ShouldBe(OutboxState.Sent);
        (await world.MessageAsync(held)).State.ShouldBe(OutboxState.Waiting);
        (await world.MessageAsync(next)).State.ShouldBe(OutboxState.Waiting);
        world.Time.Advance(TimeSpan.FromSeconds(4));
        await world.DispatchAsync();
        (await world.MessageAsync(held)).State.ShouldBe(OutboxState.Sent);
    }

    [Theory, OnEachEngine]
    public async Task ThroughputLimitOfWhatsApp_HoldsBackTheNumber_AsLongAsItAsks(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.Answer(new WhatsAppRefused(130429, "Rate limit", null, null, TimeSpan.FromSeconds(30)));
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());
        await world.DispatchAsync();
        world.WhatsApp.AcceptAll();
        var other = await world.EnqueueAsync(await world.OpenConversationAsync("447700900555"));

        world.Time.Advance(TimeSpan.FromSeconds(29));
        (await world.DispatchAsync()).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        while (await world.DispatchAsync() > 0)
        {
            // both leave
        }

        (await world.MessageAsync(id)).State.ShouldBe(OutboxState.Sent);
        (await world.MessageAsync(other)).State.ShouldBe(OutboxState.Sent);
    }
}
