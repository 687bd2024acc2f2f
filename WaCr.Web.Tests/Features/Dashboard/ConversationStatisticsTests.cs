using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Dashboard;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Features.Dashboard;

public sealed class ConversationStatisticsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);

    [Theory, OnEachEngine]
    public async Task FirstAnswer_IsTheMedianOfThoseWhoWaited(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var asha = await tenant.SignInAsync(Role.Agent);
        var talks = await TalksAsync(tenant, 4);
        await SayAsync(
            tenant,
            // waited 10 minutes, once
            Heard(talks[0], -60), Heard(talks[0], -58), Said(talks[0], -50, staff: asha), Said(talks[0], -49, staff: asha),
            Heard(talks[1], -40), Said(talks[1], -10), // half an hour, answered by a program
                                                       // two minutes: what failed is no answer
            Heard(talks[2], -30), Said(talks[2], -29, MessageStatus.Failed), Said(talks[2], -28, staff: asha),
            Heard(talks[3], -20), Heard(talks[3], -19));

        var figures = await tenant.Get<ConversationStatistics>().GetAsync(default).OrThrowAsync();

        figures.FirstAnswer.ShouldBe(TimeSpan.FromMinutes(10));
        (figures.Waiting, figures.WaitingSince).ShouldBe((1, Now.AddMinutes(-20)));
        (figures.Conversations, figures.Received).ShouldBe((4, 6));
        figures.Agents.Select(agent => (agent.StaffId, agent.Name, agent.Answered, agent.FirstAnswer)).ShouldBe(
            [(asha, "Ravi Kumar", 2, TimeSpan.FromMinutes(6)), (null, "", 1, TimeSpan.FromMinutes(30))]);
        figures.Days[^1].FirstAnswer.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Theory, OnEachEngine]
    public async Task Reach_CountsWhatWentOut_AndBroadcastsByThemselves(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        var talk = (await TalksAsync(tenant, 1))[0];
        await SayAsync(
            tenant,
            Said(talk, -9, MessageStatus.Sent), Said(
                talk, -8, MessageStatus.Delivered), Said(talk, -7, MessageStatus.Read), Said(talk, -6, MessageStatus.Failed),
            Said(talk, -5, MessageStatus.Pending), Said(talk, -4, MessageStatus.Read, campaign: 7), Heard(talk, -3), Said(
                talk, -2, MessageStatus.Delivered, campaign: 8));

        var figures = await tenant.Get<ConversationStatistics>().GetAsync(default).OrThrowAsync();

        figures.Reach.ShouldBe(new ReachStatistic(3, 2, 1, 1));
        (figures.Broadcasts, figures.BroadcastReach).ShouldBe((2, new ReachStatistic(2, 2, 1, 0)));
        figures.Waiting.ShouldBe(1, "a broadcast answers nobody");
        (figures.Reach.DeliveredShare, figures.Reach.ReadShare).ShouldBe((0.5, 0.25));
    }

    [Theory]
    [InlineData("UTC", "2026-05-20")]
    [InlineData("Pacific/Kiritimati", "2026-05-21")]
    [InlineData("Pacific/Pago_Pago", "2026-05-20")]
    public async Task Days_AreThoseOfTheWorkspace_AndThirty(string zone, string today)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite, _time);
        var tenant = await world.CreateTenantAsync();
        var scope = tenant.Get<TenantContext>();
        scope.Enter(scope.Tenant with { TimeZone = zone }, scope.Actor);
        var talk = (await TalksAsync(tenant, 1))[0];
        await SayAsync(tenant, Heard(talk, -1), Heard(talk, -60 * 24 * 29), Heard(talk, -60 * 24 * 40));

        var figures = await tenant.Get<ConversationStatistics>().GetAsync(default).OrThrowAsync();

        figures.Days.Count.ShouldBe(ConversationStatistics.Days);
        figures.Days[^1].Day.ShouldBe(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture));
        (figures.Days[^1].Received, figures.Received).ShouldBe((1, 2));
    }

    [Fact]
    public async Task WhatWasCounted_IsShownForAMinute()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite, _time);
        var tenant = await world.CreateTenantAsync();
        var talk = (await TalksAsync(tenant, 1))[0];
        await SayAsync(tenant, Heard(talk, -1));
        (await tenant.Get<ConversationStatistics>().GetAsync(default).OrThrowAsync()).Received.ShouldBe(1);
        await SayAsync(tenant, Heard(talk, 0));
        (await tenant.Get<ConversationStatistics>().GetAsync(default).OrThrowAsync()).Received.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(61));
        (await tenant.Get<ConversationStatistics>().GetAsync(default).OrThrowAsync()).Received.ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task AnotherWorkspace_CountsNothingOfIt(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _time);
        var tenant = await world.CreateTenantAsync();
        await SayAsync(tenant, Heard((await TalksAsync(tenant, 1))[0], -1));
        await tenant.Get<ConversationStatistics>().GetAsync(default).OrThrowAsync();

        (await (await world.CreateTenantAsync("other")).Get<ConversationStatistics>().GetAsync(default).OrThrowAsync()).Any.ShouldBeFalse();
    }

    private static Message Heard(Conversation talk, int minutes) => new()
    {
        ConversationId = talk.Id,
        ContactId = talk.ContactId,
        ChannelId = talk.ChannelId,
        Direction = MessageDirection.Inbound,
        Status = MessageStatus.Delivered,
        CreatedAt = Now.AddMinutes(minutes),
    };

    private static Message Said(
        Conversation talk, int minutes, MessageStatus status = MessageStatus.Sent, long? staff = null, long? campaign = null) => new()
        {
            ConversationId = talk.Id,
            ContactId = talk.ContactId,
            ChannelId = talk.ChannelId,
            Direction = MessageDirection.Outbound,
            State = OutboxState.Sent,
            Status = status,
            StaffId = staff,
            CampaignId = campaign,
            CreatedAt = Now.AddMinutes(minutes),
        };

    private static async Task SayAsync(TestTenant tenant, params Message[] messages) => await tenant.Get<IDatabaseWriter>().WriteAsync<int>(
        async db =>
        {
            db.Messages.AddRange(messages);
            return await db.SaveChangesAsync();
        },
        default).OrThrowAsync();

    private static async Task<List<Conversation>> TalksAsync(TestTenant tenant, int count)
    {
        var scope = tenant.Get<TenantContext>();
        var actor = scope.Actor;
        scope.Enter(scope.Tenant, new CurrentActor(ActorKind.System, null, "", ChangeOrigin.System, RolePermissions.Of(Role.Owner)));
        var talks = new List<Conversation>();
        for (var index = 0; index < count; index++)
        {
            var contact = await tenant.CreateContactAsync();
            talks.Add(await tenant.Get<IDatabaseWriter>().WriteAsync<Conversation>(
                async db =>
                {
                    var channel = db.Channels.FirstOrDefault()
                        ?? db.Channels.Add(new Channel { Name = "Shop", PhoneNumberId = "100200300" }).Entity;
                    await db.SaveChangesAsync();
                    var conversation = new Conversation { ChannelId = channel.Id, ContactId = contact.Id, LastMessageAt = Now };
                    db.Conversations.Add(conversation);
                    await db.SaveChangesAsync();
                    return conversation;
                },
                default).OrThrowAsync());
        }

        scope.Enter(scope.Tenant, actor);
        return talks;
    }
}
