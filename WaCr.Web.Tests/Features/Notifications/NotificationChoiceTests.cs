using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Comments;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Notifications;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Features.Notifications;

/// <summary>Which kind comes to whom, and how: as each person chose it.</summary>
public sealed class NotificationChoiceTests
{
    private const string Customer = "447700900123";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task AMessage_ComesToWhomItIsAssignedTo_AndUnassignedToAllWhoWantIt(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var asha = await PersonAsync(world, NotificationKind.MessageInMine, NotificationWays.Bell);
        var ben = await PersonAsync(world, NotificationKind.MessageUnassigned, NotificationWays.Sound);
        var cleo = await PersonAsync(world, NotificationKind.Mention, NotificationWays.Bell);

        var conversation = await world.OpenConversationAsync();
        (await BellAsync(world, asha)).ShouldBeEmpty("It is assigned to nobody.");
        (await BellAsync(world, ben)).ShouldBeEmpty("Ben wants to hear it only.");
        (await AlertsAsync(world, ben)).ShouldBe([(NotificationKind.MessageUnassigned, (long?)conversation)]);

        await AssignAsync(world, conversation, asha);
        await WriteAsync(world, 2);
        var told = (await BellAsync(world, asha)).Single(item => item.Kind == NotificationKind.MessageInMine);
        (told.ConversationId, told.About, told.Text).ShouldBe((conversation, "Ann Smith", ""));
        (await AlertsAsync(world, ben)).ShouldBeEmpty("It is no longer unassigned.");
        (await BellAsync(world, cleo)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task ManyMessages_AreOneNotification_UntilItIsRead(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var asha = await PersonAsync(world, NotificationKind.MessageUnassigned, NotificationWays.Bell);
        var conversation = await world.OpenConversationAsync();
        await WriteAsync(world, 3);
        (await BellAsync(world, asha)).ShouldHaveSingleItem().IsRead.ShouldBeFalse();

        await world.Tenant.Get<NotificationService>().ReadOfAsync(conversation, None).OrThrowAsync();
        await WriteAsync(world, 4);

        (await BellAsync(world, asha)).Select(item => item.IsRead).ShouldBe([false, true]);
    }

    [Theory, OnEachEngine]
    public async Task ManyMessagesAtOnce_AreOneNotificationOfEachPerson(DatabaseProvider engine)
    {
        const int Messages = 30;
        await using var world = await MessagingWorld.CreateAsync(engine);
        var people = new[]
        {
            await PersonAsync(world, NotificationKind.MessageUnassigned, NotificationWays.Bell),
            await PersonAsync(world, NotificationKind.MessageUnassigned, NotificationWays.Bell),
        };
        await world.OpenConversationAsync();
        await world.ReceiveAsync(Enumerable.Range(2, Messages).Select(n => MetaWebhook.Text($"wamid.in.{n}", Customer, "More", world.Now)));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(world.ProcessAsync)));

        await using var db = world.Tenant.OpenDatabase();
        (await db.Messages.CountAsync(m => m.Direction == MessageDirection.Inbound)).ShouldBe(Messages + 1);
        (await db.Notifications.Where(n => n.ReadAt == null).Select(n => n.UserId).ToListAsync()).ShouldBe(people, ignoreOrder: true);
    }

    [Theory, OnEachEngine]
    public async Task Assigning_TellsTheOther_AndNobodyOfTheirOwnAct(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        var asha = await PersonAsync(world);
        var ben = await PersonAsync(world); // acts from here on

        await AssignAsync(world, conversation, ben);
        (await BellAsync(world, ben)).ShouldBeEmpty();
        await AssignAsync(world, conversation, asha);

        var told = (await BellAsync(world, asha)).ShouldHaveSingleItem();
        (told.Kind, told.ConversationId, told.From, told.About).ShouldBe((NotificationKind.Assigned, conversation, "Ravi Kumar", "Ann Smith"));
    }

