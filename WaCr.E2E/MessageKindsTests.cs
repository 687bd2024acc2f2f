using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

/// <summary>Everything a chat can say, with the customer's phone beside it.</summary>
[Collection(StaffApp.Collection)]
public sealed class MessageKindsTests(StaffApp app)
{
    // A browser that records the format that WhatsApp takes.
    private const string Microphone = """
        window.MediaRecorder = class extends EventTarget {
          static isTypeSupported() { return true; }
          start() { }
          stop() {
            const head = new TextEncoder().encode('OggS\u0000\u0002________________________\u0001\u0013OpusHead\u0001\u0001____________');
            this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob([head]) }));
            this.dispatchEvent(new Event('stop'));
          }
        };
        navigator.mediaDevices.getUserMedia = () => Promise.resolve({ getTracks: () => [{ stop() { } }] });
        """;

    private static readonly byte[] Webp = Convert.FromBase64String("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");

    [Fact]
    public async Task What_a_customer_sends_is_shown_in_full_and_answered_with_a_quotation_and_a_reaction()
    {
        await using var customer = await app.SignInAsync("admin@demo.test");
        await using var agent = await app.SignInAsync("agent@demo.test");
        var phone = await PhoneAsync(customer, "%2B12025550180");
        await SendAsync(customer, "First message after an ad");
        await agent.OpenConversationAsync("I saw your ad");
        var heard = agent.Page.Locator(".bubble.theirs");
        await Expect(heard.Last).ToContainTextAsync("Came from an ad");
        await Expect(heard.Last.Locator(".ad strong")).ToHaveTextAsync("Spring sale");
        await Expect(heard.Last.GetByRole(AriaRole.Link, new() { Name = "Open the ad" })).ToBeVisibleAsync();

        await ArrivesAsync("Order", "66.50");
        await Expect(heard.Last.Locator(".order tbody tr")).ToHaveCountAsync(2);
        await ArrivesAsync("Form answers", "favourite day");
        await ArrivesAsync("Place", "Station Road, Vadodara");
        await Expect(heard.Last.GetByRole(AriaRole.Link, new() { Name = "Open on the map" })).ToBeVisibleAsync();
        await ArrivesAsync("Contact card", "+44 7700 900321");
        await Expect(heard.Last.GetByRole(AriaRole.Link, new() { Name = "Save as contact" })).ToBeVisibleAsync();
        await ArrivesAsync("Forwarded message", "Forwarded");
        await ArrivesAsync("Message of an unknown kind", "can't be shown yet: hologram");
        await customer.Button("Call your number").ClickAsync();
        await Expect(heard.Last).ToHaveTextAsync(new Regex("^\\s*Called at [0-9]{2}:[0-9]{2}, not answered\\s*$"));
        await SendAsync(customer, "Message in a group");
        await ArrivesAsync("Question about a product", "About the product KETTLE-2");
        await Expect(agent.Page.GetByText("Who comes on Saturday?")).ToHaveCountAsync(0);
        (await agent.SeriousIssuesAsync()).ShouldBeEmpty();

        // The agent quotes the question, and the customer sees that somebody writes, and what is answered.
        await MenuOfAsync(agent, heard.Last, "Reply");
        var field = agent.Page.GetByLabel("Message", new() { Exact = true });
        await Expect(field).ToBeFocusedAsync();
        await field.PressSequentiallyAsync("Yes, in two blues");
        await Expect(phone.GetByText("is writing …")).ToBeVisibleAsync();
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(agent.Page.Locator(".bubble.ours").Last.Locator("blockquote")).ToHaveTextAsync("Do you have this in blue?");
        await Expect(phone.Locator(".bubble.theirs").Last.Locator("blockquote")).ToHaveTextAsync("Do you have this in blue?");
        await Expect(phone.Locator(".bubble.mine").Last.GetByRole(AriaRole.Img, new() { Name = "Read", Exact = true })).ToBeVisibleAsync();

        await MenuOfAsync(agent, heard.Last, "👍");
        await Expect(phone.Locator(".bubble.mine").Last.Locator(".reaction")).ToHaveTextAsync("👍");
        await Expect(heard.Last.Locator(".reactions")).ToHaveTextAsync("👍");
        await phone.Locator(".bubble.theirs").Last.Locator("summary[aria-label=React]").ClickAsync();
        await phone.Locator(".bubble.theirs").Last.GetByRole(AriaRole.Button, new() { Name = "❤️", Exact = true }).ClickAsync();
        await Expect(agent.Page.Locator(".bubble.ours").Last.Locator(".reactions")).ToHaveTextAsync("❤️");

        await agent.GotoAsync("/conversations/groups");
        await Expect(agent.Page.GetByText("Who comes on Saturday?").First).ToBeVisibleAsync();
        (await customer.SeriousIssuesAsync()).ShouldBeEmpty();

        async Task ArrivesAsync(string sample, string says)
        {
            await SendAsync(customer, sample);
            await Expect(heard.Last).ToContainTextAsync(says);
        }
    }

