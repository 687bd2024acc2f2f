using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

/// <summary>What holds for every page: both themes, every width, and people who do not use a mouse or their eyes.</summary>
[Collection(StaffApp.Collection)]
public sealed class LookTests(StaffApp app)
{
    // What has the focus without a ring around it, or with something else on top of it.
    private const string Unseen = """
        () => {
          const focused = document.activeElement;
          if (!focused || focused === document.body) return '';
          const shown = focused.matches('.visually-hidden') ? focused.closest('label') : focused;
          const style = getComputedStyle(shown);
          const rings = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
          const box = shown.getBoundingClientRect();
          const top = document.elementFromPoint(Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2), box.top + box.height / 2);
          const shows = top && (shown.contains(top) || top.contains(shown));
          return rings && shows ? '' : `${rings ? 'covered' : 'no ring'}: ${focused.outerHTML.slice(0, 200)}`;
        }
        """;

    public static TheoryData<string, ColorScheme, string> StaffPages => InBothThemes(AppRoutes.Staff);

    public static TheoryData<string, ColorScheme, string> AccountPages => InBothThemes(AppRoutes.Account);

    [Fact]
    public void Every_page_is_looked_at() => AppRoutes.OfTheProduct.Except(AppRoutes.Known).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(StaffPages))]
    public async Task No_page_has_a_serious_accessibility_issue(string path, ColorScheme scheme, string locale)
    {
        await using var staff = await app.SignInAsync("owner@demo.test", scheme: scheme, locale: locale);
        await staff.GotoAsync(path);
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await Expect(staff.Heading).ToHaveCountAsync(1);
        await ReadsFromItsSideAsync(staff, locale);
    }

    [Theory]
    [MemberData(nameof(AccountPages))]
    public async Task No_plain_page_has_a_serious_accessibility_issue(string path, ColorScheme scheme, string locale)
    {
        await using var staff = await app.SignInAsync("owner@demo.test", scheme: scheme, locale: locale);
        await staff.Page.GotoAsync(path);
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await ReadsFromItsSideAsync(staff, locale);
    }

    [Theory]
    [InlineData(ColorScheme.Light, StaffApp.English)]
    [InlineData(ColorScheme.Dark, StaffApp.Arabic)]
    public async Task The_sign_in_page_has_no_serious_accessibility_issue(ColorScheme scheme, string locale)
    {
        await using var staff = await app.OpenAsync(scheme: scheme, locale: locale);
        await staff.Page.GotoAsync("/account/sign-in");
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        await ReadsFromItsSideAsync(staff, locale);
    }

    [Theory]
    [InlineData(StaffApp.English)]
    [InlineData(StaffApp.Arabic)]
    public async Task No_page_is_wider_than_a_phone(string locale)
    {
        await using var staff = await app.SignInAsync("owner@demo.test", width: 390, height: 844, locale: locale);
        foreach (var look in AppRoutes.Staff)
        {
            await staff.GotoAsync(look.Path);
            await staff.SettledAsync();
            (await staff.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390, look.Path);
        }
    }

    [Fact]
    public async Task The_language_is_chosen_in_the_account_menu_and_stays()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test");
        await staff.GotoAsync("/contacts");
        await staff.OpenAccountMenuAsync();
        await staff.Button("Português").ClickAsync();
        await staff.Page.WaitForURLAsync("**/contacts");
        await staff.LiveAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Contatos", Exact = true })).ToBeVisibleAsync();
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
    public async Task Nothing_is_loaded_from_outside()
    {
        await using var staff = await app.OpenAsync();
        var elsewhere = new List<string>();
        staff.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(app.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                elsewhere.Add(request.Url);
            }
        };
        await staff.SignInAsync("owner@demo.test", StaffApp.Password);
        foreach (var look in AppRoutes.Staff)
        {
            await staff.GotoAsync(look.Path);
        }

        elsewhere.ShouldBeEmpty();
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
        await Expect(staff.Page.GetByLabel("First name")).ToBeVisibleAsync();
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

    /// <summary>Each page light from the left and dark from the right: what the one may break does not depend on the other.</summary>
    private static TheoryData<string, ColorScheme, string> InBothThemes(IReadOnlyList<Look> looks)
    {
        var pages = new TheoryData<string, ColorScheme, string>();
        foreach (var look in looks)
        {
            pages.Add(look.Path, ColorScheme.Light, StaffApp.English);
            pages.Add(look.Path, ColorScheme.Dark, StaffApp.Arabic);
        }

        return pages;
    }

    private static Task ReadsFromItsSideAsync(StaffPage staff, string locale) =>
        Expect(staff.Page.Locator("html")).ToHaveAttributeAsync("dir", locale == StaffApp.Arabic ? "rtl" : "ltr");

    private static Task<bool> IsDarkAsync(StaffPage staff) =>
        staff.Page.EvaluateAsync<bool>("() => getComputedStyle(document.body).backgroundColor === 'rgb(20, 23, 22)'");
}