    [Theory, OnEachEngine]
    public async Task AMention_IsNotInTheBell_OfWhoDoesNotWantItThere(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        var asha = await PersonAsync(world, NotificationKind.Mention, NotificationWays.None);
        await PersonAsync(world);

        await world.Tenant.Get<CommentService>().AddAsync(conversation, "@Ravi Kumar look", None).OrThrowAsync();

        (await BellAsync(world, asha)).ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task InQuietHours_TheBellCounts_AndNothingSounds(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var asha = await PersonAsync(world, NotificationKind.MessageUnassigned, NotificationWays.Bell | NotificationWays.Sound);
        var now = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(world.Now, TimeZoneInfo.FindSystemTimeZoneById(world.Tenant.Get<TenantContext>().TimeZone)).DateTime);
        var preferences = world.Tenant.Get<NotificationPreferences>();
        var settings = await preferences.GetAsync(None).OrThrowAsync();
        await preferences.SaveAsync(settings with { QuietFrom = now.AddHours(-1), QuietTo = now.AddHours(1) }, None).OrThrowAsync();

        await world.OpenConversationAsync();

        (await BellAsync(world, asha)).ShouldHaveSingleItem();
        (await AlertsAsync(world, asha)).ShouldBeEmpty();
        world.Time.Advance(TimeSpan.FromHours(1));
        (await AlertsAsync(world, asha)).Count.ShouldBe(1, "It is still unread.");
    }

    [Theory, OnEachEngine]
    public async Task APausedBroadcast_TellsWhoStartedIt_UnlessTheyPausedItThemselves(DatabaseProvider engine)
    {
        await using var world = await Campaigns.CampaignWorld.CreateAsync(engine);
        await world.AddContactsAsync(3);
        var asha = await PersonAsync(world.Messaging, role: Role.Admin);
        var id = (await world.DraftAsync()).Item.Id;
        await world.Service.StartAsync(id, None).OrThrowAsync();
        await world.Service.PauseAsync(id, None).OrThrowAsync();
        (await BellAsync(world.Messaging, asha)).ShouldBeEmpty();

        await world.Service.ResumeAsync(id, None).OrThrowAsync();
        var ben = await PersonAsync(world.Messaging, role: Role.Admin);
        await world.Service.PauseAsync(id, None).OrThrowAsync();

        (await BellAsync(world.Messaging, ben)).ShouldBeEmpty();
        var told = (await BellAsync(world.Messaging, asha)).ShouldHaveSingleItem();
        (told.Kind, told.CampaignId, told.About).ShouldBe((NotificationKind.CampaignPaused, id, (await world.GetAsync(id)).Item.Name));
    }

