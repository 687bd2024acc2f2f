using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

/// <summary>What holds for every page: both themes, every width, and people who do not use a mouse or their eyes.</summary>
[Collection(StaffApp.EveryPage)]
public sealed class LookTests(StaffApp app)
{
    // What has the focus without a ring around it, or with something else on top of it.
    private const string Unseen = """
        () => {
          const focused = document.activeElement;
          if (!focused || focused === document.body) return '';
          const shown = focused.matches('.visually-hidden') ? focused.closest('label') : focused;
          const style = getComputedStyle(shown);
          // A field of the kit draws its ring beside the input.
          const border = focused.closest('.mud-input-outlined')?.querySelector('.mud-input-outlined-border');
          const rings = border ? parseFloat(getComputedStyle(border).borderTopWidth) >= 2
            : style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
          const box = shown.getBoundingClientRect();
          const top = document.elementFromPoint(Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2), box.top + box.height / 2);
          const shows = top && (shown.contains(top) || top.contains(shown));
          return rings && shows ? '' : `${rings ? `covered by ${top?.outerHTML.slice(0, 200)}` : 'no ring'}: ${focused.outerHTML.slice(0, 200)}`;
        }
        """;

    // Words of a button that its edge cuts, and labels of a chart that touch.
    private const string ClippedLabels = """
        () => {
          const words = element => { const range = document.createRange(); range.selectNodeContents(element); return range.getBoundingClientRect(); };
          const shown = [...document.querySelectorAll('.mud-button-root')].filter(button => button.checkVisibility() && !button.closest('.idle') && !button.querySelector('.clip'));
          const cut = shown.filter(button => words(button).width > button.getBoundingClientRect().width + 1).map(button => button.innerText);
          const labels = [...document.querySelectorAll('.axis span')].filter(label => getComputedStyle(label).visibility === 'visible');
          const touching = labels.filter((label, index) => {
            const [mine, next] = [words(label), labels[index + 1]?.parentElement === label.parentElement ? words(labels[index + 1]) : null];
            return next && Math.max(mine.left, next.left) - Math.min(mine.right, next.right) < 2;
          });
          return [...cut, ...touching.map(label => label.innerText)];
        }
        """;

    // A telephone number as it is stored.
    private const string RawPhones = """
        () => [...document.querySelectorAll('main, main input[readonly]')].flatMap(part => (part.value ?? part.innerText).match(/\+\d{8,}/g) ?? [])
        """;

    private static readonly bool IsDeep = Environment.GetEnvironmentVariable("WACR_TEST_DEEP") == "1";

    /// <summary>Every look costs a run of axe; the short form takes one and what another theme alone can break.</summary>
    public static TheoryData<ColorScheme, string, int> Looks => IsDeep
        ? new()
        {
            { ColorScheme.Light, StaffApp.English, 1440 },
            { ColorScheme.Dark, StaffApp.English, 390 },
            { ColorScheme.Light, StaffApp.Portuguese, 390 },
            { ColorScheme.Dark, StaffApp.Portuguese, 1440 },
            { ColorScheme.Light, StaffApp.Arabic, 390 },
            { ColorScheme.Dark, StaffApp.Arabic, 1440 },
        }
        : new() { { ColorScheme.Light, StaffApp.English, 1440 } };

    [Fact]
    public void Every_page_is_looked_at() => AppRoutes.OfTheProduct.Except(AppRoutes.Known).ShouldBeEmpty();

    /// <summary>
    /// Each page once: axe in the light theme, colours in the dark one, its width on a phone, and what it loads. Nothing of it depends
    /// on another page, so two windows share the work.
    /// </summary>
    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Every_page_is_accessible_fits_a_phone_and_loads_nothing_from_outside(ColorScheme scheme, string locale, int width) =>
        (await WalkAsync(AppRoutes.Everywhere, scheme, locale, width, async (staff, look, elsewhere) =>
        [
            .. await staff.SeriousIssuesAsync(),
            .. await HeadingAsync(staff, look),
            .. await SideAsync(staff, locale),
            .. await BlankAsync(staff),
            .. await FindAsync(staff, ClippedLabels, "cuts"),
            .. look.Path == "/settings/audit" ? [] : await FindAsync(staff, RawPhones, "shows as stored"), // a trail tells what was stored
            .. await ContrastIssuesAsync(staff, scheme == ColorScheme.Light ? ColorScheme.Dark : ColorScheme.Light),
            .. await WidthAsync(staff),
            .. elsewhere(),
        ])).ShouldBeEmpty();

