using WaCr.Web.Features.Campaigns;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Campaigns;

/// <summary>A campaign under way: held back, let go, taken back, and taken over from a process that died.</summary>
public sealed class CampaignRunTests
{
    [Theory, OnEachEngine]
    public async Task StartThatIsTakenBackInTime_SendsNothing_AndCountsNothing_AndOneThatIsNot_Goes(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(2);
        var id = (await world.DraftAsync()).Item.Id;
        await world.Service.StartAsync(id, CampaignService.Grace, default).OrThrowAsync();
        (await world.WorkAsync()).ShouldBe(0);
        (await world.Service.ReturnToDraftAsync(id, default).OrThrowAsync()).Item.State.ShouldBe(CampaignState.Draft);
        (await world.UsedAsync()).ShouldBe(0);
        world.Messaging.Time.Advance(CampaignService.Grace);
        (await world.WorkAsync()).ShouldBe(0);

        await world.Service.StartAsync(id, CampaignService.Grace, default).OrThrowAsync();
        world.Messaging.Time.Advance(CampaignService.Grace);
        (await world.RunAsync(id)).Item.Funnel.Sent.ShouldBe(2);
        (await world.Service.ReturnToDraftAsync(id, default)).Error.ShouldBeOfType<CampaignMovedOnError>();
        (await world.UsedAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Pause_HoldsTheRestBack_AndResumeSendsItOnce(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(30);
        var id = await world.StartAsync(perMinute: 600);
        await world.TickAsync(); // queued, and the first second's worth is gone
        var gone = world.Messaging.WhatsApp.Sent.Count;
        await world.WorkAsync(); // more is let go, and has not left

        (await world.Service.PauseAsync(id, default).OrThrowAsync()).Item.State.ShouldBe(CampaignState.Paused);
        for (var n = 0; n < 5; n++)
        {
            await world.TickAsync();
        }

        gone.ShouldBeInRange(1, 29);
        world.Messaging.WhatsApp.Sent.Count.ShouldBe(gone);
        var paused = await world.GetAsync(id);
        (paused.Item.PausedBecause, paused.Item.Funnel.Held, paused.Item.Funnel.OnTheWay).ShouldBe((CampaignPause.ByPerson, 30 - gone, 0));
        (await world.Service.PauseAsync(id, default)).Error.ShouldBeOfType<CampaignMovedOnError>();

        await world.Service.ResumeAsync(id, default).OrThrowAsync();
        var ended = await world.RunAsync(id);
        (ended.Item.State, ended.Item.Funnel.Sent).ShouldBe((CampaignState.Finished, 30));
        world.Messaging.WhatsApp.Sent.Select(sent => sent.To.Phone).Distinct().Count().ShouldBe(30);
        world.Messaging.WhatsApp.Sent.Count.ShouldBe(30);
    }

    [Theory, OnEachEngine]
    public async Task Sending_LeavesTheListOfConversationsAsItIs_AndAnswersNobody(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddHiddenAsync("447700900777");
        await using var db = world.Tenant.OpenDatabase();
        var talk = await db.Conversations.FirstAsync();
        var since = talk.LastMessageAt;
        await db.Conversations.Where(c => c.Id == talk.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.WaitingSince, since));
        world.Messaging.Time.Advance(TimeSpan.FromHours(1));

        var ended = await world.RunAsync(await world.StartAsync());

        ended.Item.Funnel.Sent.ShouldBe(1);
        var after = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == talk.Id);
        (after.LastMessageAt, after.WaitingSince).ShouldBe((since, since));
    }

    [Theory, OnEachEngine]
    public async Task FailedAttemptOfAPausedCampaign_WaitsWithTheRest(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(1);
        world.Messaging.WhatsApp.Answer(new WhatsAppUnavailable());
        var id = await world.StartAsync();
        await world.TickAsync();
        (await world.MessagesAsync(id))[0].State.ShouldBe(OutboxState.Waiting);
        await using (var db = world.Tenant.OpenDatabase())
        {
            // As it is where the attempt was under way when somebody paused.
            await db.Campaigns.ExecuteUpdateAsync(set =>
                set.SetProperty(c => c.State, CampaignState.Paused).SetProperty(c => c.DueAt, (DateTimeOffset?)null));
        }

        world.Messaging.Time.Advance(TimeSpan.FromHours(1));
        await world.TickAsync();

        world.Messaging.WhatsApp.Sent.Count.ShouldBe(1);
        (await world.MessagesAsync(id))[0].State.ShouldBe(OutboxState.Held);
    }