    [Theory, OnEachEngine]
    public async Task OfAnotherWorkspace_NothingComes(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var other = await world.CreateTenantAsync("other");
        await other.SignInAsync(Role.Owner);
        await other.Get<NotificationPreferences>()
            .SaveAsync(new NotificationSettings().With(NotificationKind.MessageUnassigned, NotificationWays.Bell, isOn: true), None)
            .OrThrowAsync();

        await world.OpenConversationAsync();

        (await other.Get<NotificationService>().ListAsync(None).OrThrowAsync()).ShouldBeEmpty();
        await using var db = world.Tenant.OpenDatabase();
        (await db.Notifications.IgnoreQueryFilters([AppDbContext.TenantFilter]).CountAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task AfterADay_WhatNoBellLists_AndReadMessages_AreDeleted(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var asha = await PersonAsync(world, NotificationKind.MessageUnassigned, NotificationWays.Bell);
        await PersonAsync(world, NotificationKind.MessageUnassigned, NotificationWays.Sound);
        var conversation = await world.OpenConversationAsync();
        await SweepAsync(world);
        (await CountAsync(world)).ShouldBe(2);

        world.Time.Advance(TimeSpan.FromDays(1));
        await SweepAsync(world);
        (await CountAsync(world)).ShouldBe(1, "What waits in a bell stays.");
        Act(world, asha);
        await world.Tenant.Get<NotificationService>().ReadOfAsync(conversation, None).OrThrowAsync();
        await SweepAsync(world);
        (await CountAsync(world)).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task AfterAMonth_MessagesThatNobodyRead_AndAssignmentsThatWereRead_AreDeleted(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var asha = await PersonAsync(world, NotificationKind.MessageUnassigned, NotificationWays.Bell);
        await using (var db = world.Tenant.OpenDatabase())
        {
            var conversation = await world.OpenConversationAsync();
            db.Notifications.AddRange(Enumerable.Range(0, NotificationSweeper.AtOnce + 1).Select(_ => new Notification
            {
                UserId = asha,
                Kind = NotificationKind.Assigned,
                ConversationId = conversation,
                CreatedAt = world.Now,
                ReadAt = world.Now,
            }));
            db.Notifications.AddRange(new[] { NotificationKind.Assigned, NotificationKind.Mention }.Select(kind => new Notification
            {
                UserId = asha,
                Kind = kind,
                ConversationId = conversation,
                CreatedAt = world.Now,
            }));
            await db.SaveChangesAsync();
        }

        world.Time.Advance(TimeSpan.FromDays(29));
        await SweepAsync(world);
        (await CountAsync(world)).ShouldBe(NotificationSweeper.AtOnce + 4);
        world.Time.Advance(TimeSpan.FromDays(1));
        await SweepAsync(world);

        (await BellAsync(world, asha)).Select(item => item.Kind).ShouldBe([NotificationKind.Mention, NotificationKind.Assigned]);
        (await CountAsync(world)).ShouldBe(2);
    }

    private static async Task<long> PersonAsync(
        MessagingWorld world, NotificationKind? kind = null, NotificationWays ways = NotificationWays.None, Role role = Role.Agent)
    {
        var context = world.Tenant.Get<TenantContext>();
        context.Enter(context.Tenant, context.Actor with { Permissions = Permissions.All }); // may add people
        var id = await world.Tenant.SignInAsync(role);
        if (kind is { } chosen)
        {
            var settings = new NotificationSettings { Ways = new Dictionary<NotificationKind, NotificationWays> { [chosen] = ways } };
            await world.Tenant.Get<NotificationPreferences>().SaveAsync(settings, None).OrThrowAsync();
        }

        return id;
    }

    private static void Act(MessagingWorld world, long userId)
    {
        var context = world.Tenant.Get<TenantContext>();
        context.Enter(context.Tenant, context.Actor with { Id = userId });
    }

    private static async Task<IReadOnlyList<NotificationItem>> BellAsync(MessagingWorld world, long userId)
    {
        var before = world.Tenant.Get<TenantContext>().Actor;
        Act(world, userId);
        var listed = await world.Tenant.Get<NotificationService>().ListAsync(None).OrThrowAsync();
        Act(world, before.Id ?? 0);
        return listed;
    }

    private static async Task<List<(NotificationKind, long?)>> AlertsAsync(MessagingWorld world, long userId)
    {
        var before = world.Tenant.Get<TenantContext>().Actor;
        Act(world, userId);
        var alerts = await world.Tenant.Get<NotificationPreferences>().ListAlertsAsync(DateTimeOffset.UnixEpoch, None).OrThrowAsync();
        Act(world, before.Id ?? 0);
        return [.. alerts.Select(alert => (alert.Kind, alert.ConversationId))];
    }

    private static Task WriteAsync(MessagingWorld world, int number) =>
        world.TakeInAsync(MetaWebhook.Text($"wamid.in.{number}", Customer, $"Message {number}", world.Now));

    private static Task<Done> AssignAsync(MessagingWorld world, long conversation, long userId) =>
        world.Tenant.Get<ConversationActions>().AssignAsync(conversation, userId, None).OrThrowAsync();

    private static Task SweepAsync(MessagingWorld world) => world.Tenant.GetFresh<NotificationSweeper>().SweepAsync(None);

    private static async Task<int> CountAsync(MessagingWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        return await db.Notifications.CountAsync();
    }
}
