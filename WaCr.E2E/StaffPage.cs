using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace WaCr.E2E;

/// <summary>A browser window, and what people do in it. Errors of the page or in its console fail the test when it closes.</summary>
public sealed class StaffPage : IAsyncDisposable
{
    // Whoever looks at this page gets its 404, which the browser reports as an error.
    private const string NotFound = "/not-found";

    // As long as a busy machine may take, for everything that is waited for. What is there sooner is not waited for longer.
    private const int Patience = 120_000;

    // Asked directly: its wrapper for Playwright opens another window for each run and hands every element over that passed.
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly List<string> _errors = [];

    static StaffPage() => Assertions.SetDefaultExpectTimeout(Patience);

    public StaffPage(IPage page)
    {
        Page = page;
        page.SetDefaultTimeout(Patience);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !Expected(message))
            {
                _errors.Add($"{message.Text} at {message.Location}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>A "404 (Not Found)" that the test asks for is reported by the browser as an error, too.</summary>
    public string? ExpectedFailure { get; set; }

    /// <summary>While the server is away the browser says so in its console, too.</summary>
    public bool ServerIsAway { get; set; }

    public ILocator Rows => Page.Locator("table.contacts tbody tr");

    public ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public async Task SignInAsync(string email, string password)
    {
        await Page.GotoAsync("/account/sign-in");
        await Page.GetByLabel("E-mail").FillAsync(email);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    /// <summary>Gives the password once more, for the pages that change how one signs in.</summary>
    public async Task ConfirmAsync(string password)
    {
        await Page.GotoAsync("/account/confirm");
        await Page.Locator("#password").FillAsync(password);
        await Page.Locator("main button.primary").ClickAsync();
        await Page.WaitForURLAsync("**/");
    }

    public async Task SignOutAsync()
    {
        await OpenAccountMenuAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Page.WaitForURLAsync("**/account/sign-in");
    }

    public async Task OpenAccountMenuAsync()
    {
        // The circuit renders the page anew when it comes up, with the menu closed.
        await LiveAsync();
        await Page.Locator("details.account-menu > summary").ClickAsync();
    }

    /// <summary>Opens a page and waits until its circuit answers.</summary>
    public async Task GotoAsync(string path)
    {
        await Page.GotoAsync(path);
        await LiveAsync();
    }

    /// <summary>Waits until the contact list shows the rows of what was asked last; its chips and sort marks change before them.</summary>
    public Task LoadedAsync() => Page.Locator("table.contacts:not([aria-busy])").WaitForAsync();

    public Task LiveAsync() => Page.Locator(".shell[data-live]").WaitForAsync();

    public async Task SearchAsync(string text)
    {
        await Page.GetByRole(AriaRole.Searchbox).FillAsync(text);
        await Page.WaitForURLAsync(new Regex("[?&]search=" + Regex.Escape(Uri.EscapeDataString(text))));
    }

    public async Task OpenFirstContactAsync()
    {
        await Rows.First.GetByRole(AriaRole.Link).ClickAsync();
        // A field, or words for those who may not change it.
        await Assertions.Expect(Page.GetByLabel("First name").Or(Page.GetByText("First name", new() { Exact = true })).First).ToBeVisibleAsync();
    }

    /// <summary>Chooses in a select: opens it and takes the option of this text.</summary>
    public async Task ChooseAsync(ILocator select, string option)
    {
        await select.ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
        await Assertions.Expect(select).ToHaveValueAsync(option);
        // It has the focus back now; before that it would take it from whoever is filled in next.
        await Assertions.Expect(select).ToBeFocusedAsync();
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The first two steps of a new broadcast: whom it is for, and an order's state to each of them.</summary>
    /// <param name="filled">Looks at the page before it goes on to the last step.</param>
    public async Task PlanBroadcastAsync(string group, string audience, Func<Task>? filled = null)
    {
        await GotoAsync("/broadcasts/new");
        await Page.GetByLabel("A group").CheckAsync();
        await ChooseAsync(Page.Locator("#audience-group"), group);
        await Assertions.Expect(Page.Locator(".audience-count")).ToHaveTextAsync(audience);
        await Button("Next").ClickAsync();
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Template" }).FillAsync("order_update");
        await Page.GetByRole(AriaRole.Option).First.ClickAsync();
        await ChooseAsync(Page.Locator("#variable-field_1"), "First name");
        foreach (var text in await Page.Locator("input[id^=variable-][id$=-text]").AllAsync())
        {
            await text.FillAsync("12345");
        }

        await (filled?.Invoke() ?? Task.CompletedTask);
        await Button("Next").ClickAsync();
    }

    /// <param name="text">Of its row in the inbox: what was said last, or part of the name.</param>
    public async Task OpenConversationAsync(string text)
    {
        await GotoAsync("/conversations");
        await Page.Locator(".inbox-row", new() { HasText = text }).First.ClickAsync();
    }

    /// <summary>Opens one of the composer's panels by its menu.</summary>
    public async Task MoreToSendAsync(string what)
    {
        await Button("More to send").ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = what, Exact = true }).ClickAsync();
    }

    public ILocator Row(string text) => Page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    /// <summary>Waits until nothing on the page is still being loaded.</summary>
    public async Task SettledAsync()
    {
        // A circuit that comes up takes the title of the prerendered page away and sets its own a moment later.
        await Assertions.Expect(Page).ToHaveTitleAsync(new Regex(@"\S"));
        await Assertions.Expect(Page.Locator(".skeleton")).ToHaveCountAsync(0);
    }

    /// <summary>What axe finds serious or critical, as readable lines; by these rules alone, where some are named.</summary>
    public async Task<IReadOnlyList<string>> SeriousIssuesAsync(params string[] rules)
    {
        await SettledAsync();
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await Page.EvaluateAsync(Axe);
        }

        return await Page.EvaluateAsync<string[]>(
            """
            async rules => {
              const { violations } = await axe.run(document, {
                // Telling what passed, node by node, costs more than finding what does not.
                resultTypes: ['violations'],
                ...(rules.length > 0 && { runOnly: { type: 'rule', values: rules } }),
              });
              return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
                .flatMap(({ id, nodes }) => nodes.map(({ html, any, all }) => `${id}: ${html}\n  ${[...any, ...all].map(check => check.message).join('; ')}`));
            }
            """,
            rules);
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        _errors.ShouldBeEmpty();
    }

    private bool Expected(IConsoleMessage message) =>
        ServerIsAway
        || message.Location.Contains(NotFound, StringComparison.Ordinal)
        || ExpectedFailure is { } expected && message.Text.Contains(expected, StringComparison.Ordinal);
}