    [Theory, OnEachEngine]
    public async Task Pace_IsKept(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(30);
        await world.StartAsync(perMinute: 60);

        for (var second = 0; second < 10; second++)
        {
            await world.TickAsync();
        }

        // One a second, one ahead, and what the ticks of the outbox took.
        world.Messaging.WhatsApp.Sent.Count.ShouldBeInRange(10, 14);
    }

    [Theory, OnEachEngine]
    public async Task Cancel_TakesBackWhatHasNotLeft_ForGood(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(20);
        var id = await world.StartAsync(perMinute: 300);
        await world.TickAsync();
        await world.WorkAsync();
        var gone = world.Messaging.WhatsApp.Sent.Count;

        var cancelled = await world.Service.CancelAsync(id, default).OrThrowAsync();
        await world.TickAsync();

        (cancelled.Item.State, cancelled.Item.Funnel.Sent, cancelled.Item.Funnel.Cancelled)
            .ShouldBe((CampaignState.Cancelled, gone, 20 - gone));
        world.Messaging.WhatsApp.Sent.Count.ShouldBe(gone);
        (await world.Service.ResumeAsync(id, default)).Error.ShouldBeOfType<CampaignMovedOnError>();
        (await world.UsedAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task ScheduledCampaign_GoesAtItsTime_AndOneThatIsCancelledBeforeDoesNotCount(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(2);
        var at = world.Messaging.Now.AddHours(3);
        var first = (await world.Service.StartAsync((await world.DraftAsync(at: at)).Item.Id, default).OrThrowAsync()).Item;
        var second = (await world.Service.StartAsync((await world.DraftAsync(at: at)).Item.Id, default).OrThrowAsync()).Item;
        (first.State, await world.UsedAsync()).ShouldBe((CampaignState.Scheduled, 2));
        await world.Service.CancelAsync(second.Id, default).OrThrowAsync();
        (await world.UsedAsync()).ShouldBe(1);
        await world.AddContactsAsync(1); // whoever is there when it starts gets it

        world.Messaging.Time.Advance(TimeSpan.FromHours(2));
        await world.TickAsync();
        world.Messaging.WhatsApp.Sent.ShouldBeEmpty();
        world.Messaging.Time.Advance(TimeSpan.FromHours(1));
        (await world.RunAsync(first.Id)).Item.Funnel.Sent.ShouldBe(3);

        (await world.Service.StartAsync((await world.DraftAsync(at: at)).Item.Id, default))
            .ShouldBeInvalid()[CampaignFieldNames.ScheduledAt]
            .ShouldBe([CampaignErrors.InThePast]);
    }

    [Theory, OnEachEngine]
    public async Task StartedTwiceAtOnce_StartsOnce(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(5);
        var draft = (await world.DraftAsync()).Item.Id;

        var starts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.Service.StartAsync(draft, default))));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => world.WorkAsync())));
        await world.RunAsync(draft);

        starts.Count(start => start.Succeeded).ShouldBe(1);
        starts.Where(start => !start.Succeeded).ShouldAllBe(start => start.Error is CampaignMovedOnError);
        world.Messaging.WhatsApp.Sent.Count.ShouldBe(5);
        (await world.UsedAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task ProcessThatIsTakenForDead_IsTakenOver_AndDoesNothingWhenItComesBack(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        var contacts = await world.AddContactsAsync(1_100);
        var id = await world.StartAsync();
        await using var hung = world.Messaging.Services.CreateAsyncScope();
        var claim = (await world.Messaging.Services.ClaimAsync<Campaign, CampaignRunner>()).ShouldNotBeNull();
        (await world.WorkAsync()).ShouldBe(0); // it is somebody's

        world.Messaging.Time.Advance(CampaignRunner.Lease + TimeSpan.FromSeconds(1));
        await world.WorkAsync();
        await hung.ServiceProvider.GetRequiredService<CampaignRunner>().RunAsync(claim, TimeSpan.FromMinutes(1), default);

        var queued = await world.GetAsync(id);
        (queued.Item.State, queued.Item.Total, queued.Item.Queued).ShouldBe((CampaignState.Running, 1_100, 1_100));
        (await world.MessagesAsync(id)).Select(m => m.ContactId).ShouldBe(contacts);
        await using var db = world.Tenant.OpenDatabase();
        (await db.CampaignChunks.CountAsync()).ShouldBe(0);
    }
}