    [Fact]
    public async Task Staff_send_a_card_a_sticker_and_a_voice_note_ask_where_somebody_is_forward_copy_and_leave_unread()
    {
        await app.SayAsync("+12025550181", "Forward it to me, please");
        await app.SayAsync("+12025550182", "Whom do I ask about the fair?");
        await using var customer = await app.SignInAsync("admin@demo.test");
        await using var agent = await app.SignInAsync("agent@demo.test");
        var phone = await PhoneAsync(customer, "%2B12025550182");
        await agent.OpenConversationAsync("Whom do I ask");
        var (field, said) = (agent.Page.GetByLabel("Message", new() { Exact = true }), agent.Page.Locator(".bubble.ours"));
        await Expect(field).ToBeEditableAsync();

        await agent.MoreToSendAsync("Send a contact card");
        var cards = agent.Page.GetByRole(AriaRole.Region, new() { Name = "Send a contact card" });
        const string name = "Ananya Venkataraman";
        await cards.GetByRole(AriaRole.Searchbox).FillAsync(name);
        await cards.Locator(".found .mud-list-item", new() { HasText = name }).First.ClickAsync();
        await Expect(said.Last.Locator(".card strong")).ToHaveTextAsync(name);
        await Expect(phone.Locator(".bubble.theirs").Last).ToContainTextAsync(name);

        await agent.Page.WaitForFunctionAsync("() => '_blazorInputFileNextFileId' in document.querySelector('input[data-attach]')");
        await agent.Page.Locator("input[data-attach]").SetInputFilesAsync(
            new FilePayload { Name = "thanks.webp", MimeType = "image/webp", Buffer = Webp });
        await Expect(agent.Page.GetByRole(AriaRole.List, new() { Name = "Files to send" })).ToContainTextAsync("thanks.webp");
        await field.FocusAsync();
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(said.Last.Locator("img")).ToBeVisibleAsync();
        await Expect(phone.Locator(".bubble.theirs").Last.Locator("img")).ToBeVisibleAsync();

        await agent.MoreToSendAsync("Ask for their location");
        await agent.Page.Locator("#request-body").FillAsync("Where shall we deliver?");
        await agent.Page.GetByRole(AriaRole.Region, new() { Name = "Ask for their location" })
            .GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "Send location" }).ClickAsync();
        await Expect(agent.Page.Locator(".bubble.theirs").Last).ToContainTextAsync("Vadodara Junction");

        await MenuOfAsync(agent, agent.Page.Locator(".bubble.theirs").First, "Forward");
        var dialog = agent.Page.GetByRole(AriaRole.Dialog, new() { Name = "Forward to" });
        await dialog.GetByRole(AriaRole.Searchbox).FillAsync("12025550181");
        await dialog.Locator(".mud-list-item", new() { HasText = "0181" }).ClickAsync();
        await Expect(agent.Page.GetByText("Forwarded", new() { Exact = true })).ToBeVisibleAsync();
        var other = await PhoneAsync(customer, "%2B12025550181");
        await Expect(other.Locator(".bubble.theirs").Last).ToContainTextAsync("Whom do I ask about the fair?");

        await agent.Button("More with this conversation").ClickAsync();
        await agent.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Copy the transcript", Exact = true }).ClickAsync();
        await Expect(agent.Page.GetByText("Transcript copied")).ToBeVisibleAsync();
        var copied = await agent.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        copied.ShouldContain(": Whom do I ask about the fair?");
        copied.ShouldContain(": Where shall we deliver?");

        // WhatsApp takes voice notes in one format, which not every browser records.
        await agent.Button("Record a voice note").ClickAsync();
        await Expect(agent.Page.Locator("[data-record-note]")).ToHaveTextAsync(new Regex("This browser can't record voice notes"));
        await agent.Page.AddInitScriptAsync(Microphone);
        await agent.Page.ReloadAsync();
        await agent.LiveAsync();
        await Expect(field).ToBeEditableAsync();
        await agent.Page.WaitForFunctionAsync("() => '_blazorInputFileNextFileId' in document.querySelector('input[data-attach]')");
        var record = agent.Button("Record a voice note");
        await record.ClickAsync();
        await Expect(record).ToHaveAttributeAsync("aria-pressed", "true");
        await record.ClickAsync();
        await Expect(agent.Page.GetByRole(AriaRole.List, new() { Name = "Files to send" })).ToContainTextAsync("voice-note");
        await field.FocusAsync();
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(said.Last.Locator("audio")).ToBeVisibleAsync();
        phone = await PhoneAsync(customer, "%2B12025550182");
        await Expect(phone.Locator(".bubble.theirs").Last.Locator("audio")).ToBeVisibleAsync();

        await MenuOfAsync(agent, agent.Page.Locator(".bubble.theirs").Last, "Mark unread from here");
        await agent.Page.WaitForURLAsync(new Regex("/conversations($|\\?)"));
        await Expect(agent.Page.Locator(".inbox-row", new() { HasText = "0182" }).Locator(".unread").First).ToBeVisibleAsync();
    }

    private static async Task<ILocator> PhoneAsync(StaffPage customer, string who)
    {
        await customer.GotoAsync("/sandbox?customer=" + who);
        return customer.Page.GetByRole(AriaRole.Region, new() { Name = "The customer's phone" });
    }

    private static async Task SendAsync(StaffPage customer, string sample)
    {
        await customer.Button("Send something else").ClickAsync();
        await customer.Page.GetByRole(AriaRole.Menuitem, new() { Name = sample, Exact = true }).ClickAsync();

        // The next press would come while it still closes.
        await Expect(customer.Page.Locator(".mud-popover-open .mud-menu-item")).ToHaveCountAsync(0);
    }

    private static async Task MenuOfAsync(StaffPage staff, ILocator bubble, string what)
    {
        await bubble.GetByRole(AriaRole.Button, new() { Name = "More with this message" }).ClickAsync();
        await staff.Page.GetByRole(AriaRole.Dialog, new() { Name = "This message" })
            .GetByRole(AriaRole.Button, new() { Name = what, Exact = true }).ClickAsync();
    }
}
