using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.QuickReplies;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Tenancy;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class ComposerTests(StaffApp app)
{
    // What a browser gives to a page with a picture that is dropped on it or pasted into it.
    private const string HandOver = """
        (target, [kind, name]) => {
          const png = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), letter => letter.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([png], name, { type: 'image/png' }));
          const options = { bubbles: true, cancelable: true };
          target.dispatchEvent(kind === 'drop' ? new DragEvent('drop', { ...options, dataTransfer: data }) : new ClipboardEvent('paste', { ...options, clipboardData: data }));
        }
        """;

    private const string EnterOfAnInputMethod = """
        (field, how) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true, ...how }))
        """;

    // A browser that records the format that WhatsApp takes, and asks for the microphone until the test allows it.
    private const string Microphone = """
        window.MediaRecorder = class extends EventTarget {
          static isTypeSupported() { return true; }
          start() { window.started = (window.started ?? 0) + 1; }
          stop() {
            this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob(['OggS']) }));
            this.dispatchEvent(new Event('stop'));
          }
        };
        navigator.mediaDevices.getUserMedia = () => new Promise(resolve => {
          window.allow = () => resolve({ getTracks: () => [{ stop() { window.stopped = (window.stopped ?? 0) + 1; } }] });
        });
        """;

    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task The_window_closes_and_a_template_with_a_picture_and_a_button_is_sent_instead()
    {
        await using var staff = await app.SignInAsync("agent@demo.test");
        await OpenAsync(staff, "+12025550145", "I write once and then no more");
        await Expect(staff.Page.GetByLabel("Message", new() { Exact = true })).ToBeVisibleAsync();

        await ChangeAsync((db, now) => db.Conversations.Where(c => c.WaId == "12025550145")
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.LastInboundAt, now.AddHours(-25))));
        await staff.Page.ReloadAsync();
        await staff.LiveAsync();
        await Expect(staff.Page.Locator(".composer")).ToContainTextAsync("The 24-hour window has closed");

        var panel = staff.Page.GetByRole(AriaRole.Region, new() { Name = "Send a template" });
        await panel.GetByLabel("Template", new() { Exact = true }).FillAsync("seasonal");
        await staff.Page.Keyboard.PressAsync("Enter");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Send template" }).ClickAsync();
        await Expect(panel.GetByText("Choose a file or enter its address")).ToBeVisibleAsync();
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();

        await panel.Locator("input[type=file]").SetInputFilesAsync(
            new FilePayload { Name = "spring.png", MimeType = "image/png", Buffer = Png });
        await Expect(panel.GetByText("spring.png")).ToBeVisibleAsync();
        await panel.GetByLabel("Text: {{1}}", new() { Exact = true }).FillAsync("Dear customer");
        await panel.GetByLabel("Text: {{2}}", new() { Exact = true }).FillAsync("20%");
        await panel.GetByLabel("“Shop” link ending", new() { Exact = true }).FillAsync("spring");
        await Expect(panel.Locator(".template-bubble")).ToContainTextAsync("Hi Dear customer, our new collection is here: 20% off");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Send later" }).ClickAsync();
        var later = (await panel.GetByRole(AriaRole.Dialog, new() { Name = "Send later" }).BoundingBoxAsync()).ShouldNotBeNull();
        (later.Y + later.Height).ShouldBeLessThanOrEqualTo(staff.Page.ViewportSize!.Height);
        await staff.Page.Keyboard.PressAsync("Escape");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Send template" }).ClickAsync();

        var bubble = staff.Page.Locator(".bubble.ours").Last;
        await Expect(bubble).ToContainTextAsync("20% off everything until Sunday");
        await Expect(bubble.Locator("img")).ToBeVisibleAsync();
        await Expect(bubble.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("Delivered|Read") })).ToBeVisibleAsync();

        using var customer = app.OpenSandbox();
        var phone = await customer.GetStringAsync(new Uri("customers/+12025550145/messages", UriKind.Relative));
        phone.ShouldContain("seasonal_offer");
        phone.ShouldContain("Dear customer");
        phone.ShouldMatch("\"text\":\\s*\"spring\"");
    }

    [Fact]
    public async Task A_message_is_put_off_and_goes_and_a_comment_tells_the_colleague_whom_it_names()
    {
        await using var agent = await app.SignInAsync("agent@demo.test");
        await using var admin = await app.SignInAsync("admin@demo.test");
        await admin.GotoAsync("/templates");
        await OpenAsync(agent, "+12025550146", "Please remind me tomorrow");
        await agent.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("As you asked: today at three");
        await agent.Button("Send later").ClickAsync();
        await agent.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Tomorrow morning") }).ClickAsync();
        await agent.Button("Schedule").ClickAsync();

        var waiting = agent.Page.Locator(".scheduled");
        await Expect(waiting).ToContainTextAsync("As you asked: today at three");
        await Expect(waiting).ToContainTextAsync("Scheduled for");
        await Expect(agent.Page.Locator(".bubble.ours")).ToHaveCountAsync(0);
        await ChangeAsync((db, now) => db.Messages.Where(m => m.Text == "As you asked: today at three" && m.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, now)));
        await Expect(agent.Page.Locator(".bubble.ours").Last).ToContainTextAsync("As you asked: today at three");
        await Expect(waiting).ToHaveCountAsync(0);

        await agent.Button("Internal comment").ClickAsync();
        var comment = agent.Page.GetByLabel("Internal comment", new() { Exact = true }).And(agent.Page.GetByRole(AriaRole.Textbox));
        await comment.PressSequentiallyAsync("@mee");
        await Expect(agent.Page.GetByRole(AriaRole.Listbox, new() { Name = "Colleagues" }).GetByText("Meera Iyer"))
            .ToBeVisibleAsync();
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(comment).ToHaveValueAsync("@Meera Iyer ");
        await comment.PressSequentiallyAsync("can you take this over?");
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(agent.Page.Locator(".comment").Last).ToContainTextAsync("@Meera Iyer can you take this over?");
        (await agent.SeriousIssuesAsync()).ShouldBeEmpty();

        var bell = admin.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("new notification") });
        await Expect(bell).ToBeVisibleAsync();
        await bell.ClickAsync();
        var told = admin.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Arjun Nair mentioned you") }).First;
        await Expect(told).ToBeVisibleAsync();
        var unread = int.Parse((await bell.GetAttributeAsync("aria-label"))!.Split(' ')[0], CultureInfo.InvariantCulture);
        (await admin.SeriousIssuesAsync()).ShouldBeEmpty();
        await told.ClickAsync();
        await Expect(admin.Page.Locator(".comment").Last).ToContainTextAsync("can you take this over?");
        var left = new Regex(unread == 1 ? "^Notifications$" : $"^{unread - 1} new notification");
        await Expect(admin.Page.GetByRole(AriaRole.Button, new() { NameRegex = left })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_enter_that_ends_a_word_of_an_input_method_sends_nothing_and_the_next_one_does()
    {
        await using var staff = await app.SignInAsync("agent@demo.test");
        await OpenAsync(staff, "+12025550151", "Which name is on the invoice?");
        var field = staff.Page.GetByLabel("Message", new() { Exact = true });
        await field.FillAsync("田中");

        // While the word is composed, and Safari's way of ending it.
        await field.EvaluateAsync(EnterOfAnInputMethod, new { isComposing = true, keyCode = 13 });
        await field.EvaluateAsync(EnterOfAnInputMethod, new { isComposing = false, keyCode = 229 });
        await Expect(field).ToHaveValueAsync("田中");
        await staff.Page.Keyboard.PressAsync("Enter");

        await Expect(staff.Page.Locator(".bubble.ours")).ToHaveTextAsync([new Regex("田中")]);
        await Expect(field).ToHaveValueAsync("");

        // The same in a field that saves by Enter, and the key acts where no word is composed.
        await staff.Button("Internal comment").ClickAsync();
        var comment = staff.Page.GetByLabel("Internal comment", new() { Exact = true }).And(staff.Page.GetByRole(AriaRole.Textbox));
        await comment.FillAsync("名前");
        await comment.EvaluateAsync(EnterOfAnInputMethod, new { isComposing = false, keyCode = 229 });
        await Expect(comment).ToHaveValueAsync("名前");
        await staff.Page.Keyboard.PressAsync("Enter");
        await Expect(staff.Page.Locator(".comment")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Enter_held_down_sends_once_and_a_quick_reply_whose_word_was_left_is_offered_no_more()
    {
        await app.InWorkspaceAsync("demo", services =>
            services.GetRequiredService<QuickReplyService>().SaveAsync(null, "hours", "We open at nine", CancellationToken.None));
        await using var staff = await app.SignInAsync("agent@demo.test");
        await OpenAsync(staff, "+12025550152", "When do you open?");
        var field = staff.Page.GetByLabel("Message", new() { Exact = true });
        await field.FillAsync("One moment");
        await staff.Page.Keyboard.DownAsync("Enter");
        await Expect(field).ToHaveValueAsync("");
        await field.FillAsync("Not yet");
        await staff.Page.Keyboard.DownAsync("Enter");
        await staff.Page.Keyboard.UpAsync("Enter");
        await Expect(staff.Page.Locator(".bubble.ours")).ToHaveTextAsync([new Regex("One moment")]);
        await Expect(field).ToHaveValueAsync("Not yet");

        await field.FillAsync("");
        await field.PressSequentiallyAsync("/ho");
        var offered = staff.Page.GetByRole(AriaRole.Listbox, new() { Name = "Quick replies" });
        await Expect(offered).ToBeVisibleAsync();
        await staff.Page.Keyboard.PressAsync("Home");
        await Expect(offered).ToBeHiddenAsync();
        await staff.Page.Keyboard.PressAsync("End");
        await field.PressSequentiallyAsync("u");
        await staff.Page.Keyboard.PressAsync("Enter");
        await Expect(field).ToHaveValueAsync("We open at nine");
    }

    [Fact]
    public async Task What_is_typed_before_the_server_answers_follows_the_kept_draft()
    {
        await using var network = new SlowNetwork(app.Address, TimeSpan.FromMilliseconds(600));
        await using var staff = await app.SignInAsync("agent@demo.test", at: network.Address);
        await OpenAsync(staff, "+12025550153", "Is it blue?");
        var field = staff.Page.GetByLabel("Message", new() { Exact = true });
        await field.FillAsync("It is");
        await network.QuietAsync();
        await staff.Page.ReloadAsync();
        await staff.LiveAsync();
        await Expect(field).ToBeEditableAsync();
        await field.PressAsync("End");
        await staff.Page.Keyboard.TypeAsync(" green");

        await network.QuietAsync();
        await Expect(field).ToHaveValueAsync("It is green");
    }

    [Fact]
    public async Task The_microphone_is_asked_for_once_and_off_when_the_conversation_is_left()
    {
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.Page.AddInitScriptAsync(Microphone);
        await OpenAsync(staff, "+12025550154", "Leave me a note");
        await OpenAsync(staff, "+12025550155", "And me another");
        var record = staff.Button("Record a voice note");
        await record.DblClickAsync();
        await staff.Page.EvaluateAsync("allow()");
        await Expect(record).ToHaveAttributeAsync("aria-pressed", "true");
        (await staff.Page.EvaluateAsync<int>("started")).ShouldBe(1);

        await staff.Page.Locator(".inbox-row", new() { HasText = "Leave me a note" }).ClickAsync();
        await staff.Page.WaitForFunctionAsync("() => window.stopped === 1");
        await Expect(record).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(staff.Page.GetByRole(AriaRole.List, new() { Name = "Files to send" })).ToHaveCountAsync(0);

        // A panel over it ends it, too; what was said is kept.
        await record.ClickAsync();
        await staff.Page.EvaluateAsync("allow()");
        await Expect(record).ToHaveAttributeAsync("aria-pressed", "true");
        await staff.Button("Internal comment").ClickAsync();
        await staff.Page.WaitForFunctionAsync("() => window.stopped === 2");
        (await staff.Page.EvaluateAsync<int>("started")).ShouldBe(2);
    }

    [Fact]
    public async Task Files_are_dropped_and_pasted_and_arrive_as_pictures()
    {
        await using var staff = await app.SignInAsync("agent@demo.test");
        await OpenAsync(staff, "+12025550149", "Do you have a picture of it?");
        var field = staff.Page.GetByLabel("Message", new() { Exact = true });
        await Expect(field).ToBeEditableAsync();
        // The file input is told of files once its script has been through it, a moment after it is shown.
        await staff.Page.WaitForFunctionAsync("() => '_blazorInputFileNextFileId' in document.querySelector('input[data-attach]')");
        await staff.Page.Locator(".thread-scroll").EvaluateAsync(HandOver, new[] { "drop", "kettle.png" });
        var files = staff.Page.GetByRole(AriaRole.List, new() { Name = "Files to send" }).GetByRole(AriaRole.Listitem);
        await Expect(files).ToHaveTextAsync(["kettle.png"]);
        await field.EvaluateAsync(HandOver, new[] { "paste", "lid.png" });
        await Expect(files).ToHaveTextAsync(["kettle.png", "lid.png"]);
        await field.FillAsync("The kettle and its lid");
        await staff.Page.Keyboard.PressAsync("Enter");

        var sent = staff.Page.Locator(".bubble.ours");
        await Expect(sent).ToHaveCountAsync(2);
        await Expect(sent.First).ToContainTextAsync("The kettle and its lid");
        await Expect(sent.Last.Locator("img")).ToBeVisibleAsync();
        await Expect(files).ToHaveCountAsync(0);
        await Expect(field).ToHaveValueAsync("");

        // In full, with the other one, until Escape.
        var first = sent.First.Locator("a:has(img)");
        var shown = staff.Page.GetByRole(AriaRole.Dialog).Locator("img");
        await first.ClickAsync();
        await Expect(shown).ToHaveAttributeAsync("src", (await first.GetAttributeAsync("href"))!);
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await staff.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(shown).ToHaveAttributeAsync("src", (await sent.Last.Locator("a:has(img)").GetAttributeAsync("href"))!);
        await staff.Page.Keyboard.PressAsync("Tab");
        (await staff.Page.EvaluateAsync<bool>("() => Boolean(document.activeElement.closest('[role=dialog]'))")).ShouldBeTrue();
        await staff.Page.Keyboard.PressAsync("Escape");
        await Expect(shown).ToHaveCountAsync(0);
        await Expect(first).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Buttons_and_a_list_are_composed_within_their_limits_and_tapped_by_the_customer()
    {
        await using var agent = await app.SignInAsync("agent@demo.test");
        await using var customer = await app.SignInAsync("admin@demo.test");
        await OpenAsync(agent, "+12025550150", "When can I fetch it?");
        await customer.GotoAsync("/sandbox?customer=%2B12025550150");
        var phone = customer.Page.GetByRole(AriaRole.Region, new() { Name = "The customer's phone" });

        await agent.MoreToSendAsync("Send buttons or a list");
        var panel = agent.Page.GetByRole(AriaRole.Region, new() { Name = "Send buttons or a list" });
        await panel.GetByLabel("Text", new() { Exact = false }).First.FillAsync("Choose a day");
        await panel.Locator("#button-0").FillAsync("Friday after lunch");
        await Expect(panel.Locator("label[for='button-0'] .left")).ToHaveTextAsync("2");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Add a button" }).ClickAsync();
        await panel.Locator("#button-1").FillAsync("Saturday");
        (await agent.SeriousIssuesAsync()).ShouldBeEmpty();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(agent.Page.Locator(".bubble.ours").Last.Locator(".buttons li"))
            .ToHaveTextAsync(["Friday after lunch", "Saturday"]);
        await phone.GetByRole(AriaRole.Button, new() { Name = "Saturday", Exact = true }).ClickAsync();
        await Expect(agent.Page.Locator(".bubble.theirs").Last).ToContainTextAsync("Saturday");

        await agent.MoreToSendAsync("Send buttons or a list");
        await panel.GetByRole(AriaRole.Button, new() { Name = "List", Exact = true }).ClickAsync();
        await panel.Locator("#choices-body").FillAsync("And at what time?");
        await panel.Locator("#choices-open").FillAsync("Times");
        await panel.Locator("#section-0").FillAsync("Saturday");
        await panel.Locator("#row-0-0").FillAsync("Ten o'clock");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Add a row" }).ClickAsync();
        await panel.Locator("#row-0-1").FillAsync("Four o'clock");
        await Expect(panel.GetByText("8 rows left")).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(agent.Page.Locator(".bubble.ours").Last.Locator(".list-rows li:not([aria-hidden])"))
            .ToHaveTextAsync([new Regex("Ten o'clock"), new Regex("Four o'clock")]);
        await phone.GetByText("Times", new() { Exact = true }).ClickAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "Four o'clock" }).ClickAsync();
        await Expect(agent.Page.Locator(".bubble.theirs").Last).ToContainTextAsync("Four o'clock");
    }

    /// <summary>A customer writes, through the sandbox, and the thread is opened.</summary>
    private async Task OpenAsync(StaffPage staff, string phone, string text)
    {
        await app.SayAsync(phone, text);
        await staff.OpenConversationAsync(text);
        await Expect(staff.Page.Locator(".bubble.theirs").Last).ToContainTextAsync(text);
    }

    /// <summary>Moves time, where it stands in the database.</summary>
    private async Task ChangeAsync(Func<AppDbContext, DateTimeOffset, Task<int>> change)
    {
        await using var scope = app.CreateScope();
        await scope.ServiceProvider.GetRequiredService<TenantService>().EnterAsync("demo", ChangeOrigin.System, CancellationToken.None);
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        var changed = await scope.ServiceProvider.GetRequiredService<IDatabaseWriter>()
            .WriteAsync<int>(async db => await change(db, now), CancellationToken.None);
        changed.OrThrow().ShouldBe(1);
    }
}
