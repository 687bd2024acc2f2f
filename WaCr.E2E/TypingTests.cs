using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

/// <summary>
/// Typing into every field of the app over a slow network: the server answers earlier letters while later ones are typed.
/// </summary>
[Collection(StaffApp.EveryPage)]
public sealed class TypingTests(StaffApp app)
{
    // Marks the fields that somebody can type into, so that each is found again whatever the page does meanwhile.
    private const string Fields = """
        () => [...document.querySelectorAll('input, textarea')]
          .filter(f => f.checkVisibility() && !f.readOnly && !f.disabled
            && (f.tagName === 'TEXTAREA' || ['text', 'search', 'email', 'tel', 'url', 'password'].includes(f.type)))
          .map((f, i) => { f.dataset.typed = i; return (f.labels?.[0]?.textContent || f.ariaLabel || f.placeholder || f.id || '').trim(); })
        """;

    private static readonly bool IsDeep = Environment.GetEnvironmentVariable("WACR_TEST_DEEP") == "1";

    /// <summary>Milliseconds of a round trip, and from key to key.</summary>
    public static TheoryData<int, int> Networks => IsDeep
        ? new() { { 40, 60 }, { 40, 100 }, { 120, 60 }, { 120, 100 }, { 200, 60 }, { 200, 100 } }
        : new() { { 120, 60 } };

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task No_letter_is_lost_in_any_field(int roundTrip, int keyToKey)
    {
        await using var network = new SlowNetwork(app.Address, TimeSpan.FromMilliseconds(roundTrip));
        var left = new ConcurrentQueue<Look>(AppRoutes.Everywhere.DistinctBy(look => look.Route));
        var wrong = new ConcurrentBag<string>();
        var typedInto = 0;
        await Task.WhenAll(WindowAsync(), WindowAsync());

        wrong.Order(StringComparer.Ordinal).ShouldBeEmpty();
        typedInto.ShouldBeGreaterThan(40);

        async Task WindowAsync()
        {
            await using var staff = await app.SignInAsync("owner@demo.test", at: network.Address);
            while (left.TryDequeue(out var look))
            {
                await (look.HasCircuit ? staff.GotoAsync(look.Path) : staff.Page.GotoAsync(look.Path));
                await UpAsync(network, staff, look.HasCircuit);
                var fields = await staff.Page.EvaluateAsync<string[]>(Fields);
                for (var i = 0; i < fields.Length; i++)
                {
                    if (await TypeAsync(network, staff, i, keyToKey) is { } difference)
                    {
                        wrong.Add($"{look.Path} “{fields[i]}”: {difference}");
                    }

                    Interlocked.Increment(ref typedInto);
                }
            }
        }
    }

    [Theory]
    [InlineData("/settings/webhooks", "Create your first webhook", "hook-url")]
    [InlineData("/settings/people", "Invite", "invite-email")]
    [InlineData("/settings/tokens", "New token", "token-name")]
    public async Task A_dialog_begins_in_its_first_field_and_loses_no_letter(string path, string opener, string first)
    {
        await using var network = new SlowNetwork(app.Address, TimeSpan.FromMilliseconds(200));
        await using var staff = await app.SignInAsync("owner@demo.test", at: network.Address);
        await staff.GotoAsync(path);
        await staff.Button(opener).ClickAsync();
        await Expect(staff.Page.Locator("#" + first)).ToBeFocusedAsync();
        await network.QuietAsync();

        var wrong = new List<string>();
        var fields = await staff.Page.EvaluateAsync<string[]>(Fields.Replace("document.query", "document.querySelector('[role=dialog]').query", StringComparison.Ordinal));
        for (var index = 0; index < fields.Length; index++)
        {
            if (await TypeAsync(network, staff, index, keyToKey: 60) is { } difference)
            {
                wrong.Add($"“{fields[index]}”: {difference}");
            }
        }

        fields.ShouldNotBeEmpty();
        wrong.ShouldBeEmpty();
    }

    /// <summary>A page gives its title the focus once it is up, a round trip after its fields can be written in.</summary>
    [Theory]
    [InlineData("/contacts", "[role=search] input")]
    [InlineData("/conversations/1", "[data-enter-sends]")]
    public async Task A_page_that_comes_up_leaves_the_focus_to_whoever_writes_already(string path, string field)
    {
        await using var network = new SlowNetwork(app.Address, TimeSpan.FromMilliseconds(400));
        await using var staff = await app.SignInAsync("owner@demo.test", at: network.Address);
        await staff.Page.GotoAsync(path);
        await staff.Page.EvaluateAsync(
            """
            field => new Promise(done => {
              const begin = () => {
                const found = document.querySelector(field + ':not([readonly])');
                if (found) { watch.disconnect(); found.focus(); done(); }
              };
              const watch = new MutationObserver(begin);
              watch.observe(document, { subtree: true, childList: true, attributes: true });
              begin();
            })
            """,
            field);
        await staff.Page.Keyboard.TypeAsync("quick");

        await staff.LiveAsync();
        await network.QuietAsync();
        await Expect(staff.Page.Locator(field)).ToBeFocusedAsync();
        await Expect(staff.Page.Locator(field)).ToHaveValueAsync("quick");
    }

