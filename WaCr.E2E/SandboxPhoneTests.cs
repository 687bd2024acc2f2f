using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class SandboxPhoneTests(StaffApp app)
{
    [Fact]
    public async Task A_customer_on_the_phone_and_an_agent_at_the_desk_see_each_other_at_once()
    {
        await using var customer = await app.SignInAsync("admin@demo.test");
        await using var agent = await app.SignInAsync("agent@demo.test");
        await customer.GotoAsync("/sandbox?customer=%2B12025550188");
        var phone = customer.Page.GetByRole(AriaRole.Region, new() { Name = "The customer's phone" });
        await phone.GetByLabel("Write as the customer").FillAsync("Can you deliver to the harbour?");
        await customer.Page.Keyboard.PressAsync("Enter");
        await Expect(phone.Locator(".bubble.mine")).ToContainTextAsync("Can you deliver to the harbour?");

        // The agent's window shows the customer's words, and the customer taps what the workspace asks.
        await agent.OpenConversationAsync("Can you deliver to the harbour?");
        await Expect(agent.Page.Locator(".bubble.theirs").Last).ToContainTextAsync("Can you deliver to the harbour?");
        await agent.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("Yes, this afternoon");
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(phone.Locator(".bubble.theirs").Last).ToContainTextAsync("Yes, this afternoon");
        await Expect(agent.Page.Locator(".bubble.ours").Last.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^Read$") }))
            .ToBeVisibleAsync();

        await customer.Button("Send buttons").ClickAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "In the afternoon", Exact = true }).ClickAsync();
        await Expect(phone.Locator(".bubble.mine").Last).ToContainTextAsync("In the afternoon");
        await Expect(agent.Page.Locator(".bubble.theirs").Last).ToContainTextAsync("In the afternoon");

        // In airplane mode nothing arrives until it ends.
        await customer.Page.GetByLabel("Airplane mode").CheckAsync();
        await Expect(phone.GetByText("nothing is delivered until it ends")).ToBeVisibleAsync();
        await agent.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("We are on our way");
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(agent.Page.Locator(".bubble.ours").Last.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^Sent$") }))
            .ToBeVisibleAsync();
        await Expect(phone.GetByText("We are on our way")).ToHaveCountAsync(0);
        await customer.Page.GetByLabel("Airplane mode").UncheckAsync();
        await Expect(phone.GetByText("We are on our way")).ToBeVisibleAsync();

        // A day passes for this customer, and the agent may no longer write freely.
        await customer.Button("Let 24 hours pass").ClickAsync();
        await Expect(agent.Page.GetByText("The 24-hour window has closed")).ToBeVisibleAsync();
        (await customer.SeriousIssuesAsync()).ShouldBeEmpty();
    }
}
