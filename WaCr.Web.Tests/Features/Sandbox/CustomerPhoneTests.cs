using WaCr.Web.Features.Sandbox;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.Features.Sandbox;

public sealed class CustomerPhoneTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [OnEachEngine]
    public async Task Screen_ShowsWhatWasDelivered_AndWhatWasWritten(DatabaseProvider engine)
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(engine);
        await sandbox.Phone.WriteAsync(sandbox.Line, " Hello ", null, "Asha Rao", default).OrThrowAsync();
        sandbox.SendText("Good morning");
        (await sandbox.GetScreenAsync()).Messages.ShouldHaveSingleItem().Text.ShouldBe("Hello");

        sandbox.Pass(Second);

        var screen = await sandbox.GetScreenAsync();
        screen.Messages.Select(message => (message.IsFromCustomer, message.Text)).ShouldBe([(true, "Hello"), (false, "Good morning")]);
        (screen.Name, screen.Phone, screen.Unread, screen.ConversationId).ShouldBe(("Asha Rao", SandboxWorkspace.Customer, 1, null));
        screen.WindowClosesAt.ShouldBe(sandbox.Messaging.Now - Second + Conversation.ServiceWindow);
    }

    [Theory]
    [OnEachEngine]
    public async Task Screen_KnowsTheConversationAndTheContact(DatabaseProvider engine)
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(engine);
        var conversation = await sandbox.Messaging.OpenConversationAsync(SandboxWorkspace.Customer.TrimStart('+'));

        (await sandbox.GetScreenAsync()).ConversationId.ShouldBe(conversation);
        var table = await sandbox.Phone.OpenAsync(default).OrThrowAsync();
        table.Numbers.ShouldHaveSingleItem().PhoneNumberId.ShouldBe(SandboxWorkspace.Number.PhoneNumberId);
        table.People.ShouldHaveSingleItem().Phone.ShouldBe(SandboxWorkspace.Customer);
    }

    [Theory]
    [OnEachEngine]
    public async Task Screen_KnowsWhoHidesTheNumber(DatabaseProvider engine)
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(engine);
        await sandbox.Phone.WriteAsync(sandbox.Line, "Hello", null, null, default).OrThrowAsync();
        var conversation = await sandbox.Messaging.OpenConversationAsync(SandboxWorkspace.Customer.TrimStart('+'));
        var userId = new SandboxIds(new SandboxOptions().Seed)
            .User(SandboxWorkspace.Number.BusinessAccountId, SandboxWorkspace.Customer.TrimStart('+'));
        await sandbox.Tenant.Get<IDatabaseWriter>().WriteAsync<int>(
            async db => await db.ChannelIdentities.ExecuteUpdateAsync(
                set => set.SetProperty(i => i.WaId, (string?)null).SetProperty(i => i.UserId, userId)),
            default).OrThrowAsync();

        var screen = await sandbox.GetScreenAsync();

        (screen.ConversationId, screen.ContactId.HasValue).ShouldBe((conversation, true));
    }

    [Fact]
    public async Task ButtonsAndRows_AreTapped_AndAnswered()
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(DatabaseProvider.Sqlite);
        await sandbox.Phone.WriteAsync(sandbox.Line, "Hello", null, null, default).OrThrowAsync();
        sandbox.Send(new
        {
            messaging_product = "whatsapp",
            to = SandboxWorkspace.Customer,
            type = "interactive",
            interactive = new
            {
                type = "list",
                header = new { type = "text", text = "Help" },
                body = new { text = "What is it?" },
                footer = new { text = "Thanks" },
                action = new
                {
                    button = "Choose",
                    sections = new[]
                    {
                        new { title = "All", rows = new[] { new { id = "r1", title = "Order", description = "Where it is" } } },
                    },
                },
            },
        });
        sandbox.Pass(Second);

        var asked = (await sandbox.GetScreenAsync()).Messages[^1];
        (asked.Header, asked.Text, asked.Footer, asked.ListTitle).ShouldBe(("Help", "What is it?", "Thanks", "Choose"));
        asked.Choices.ShouldBe([new PhoneChoice("r1", "Order", "Where it is", PhoneChoiceKind.Row)]);
        await sandbox.Phone.ChooseAsync(sandbox.Line, asked.Id, "r1", default).OrThrowAsync();

        var answer = (await sandbox.GetScreenAsync()).Messages[^1];
        (answer.IsFromCustomer, answer.Text, answer.Quoted).ShouldBe((true, "Order", "What is it?"));
    }

    [Fact]
    public async Task Template_ShowsHeaderFooterAndItsButtons()
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(DatabaseProvider.Sqlite);
        sandbox.Send(new
        {
            messaging_product = "whatsapp",
            to = SandboxWorkspace.Customer,
            type = "template",
            template = new
            {
                name = "order_update",
                language = new { code = "en_US" },
                components = new object[]
                {
                    new { type = "header", parameters = new[] { new { type = "text", text = "4711" } } },
                    new
                    {
                        type = "body",
                        parameters = new[] { new { type = "text", text = "Asha" }, new { type = "text", text = "3 items" } },
                    },
                    new { type = "button", sub_type = "url", index = "0", parameters = new[] { new { type = "text", text = "1" } } },
                },
            },
        });
        sandbox.Pass(Second);

        var shown = (await sandbox.GetScreenAsync()).Messages.ShouldHaveSingleItem();
        (shown.Header, shown.Text, shown.Footer).ShouldBe(
            ("Order 4711", "Hi Asha, your order of 3 items is on its way.", "Thank you for your order"));
        shown.Choices.Select(choice => (choice.Title, choice.Kind))
            .ShouldBe([("Track", PhoneChoiceKind.Other), ("Call us", PhoneChoiceKind.Other)]);
    }

    [Fact]
    public async Task Reaction_StandsOnItsMessage_AndIsTakenBack()
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(DatabaseProvider.Sqlite);
        await sandbox.Phone.WriteAsync(sandbox.Line, "Hello", null, null, default).OrThrowAsync();
        sandbox.SendText("Good morning");
        sandbox.Pass(Second);
        var message = (await sandbox.GetScreenAsync()).Messages[^1];

        await sandbox.Phone.ReactAsync(sandbox.Line, message.Id, "👍", default).OrThrowAsync();
        (await sandbox.GetScreenAsync()).Messages[^1].Reaction.ShouldBe("👍");
        await sandbox.Phone.ReactAsync(sandbox.Line, message.Id, null, default).OrThrowAsync();
        (await sandbox.GetScreenAsync()).Messages[^1].Reaction.ShouldBeNull();
    }

    [Fact]
    public async Task AirplaneMode_HoldsEverythingBack_UntilItEnds()
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(DatabaseProvider.Sqlite);
        await sandbox.Phone.WriteAsync(sandbox.Line, "Hello", null, null, default).OrThrowAsync();
        await sandbox.Phone.GoOfflineAsync(sandbox.Line, offline: true, default).OrThrowAsync();
        sandbox.SendText("Are you there?");
        sandbox.Pass(TimeSpan.FromMinutes(5));
        var dark = await sandbox.GetScreenAsync();
        (dark.IsOffline, dark.Messages.Count).ShouldBe((true, 1));

        await sandbox.Phone.GoOfflineAsync(sandbox.Line, offline: false, default).OrThrowAsync();
        sandbox.Pass(Second);
        (await sandbox.GetScreenAsync()).Messages[^1].Text.ShouldBe("Are you there?");
        sandbox.Pass(TimeSpan.FromSeconds(3));
        (await sandbox.GetScreenAsync()).Unread.ShouldBe(0);
    }

    [Theory]
    [OnEachEngine]
    public async Task ADayPasses_ForThisChatAlone(DatabaseProvider engine)
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(engine);
        var conversation = await sandbox.Messaging.OpenConversationAsync(SandboxWorkspace.Customer.TrimStart('+'));
        var other = await sandbox.Messaging.OpenConversationAsync("15557654321");
        await sandbox.Phone.WriteAsync(sandbox.Line, "Hello", null, null, default).OrThrowAsync();

        await sandbox.Phone.AdvanceOneDayAsync(sandbox.Line, default).OrThrowAsync();

        await using var db = sandbox.Tenant.OpenDatabase();
        (await db.Conversations.FindAsync(conversation))!.LastInboundAt!.Value.ShouldBeLessThanOrEqualTo(
            sandbox.Messaging.Now - Conversation.ServiceWindow);
        (await db.Conversations.FindAsync(other))!.LastInboundAt!.Value.ShouldBeGreaterThan(
            sandbox.Messaging.Now - Conversation.ServiceWindow);
        (await sandbox.GetScreenAsync()).WindowClosesAt.ShouldBe(sandbox.Messaging.Now);
    }

    [Fact]
    public async Task Picture_IsKept_AndHandedOutOnItsNumberAlone()
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(DatabaseProvider.Sqlite);
        await sandbox.Phone.SendAsync(sandbox.Line, new PhoneUpload("image/png", [1, 2, 3], "cat.png", "Look"), default).OrThrowAsync();

        var picture = (await sandbox.GetScreenAsync()).Messages.ShouldHaveSingleItem();
        (picture.File!.Type, picture.Text).ShouldBe(("image", "Look"));
        (await sandbox.Phone.OpenFileAsync(sandbox.Line.PhoneNumberId, picture.File.Id!, default).OrThrowAsync()).Bytes.ShouldBe([1, 2, 3]);
        (await sandbox.Phone.OpenFileAsync(sandbox.Line.PhoneNumberId, "1", default)).Error.ShouldBeOfType<NotFoundError>();
        (await sandbox.Phone.SendAsync(sandbox.Line, new PhoneUpload("application/x-msdownload", [1], "bad.exe", null), default))
            .ShouldBeInvalid();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no number")]
    [InlineData("+1")]
    public async Task Customer_MustBeAPhoneNumber(string customer)
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(DatabaseProvider.Sqlite);
        (await sandbox.Phone.GetScreenAsync(sandbox.Line with { Customer = customer }, default)).ShouldBeInvalid();
    }

    [Theory]
    [OnEachEngine]
    public async Task NumbersOfOtherWorkspaces_AreNotThere(DatabaseProvider engine)
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(engine);
        var theirs = new PhoneLine(SandboxWorkspace.OtherNumber.PhoneNumberId, SandboxWorkspace.Customer);
        sandbox.Desk.Behave([], theirs.PhoneNumberId);

        (await sandbox.Phone.GetScreenAsync(theirs, default)).Error.ShouldBeOfType<NotFoundError>();
        (await sandbox.Phone.WriteAsync(theirs, "Hello", null, null, default)).Error.ShouldBeOfType<NotFoundError>();
        (await sandbox.Phone.SendAsync(theirs, new PhoneUpload("image/png", [1], "a.png", null), default))
            .Error.ShouldBeOfType<NotFoundError>();
        (await sandbox.Phone.BlockAsync(theirs, true, default)).Error.ShouldBeOfType<NotFoundError>();
        (await sandbox.Phone.AdvanceOneDayAsync(theirs, default)).Error.ShouldBeOfType<NotFoundError>();
        (await sandbox.Phone.OpenFileAsync(theirs.PhoneNumberId, "1", default)).Error.ShouldBeOfType<NotFoundError>();
        (await sandbox.Controls.ReadAsync(theirs.PhoneNumberId, default)).Error.ShouldBeOfType<NotFoundError>();
        (await sandbox.Controls.SetAsync(theirs.PhoneNumberId, new SandboxControlSettings(1, 1, true, 0, false, false), default))
            .Error.ShouldBeOfType<NotFoundError>();
        (await sandbox.Controls.BreakAsync(theirs.PhoneNumberId, SandboxControlFault.TooMany, 1, default))
            .Error.ShouldBeOfType<NotFoundError>();
        (await sandbox.Controls.RefuseTokenAsync(theirs.PhoneNumberId, true, default)).Error.ShouldBeOfType<NotFoundError>();
        sandbox.Desk.Messages(null, 10).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Owner, true)]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Agent, true)]
    [InlineData(Role.Viewer, false)]
    public async Task Phone_IsForThoseWhoMaySend(Role role, bool may)
    {
        await using var sandbox = await SandboxWorkspace.CreateAsync(DatabaseProvider.Sqlite);
        sandbox.Become(role);

        (await sandbox.Phone.WriteAsync(sandbox.Line, "Hello", null, null, default)).Succeeded.ShouldBe(may);
        (await sandbox.Phone.OpenAsync(default)).Succeeded.ShouldBe(may);
        (await sandbox.Controls.ReadAsync(sandbox.Line.PhoneNumberId, default)).Succeeded.ShouldBe(may);
    }

    [Fact]
    public async Task WithoutASandbox_ThereIsNoPhone()
    {
        await using var world = await MessagingWorld.CreateAsync(DatabaseProvider.Sqlite);

        world.Tenant.Get<SandboxPresence>().IsOn.ShouldBeFalse();
        (await world.Tenant.Get<CustomerPhone>().GetScreenAsync(new PhoneLine(MetaWebhook.PhoneNumberId, "+15551234567"), default))
            .Error.ShouldBeOfType<NotFoundError>();
        (await world.Tenant.Get<CustomerPhone>().OpenAsync(default).OrThrowAsync()).Numbers.ShouldBeEmpty();
    }
}