    /// <summary>What opens gives its first control the focus, a round trip after its fields can be written in.</summary>
    [Theory]
    [InlineData("/conversations/1?panel=contact", "Edit contact", "#city")]
    [InlineData("/settings/webhooks", "Create your first webhook", "#hook-description")]
    public async Task What_opens_leaves_the_focus_to_whoever_writes_already(string path, string opener, string field)
    {
        await using var network = new SlowNetwork(app.Address, TimeSpan.FromMilliseconds(400));
        await using var staff = await app.SignInAsync("owner@demo.test", at: network.Address);
        await staff.GotoAsync(path);
        await staff.Button(opener).ClickAsync();
        await staff.Page.Locator(field).ClickAsync();
        await staff.Page.Keyboard.TypeAsync("quick as can be", new() { Delay = 60 });

        await network.QuietAsync();
        await Expect(staff.Page.Locator(field)).ToBeFocusedAsync();
        await Expect(staff.Page.Locator(field)).ToHaveValueAsync(new Regex("quick as can be$"));
    }

    /// <summary>A list that closes gives its field the focus back, a round trip after the choice.</summary>
    [Theory]
    [InlineData("/settings/workspace", null, "#workspace-language", "#workspace-name")]
    [InlineData("/settings/tokens", "New token", "#token-expiry", "#token-name")]
    public async Task A_choice_from_a_list_leaves_the_focus_to_whoever_writes_on(string path, string? opens, string list, string field)
    {
        await using var network = new SlowNetwork(app.Address, TimeSpan.FromMilliseconds(400));
        await using var staff = await app.SignInAsync("owner@demo.test", at: network.Address);
        await staff.GotoAsync(path);
        await UpAsync(network, staff);
        if (opens is not null)
        {
            await staff.Button(opens).ClickAsync();
        }

        var written = staff.Page.Locator(field);
        await written.ClearAsync();
        await staff.Page.Locator(list).ClickAsync();
        await staff.Page.GetByRole(AriaRole.Option).Last.ClickAsync();
        await written.ClickAsync();
        await staff.Page.Keyboard.TypeAsync("Springfield", new() { Delay = 60 });

        await network.QuietAsync();
        await Expect(written).ToBeFocusedAsync();
        await Expect(written).ToHaveValueAsync("Springfield");
    }

    /// <summary>Each pause searches, and its answer arrives while the next letter is typed.</summary>
    [Theory]
    [InlineData("/contacts")]
    [InlineData("/conversations")]
    public async Task A_search_that_is_typed_slowly_loses_no_letter(string path)
    {
        await using var network = new SlowNetwork(app.Address, TimeSpan.FromMilliseconds(200));
        await using var staff = await app.SignInAsync("owner@demo.test", at: network.Address);
        await staff.GotoAsync(path);
        await UpAsync(network, staff);
        var box = staff.Page.GetByRole(AriaRole.Searchbox);

        await box.PressSequentiallyAsync("ash pat", new() { Delay = 400 });

        await network.QuietAsync();
        await Expect(box).ToHaveValueAsync("ash pat");
        await Expect(staff.Page).ToHaveURLAsync(new Regex("[?&]search=ash%20pat"));
    }

    // A page that comes up takes the focus, which would end the typing.
    private static async Task UpAsync(SlowNetwork network, StaffPage staff, bool isLive = true)
    {
        await staff.Page.WaitForFunctionAsync("live => !live || document.activeElement !== document.body", isLive);
        await network.QuietAsync();
    }

    private static async Task<string?> TypeAsync(SlowNetwork network, StaffPage staff, int index, int keyToKey)
    {
        var field = staff.Page.Locator($"[data-typed='{index}']");
        if (await field.CountAsync() == 0 || !await field.IsVisibleAsync())
        {
            return null; // What was typed before took it away.
        }

        // What a number or a date takes; a field that takes all gets a blank, too.
        var letters = await field.EvaluateAsync<string>("f => ['numeric', 'decimal'].includes(f.inputMode) ? '123' : f.closest('.mud-picker') ? '12032027' : 'quick fox'");
        await field.FocusAsync();
        await staff.Page.Keyboard.PressAsync("End");
        var before = await field.InputValueAsync();
        await staff.Page.Keyboard.TypeAsync(letters, new() { Delay = keyToKey });
        await network.QuietAsync();
        var room = await field.EvaluateAsync<int>("f => f.maxLength");
        var expected = before + letters;
        expected = room >= 0 && expected.Length > room ? expected[..room] : expected;
        var (after, caret) = (await field.InputValueAsync(), await field.EvaluateAsync<int?>("f => f.selectionStart"));
        return after != expected ? $"“{before}” became “{after}”"
            : caret is { } at && at != after.Length ? $"the caret stands at {at} of {after.Length}"
            : null;
    }
}