    /// <summary>Words of every language have room where they stand side by side.</summary>
    [Theory]
    [InlineData(StaffApp.English)]
    [InlineData(StaffApp.Portuguese)]
    [InlineData(StaffApp.Arabic)]
    public async Task Words_side_by_side_stand_whole_and_apart(string locale)
    {
        foreach (var width in new[] { 1440, 390 })
        {
            await using var staff = await app.SignInAsync("owner@demo.test", width, locale: locale);
            foreach (var path in new[] { "/", "/conversations", "/templates", "/contacts/1" })
            {
                await staff.GotoAsync(path);
                await staff.SettledAsync();
                (await staff.Page.Locator("main .mud-button-root").CountAsync()).ShouldBePositive(path);
                (await FindAsync(staff, ClippedLabels, "cuts")).ShouldBeEmpty($"{path} at {width}");
            }
        }
    }

    [Fact]
    public async Task Home_does_not_jump_when_its_figures_come()
    {
        await using var staff = await app.SignInAsync("owner@demo.test");
        await staff.Page.AddInitScriptAsync(
            "window.jumped = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => { window.jumped += entry.value; })).observe({ type: 'layout-shift', buffered: true });");
        await staff.GotoAsync("/");
        await Expect(staff.Page.GetByRole(AriaRole.Heading, new() { Name = "Messages from customers" })).ToBeVisibleAsync();
        await staff.SettledAsync();
        (await staff.Page.EvaluateAsync<double>("jumped")).ShouldBeLessThan(0.02);
    }

