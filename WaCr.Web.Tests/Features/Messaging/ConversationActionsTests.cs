using WaCr.Web.Features.Comments;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.Features.Notifications;
using WaCr.Web.Security;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>What people at the desk do besides answering at once: put off, comment, name a colleague.</summary>
public sealed class ConversationActionsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task ScheduledMessage_StandsByItself_LeavesAtItsTime_AndTakesItsPlaceThen(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        var conversation = await world.OpenConversationAsync();
        var contact = (await world.ConversationAsync()).ContactId;
        await world.Tenant.SignInAsync(Role.Agent);

        var id = await world.Tenant.Get<MessageScheduler>()
            .ScheduleAsync(new SendText { ContactId = contact, Message = "Dear @{contact_phone}, good morning" }, world.Now.AddHours(3), None).OrThrowAsync();

        var before = await ThreadAsync(world, conversation);
        before.Messages.ShouldHaveSingleItem().Direction.ShouldBe(MessageDirection.Inbound);
        before.Scheduled.ShouldHaveSingleItem().Id.ShouldBe(id);
        before.Scheduled[0].Text.ShouldNotContain("@{");
        (await world.DispatchAsync()).ShouldBe(0);

        world.Time.Advance(TimeSpan.FromHours(2));
        await world.TakeInAsync(MetaWebhook.Text("wamid.in.later", "447700900123", "Are you there?", world.Now));
        world.Time.Advance(TimeSpan.FromHours(1));
        (await world.DispatchAsync()).ShouldBe(1);

        var after = await ThreadAsync(world, conversation);
        after.Scheduled.ShouldBeEmpty();
        after.Messages[^1].Id.ShouldBe(id);
        after.Messages[^1].CreatedAt.ShouldBe(world.Now);
    }

    [Theory, OnEachEngine]
    public async Task ScheduledMessage_WhoseWindowClosed_FailsWithTheReason_AndItsAuthorHearsOfIt(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        var contact = (await world.ConversationAsync()).ContactId;
        var me = await world.Tenant.SignInAsync(Role.Agent);
        var id = await world.Tenant.Get<MessageScheduler>()
            .ScheduleAsync(new SendText { ContactId = contact, Message = "Too late" }, world.Now.AddHours(30), None).OrThrowAsync();
        var told = 0;
        using var listening = world.Tenant.Get<ChangeFeed>().Subscribe(ChangeKind.Notifications, world.Tenant.Id, me, () => told++);

        world.Time.Advance(TimeSpan.FromHours(30));
        (await world.DispatchAsync()).ShouldBe(0);

        var message = await world.MessageAsync(id);
        (message.State, message.Error, message.CreatedAt).ShouldBe((OutboxState.Dead, OutboxErrors.WindowClosed, world.Now));
        (await ThreadAsync(world, conversation)).Messages[^1].Id.ShouldBe(id);
        var heard = (await world.Tenant.Get<NotificationService>().ListAsync(None).OrThrowAsync()).ShouldHaveSingleItem();
        (heard.Kind, heard.ConversationId, heard.Text, heard.IsRead).ShouldBe((NotificationKind.NotSent, conversation, "Too late", false));
        told.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task ScheduledMessage_IsTakenBack_AndToSomebodyWhoOptedOutNeverLeaves(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        var contact = (await world.ConversationAsync()).ContactId;
        await world.Tenant.SignInAsync(Role.Agent);
        var scheduler = world.Tenant.Get<MessageScheduler>();
        var taken = await scheduler.ScheduleAsync(new SendText { ContactId = contact, Message = "One" }, world.Now.AddHours(1), None)
            .OrThrowAsync();
        var left = await scheduler.ScheduleAsync(new SendText { ContactId = contact, Message = "Two" }, world.Now.AddHours(1), None)
            .OrThrowAsync();

        await scheduler.CancelAsync(conversation, taken, None).OrThrowAsync();
        (await scheduler.CancelAsync(conversation, taken, None)).Error.ShouldBeOfType<NotFoundError>();
        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.Contacts.Where(c => c.Id == contact).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsOptedOut, true));
        }

        world.Time.Advance(TimeSpan.FromHours(1));
        await world.DispatchAsync();
        (await world.MessageAsync(taken)).State.ShouldBe(OutboxState.Cancelled);
        (await world.MessageAsync(left)).Error.ShouldBe(OutboxErrors.OptedOut);
        world.WhatsApp.Sent.ShouldBeEmpty();
        (await scheduler.ScheduleAsync(new SendText { ContactId = contact, Message = "Three" }, world.Now.AddHours(1), None))
            .Error.ShouldBeOfType<ContactOptedOutError>();
    }

    [Theory, OnEachEngine]
    public async Task ScheduledTemplate_LeavesWithTheWindowClosed(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        world.WhatsApp.AcceptAll();
        await world.OpenConversationAsync();
        var contact = (await world.ConversationAsync()).ContactId;
        await world.Tenant.AddTemplateAsync("order", account: MetaWebhook.BusinessAccountId);
        await world.Tenant.SignInAsync(Role.Agent);
        var request = new SendTemplate
        {
            ContactId = contact,
            Name = "order",
            Texts = new Dictionary<string, Optional<string?>>(StringComparer.Ordinal) { ["header_field_1"] = "7", ["field_1"] = "Ann", ["field_2"] = "7", ["button_0"] = "seven" },
        };

        await world.Tenant.Get<MessageScheduler>().ScheduleAsync(request, world.Now.AddHours(30), None).OrThrowAsync();
        world.Time.Advance(TimeSpan.FromHours(30));
        (await world.DispatchAsync()).ShouldBe(1);

        ((StoredContent)world.WhatsApp.Sent.ShouldHaveSingleItem().Content).Json.ShouldContain("seven");
    }

    [Theory, OnEachEngine]
    public async Task Scheduled_IsRefused_InThePast_TooFarAhead_AndForViewersAndOtherTenants(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        var contact = (await world.ConversationAsync()).ContactId;
        var scheduler = world.Tenant.Get<MessageScheduler>();
        var request = new SendText { ContactId = contact, Message = "Hi" };
        var id = await scheduler.ScheduleAsync(request, world.Now.AddHours(1), None).OrThrowAsync();

        (await scheduler.ScheduleAsync(request, world.Now, None)).ShouldBeInvalid()[MessageFields.SendAt].ShouldBe([SendTime.PastError]);
        (await scheduler.ScheduleAsync(request, world.Now.AddDays(30).AddSeconds(1), None))
            .ShouldBeInvalid()[MessageFields.SendAt].ShouldBe([SendTime.TooLateError]);

        var other = await world.CreateTenantAsync("other");
        await MessagingWorld.AddChannelAsync(other, "99", account: "98");
        (await other.Get<MessageScheduler>().ScheduleAsync(request, world.Now.AddHours(1), None)).Error.ShouldBeOfType<NotFoundError>();
        (await other.Get<MessageScheduler>().CancelAsync(conversation, id, None)).Error.ShouldBeOfType<NotFoundError>();
        (await other.Get<ConversationHistoryQueries>().ListAsync(conversation, null, 10, None).OrThrowAsync()).Scheduled.ShouldBeEmpty();

        Become(world.Tenant, Role.Viewer);
        (await scheduler.ScheduleAsync(request, world.Now.AddHours(1), None)).Error.ShouldBeOfType<ForbiddenError>();
        (await scheduler.CancelAsync(conversation, id, None)).Error.ShouldBeOfType<ForbiddenError>();
        (await world.MessageAsync(id)).State.ShouldBe(OutboxState.Waiting);
    }

    [Theory, OnEachEngine]
    public async Task Comment_NamesAColleague_WhoHearsOfItAlone_AndReadsIt(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        var asha = await world.Tenant.SignInAsync(Role.Admin);
        await NameAsync(world, asha, "Asha Patel");
        var ben = await world.Tenant.SignInAsync(Role.Agent);
        await NameAsync(world, ben, "Ben");
        var (told, moved) = (0, 0);
        using var listening = world.Tenant.Get<ChangeFeed>().Subscribe(ChangeKind.Notifications, world.Tenant.Id, asha, () => told++);
        using var watching = world.Tenant.Get<ChangeFeed>()
            .Subscribe(ChangeKind.Conversation, world.Tenant.Id, conversation, () => moved++);

        await world.Tenant.Get<CommentService>().AddAsync(conversation, "@asha patel, can you call? @Ben knows", None).OrThrowAsync();

        (told, moved).ShouldBe((1, 1));
        var notifications = world.Tenant.Get<NotificationService>();
        (await notifications.CountUnreadAsync(None).OrThrowAsync()).ShouldBe(0); // one's own comment tells one nothing
        Become(world.Tenant, Role.Agent, asha);
        var heard = (await notifications.ListAsync(None).OrThrowAsync()).ShouldHaveSingleItem();
        (heard.Kind, heard.ConversationId, heard.From, heard.Text).ShouldBe((NotificationKind.Mention, conversation, "Ben", "@asha patel, can you call? @Ben knows"));
        (await notifications.CountUnreadAsync(None).OrThrowAsync()).ShouldBe(1);
        await notifications.ReadOfAsync(conversation + 1, None).OrThrowAsync();
        (await notifications.CountUnreadAsync(None).OrThrowAsync()).ShouldBe(1);
        await notifications.ReadOfAsync(conversation, None).OrThrowAsync();
        (await notifications.CountUnreadAsync(None).OrThrowAsync()).ShouldBe(0);
        (await ThreadAsync(world, conversation)).Comments.ShouldHaveSingleItem().StaffName.ShouldBe("Ben");

        var other = await world.CreateTenantAsync("other");
        (await other.Get<CommentService>().AddAsync(conversation, "Hi", None)).Error.ShouldBeOfType<NotFoundError>();
        Become(other, Role.Agent, asha);
        (await other.Get<NotificationService>().ListAsync(None).OrThrowAsync()).ShouldBeEmpty();
        Become(world.Tenant, Role.Viewer);
        (await world.Tenant.Get<CommentService>().AddAsync(conversation, "Hi", None)).Error.ShouldBeOfType<ForbiddenError>();
    }

    [Theory]
    [InlineData("@Ann please", "1")]
    [InlineData("@Ann Lee please", "2")]
    [InlineData("@ann lee and @ANN", "1 2")]
    [InlineData("@Anna please", "3 4")]
    [InlineData("Ann, or ann@example.com? No: @Annabel", "")]
    [InlineData("@", "")]
    public void Mentions_AreWholeNames_WhateverTheirCase(string text, string named) =>
        string.Join(' ', Mentions.In(text, [(1, "Ann"), (2, "Ann Lee"), (3, "Anna"), (4, "anna"), (5, "")]).Order()).ShouldBe(named);

    private static Task<ConversationHistoryPage> ThreadAsync(MessagingWorld world, long conversation) =>
        world.Tenant.Get<ConversationHistoryQueries>().ListAsync(conversation, null, ConversationHistoryQueries.PageSize, None)
            .OrThrowAsync();

    private static void Become(TestTenant tenant, Role role, long userId = 1)
    {
        var scope = tenant.Get<TenantContext>();
        scope.Enter(scope.Tenant, new CurrentActor(ActorKind.User, userId, "Somebody", ChangeOrigin.App, RolePermissions.Of(role)));
    }

    private static async Task NameAsync(MessagingWorld world, long userId, string name)
    {
        await using var db = world.Tenant.OpenDatabase();
        await db.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(set => set.SetProperty(user => user.Name, name));
    }
}
