using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>What a send counts towards the plan, and what is given back.</summary>
public sealed class MessageUsageTests
{
    private readonly ScriptedGraph _graph = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 31, 23, 0, 0, TimeSpan.Zero));

    [Theory, OnEachEngine]
    public async Task OneWindow_CountsOnce_AndTheNextOneInItsMonth(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        var contact = await tenant.CreateWriterAsync(_time);
        _graph.AcceptsEverySend();

        await tenant.SendTextAsync(contact.Phone).OrThrowAsync();
        _time.Advance(TimeSpan.FromHours(23.9));
        await tenant.SendTextAsync(contact.Phone).OrThrowAsync();
        (await tenant.UsedConversationsAsync()).ShouldBe(1);

        _time.Advance(TimeSpan.FromMinutes(6));
        await tenant.HearFromAsync(contact.Id, _time.GetUtcNow());
        await tenant.SendTextAsync(contact.Phone).OrThrowAsync();

        await using var db = tenant.OpenDatabase();
        (await db.UsageCounters.Where(counter => counter.Metric == Metric.Conversations).OrderBy(counter => counter.Period).ToListAsync())
            .Select(counter => (counter.Period, counter.Value)).ShouldBe([("2026-03", 1), ("2026-04", 1)]);
    }

    [Theory, OnEachEngine]
    public async Task ARefusal_IsTold_AndWhatItCountedGivenBack(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        var contact = await tenant.CreateWriterAsync(_time);
        _graph.Refuses(131026, "Not on WhatsApp");

        var failed = (await tenant.SendTextAsync(contact.Phone)).Error.ShouldBeOfType<MessageSendFailedError>();

        (failed.Code, failed.Title, failed.Details, failed.IsUncertain).ShouldBe((131026, "(#131026) No", "Not on WhatsApp", false));
        var row = await tenant.MessageAsync(failed.MessageId!.Value);
        (row.State, row.Status, row.ErrorCode, row.Error).ShouldBe((OutboxState.Dead, MessageStatus.Failed, 131026, "Not on WhatsApp"));
        (await tenant.UsedConversationsAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task AFailure_GivesNothingBack_WhileAnotherMessageOfTheWindowStands(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        var contact = await tenant.CreateWriterAsync(_time);
        _graph.AnswersAfter(() => Task.CompletedTask).Refuses(131026);

        var first = await tenant.SendTextAsync(contact.Phone).OrThrowAsync();
        await tenant.SendTextAsync(contact.Phone);
        (await tenant.UsedConversationsAsync()).ShouldBe(1);

        // Later the first one fails, too, and is reported twice.
        for (var times = 0; times < 2; times++)
        {
            await tenant.GetFresh<IDatabaseWriter>().WriteAsync<Done>(
                async db =>
                {
                    await tenant.Get<ConversationUsage>().GiveBackAsync(db, first.Id);
                    return default(Done);
                },
                default);
        }

        (await tenant.UsedConversationsAsync()).ShouldBe(0);
        _graph.AcceptsEverySend();
        await tenant.SendTextAsync(contact.Phone).OrThrowAsync();
        (await tenant.UsedConversationsAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task NoClearAnswer_IsUncertain_AndStaysCounted(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        var contact = await tenant.CreateWriterAsync(_time);
        _graph.Answers(HttpStatusCode.OK, "{\"mess");

        var failed = (await tenant.SendTextAsync(contact.Phone)).Error.ShouldBeOfType<MessageSendFailedError>();

        failed.IsUncertain.ShouldBeTrue();
        var row = await tenant.MessageAsync(failed.MessageId!.Value);
        (row.State, row.Status).ShouldBe((OutboxState.Uncertain, MessageStatus.Pending));
        (await tenant.UsedConversationsAsync()).ShouldBe(1);
        _graph.Calls.Count.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task ThePlansConversations_HoldHoweverManySendAtOnce(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync(plan: "free");
        await tenant.FillConversationsAsync(_time, 95);
        var contacts = new List<ContactDetails>();
        for (var index = 0; index < 10; index++)
        {
            contacts.Add(await tenant.CreateWriterAsync(_time));
        }

        _graph.AcceptsEverySend();

        // Each twice: a window counts once even when two open it.
        var results = await Task.WhenAll(contacts.Concat(contacts).Select(contact => tenant.SendTextAsync(contact.Phone)));

        (await tenant.UsedConversationsAsync()).ShouldBe(100);
        results.Count(result => result.Succeeded).ShouldBe(10);
        results.Where(result => !result.Succeeded).ShouldAllBe(result => result.Error is LimitExceededError);
        await using var db = tenant.OpenDatabase();
        (await db.UsageWindows.ToListAsync()).Select(window => window.Messages).ShouldBe([2, 2, 2, 2, 2]);
    }
}