    [Fact]
    public async Task What_axe_finds_is_told_with_its_element()
    {
        await using var staff = await app.OpenAsync();
        await staff.Page.GotoAsync("/account/sign-in");
        await staff.Page.EvaluateAsync("() => document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/icon.svg\"><p style=\"color: #ccc; background: #fff\">Pale</p>')");

        var found = await staff.SeriousIssuesAsync();

        found.Count.ShouldBe(2);
        found.ShouldContain(issue => issue.StartsWith("image-alt: <img src=", StringComparison.Ordinal));
        found.ShouldContain(issue => issue.StartsWith("color-contrast: <p style=", StringComparison.Ordinal));
        (await staff.SeriousIssuesAsync("image-alt")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_sign_in_page_is_accessible_in_both_themes()
    {
        await using var staff = await app.OpenAsync();
        await staff.Page.GotoAsync("/account/sign-in");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        (await ContrastIssuesAsync(staff, ColorScheme.Dark)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_page_is_wider_than_a_phone_from_right_to_left() =>
        (await WalkAsync(AppRoutes.Everywhere, ColorScheme.Dark, StaffApp.Arabic, 390, async (staff, _, _) =>
        {
            await staff.SettledAsync();
            return [.. await SideAsync(staff, StaffApp.Arabic), .. await WidthAsync(staff), .. await CoveredTextAsync(staff)];
        })).ShouldBeEmpty();

    [Fact]
    public async Task The_language_is_chosen_in_the_account_menu_and_stays()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test");
        await staff.GotoAsync("/contacts");
        await staff.OpenAccountMenuAsync();
        await staff.Button("Português").ClickAsync();
        await staff.Page.WaitForURLAsync("**/contacts");
        await staff.LiveAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Contatos", Exact = true }))
            .ToBeVisibleAsync();
        await staff.GotoAsync("/");
        await Expect(staff.Page.Locator("html")).ToHaveAttributeAsync("lang", "pt");
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_somebody_chooses_and_the_choice_stays()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test", scheme: ColorScheme.Dark);
        await staff.GotoAsync("/");
        (await IsDarkAsync(staff)).ShouldBeTrue();
        await staff.OpenAccountMenuAsync();
        await staff.Button("Light").ClickAsync();
        (await IsDarkAsync(staff)).ShouldBeFalse();
        await staff.GotoAsync("/contacts");
        (await IsDarkAsync(staff)).ShouldBeFalse();
    }

    [Fact]
    public async Task Everything_is_reached_with_the_keyboard()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test");
        await staff.GotoAsync("/contacts");
        await Expect(staff.Heading).ToBeFocusedAsync(); // a page that comes up takes the focus there
        await staff.LoadedAsync();
        await staff.Page.Keyboard.PressAsync("/");
        await Expect(staff.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await staff.Rows.First.GetByRole(AriaRole.Link).FocusAsync();
        await staff.Page.Keyboard.PressAsync("Enter");
        await Expect(staff.Page.GetByText("First name", new() { Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>At 200 percent a screen of 1440 by 900 is half of it each way.</summary>
    [Fact]
    public async Task At_double_size_nothing_sticks_out_and_whatever_Tab_reaches_is_seen()
    {
        await using var staff = await app.SignInAsync("owner@demo.test", width: 720, height: 450);
        foreach (var path in new[] { "/", "/contacts?type=lead", "/contacts/new", "/contacts/import", "/groups", "/settings/people" })
        {
            await staff.GotoAsync(path);
            await staff.SettledAsync();
            (await staff.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(720, path);
            for (var press = 0; press < 25; press++)
            {
                await staff.Page.Keyboard.PressAsync("Tab");
                (await staff.Page.EvaluateAsync<string>(Unseen)).ShouldBeEmpty(path);
            }
        }
    }

    /// <summary>Looks at the pages in two windows side by side, and returns what is wrong with which.</summary>
    private async Task<IReadOnlyList<string>> WalkAsync(
        IReadOnlyList<Look> looks, ColorScheme scheme, string locale, int width,
        Func<StaffPage, Look, Func<IReadOnlyList<string>>, Task<IReadOnlyList<string>>> lookAtAsync)
    {
        var left = new ConcurrentQueue<Look>(looks);
        var wrong = new ConcurrentBag<string>();
        await Task.WhenAll(WindowAsync(), WindowAsync());
        return [.. wrong.Order(StringComparer.Ordinal)];

        async Task WindowAsync()
        {
            await using var staff = await app.SignInAsync("owner@demo.test", width, scheme: scheme, locale: locale);
            await staff.ConfirmAsync(StaffApp.Password);
            var outside = new ConcurrentQueue<string>();
            staff.Page.Request += (_, request) =>
            {
                if (!request.Url.StartsWith(app.Address, StringComparison.Ordinal)
                    && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                {
                    outside.Enqueue("loads " + request.Url);
                }
            };
            while (left.TryDequeue(out var look))
            {
                await staff.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await staff.Page.SetViewportSizeAsync(width, 900);
                await (look.HasCircuit ? staff.GotoAsync(look.Path) : staff.Page.GotoAsync(look.Path));
                foreach (var issue in await lookAtAsync(staff, look, () => [.. outside]))
                {
                    wrong.Add($"{look.Path}: {issue}");
                }
            }
        }
    }

    private static async Task<IReadOnlyList<string>> FindAsync(StaffPage staff, string script, string wrong) =>
        [.. (await staff.Page.EvaluateAsync<string[]>(script)).Select(found => $"{wrong} {found}")];

    private static async Task<IReadOnlyList<string>> HeadingAsync(StaffPage staff, Look look) =>
        look.HasCircuit && staff.Page.ViewportSize!.Width > 390 && await staff.Heading.CountAsync() != 1
            ? ["has not one main heading"]
            : [];

    private static async Task<IReadOnlyList<string>> SideAsync(StaffPage staff, string locale)
    {
        var side = locale == StaffApp.Arabic ? "rtl" : "ltr";
        return await staff.Page.Locator("html").GetAttributeAsync("dir") == side ? [] : [$"does not read {side}"];
    }

    // Something out of sight can lengthen the page: then it scrolls away into nothing.
    private static async Task<IReadOnlyList<string>> BlankAsync(StaffPage staff)
    {
        var blank = await staff.Page.EvaluateAsync<int>("""
            () => document.scrollingElement.scrollHeight
              - Math.max(innerHeight, ...[...document.body.children].map(part => part.getBoundingClientRect().bottom + scrollY))
            """);
        return blank > 1 ? [$"scrolls {blank} pixels into blank"] : [];
    }

    // What a theme can break alone: the page's parts are the same in both.
    private static async Task<IReadOnlyList<string>> ContrastIssuesAsync(StaffPage staff, ColorScheme scheme)
    {
        await staff.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        return await staff.SeriousIssuesAsync("color-contrast");
    }

    private static async Task<IReadOnlyList<string>> WidthAsync(StaffPage staff)
    {
        await staff.Page.SetViewportSizeAsync(390, 844);
        var width = await staff.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        return width > 390 ? [$"is {width} pixels wide on a phone"] : [];
    }

    // A field's own direction is its text's, which may differ from the page's: what stands in the field must go by one of them.
    private static async Task<IReadOnlyList<string>> CoveredTextAsync(StaffPage staff) =>
        await staff.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('input')].filter(field => {
              const box = field.getBoundingClientRect(), style = getComputedStyle(field);
              const left = box.left + parseFloat(style.paddingLeft), right = box.right - parseFloat(style.paddingRight);
              return field.matches('[type=text], [type=search]') && [...field.parentElement.querySelectorAll('button, img, svg')].some(part => {
                const over = part.getBoundingClientRect();
                return over.left < right - 1 && over.right > left + 1 && over.top < box.bottom && over.bottom > box.top;
              });
            }).map(field => `something lies on the text of ${field.id || field.placeholder}`)
            """);

    private static Task<bool> IsDarkAsync(StaffPage staff) =>
        staff.Page.EvaluateAsync<bool>("() => getComputedStyle(document.body).backgroundColor === 'rgb(20, 23, 22)'");
}
