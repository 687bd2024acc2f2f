using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

/// <summary>What holds for every page: both themes, every width, and people who do not use a mouse or their eyes.</summary>
[Collection(StaffApp.Collection)]
public sealed class LookTests(StaffApp app)
{
    public static TheoryData<string, ColorScheme> Pages()
    {
        var pages = new TheoryData<string, ColorScheme>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var path in new[] { "/", "/contacts", "/contacts?search=zzzqqq", "/contacts/new", "/contacts/1", "/contacts/999999", "/settings/tokens" })
            {
                pages.Add(path, scheme);
            }
        }

        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_has_a_serious_accessibility_issue(string path, ColorScheme scheme)
    {
        await using var staff = await app.SignInAsync("owner@demo.test", scheme: scheme);
        await staff.GotoAsync(path);
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
        (await staff.Heading.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("/account/sign-in", ColorScheme.Light)]
    [InlineData("/account/sign-in", ColorScheme.Dark)]
    [InlineData("/account/denied", ColorScheme.Light)]
    [InlineData("/account/denied", ColorScheme.Dark)]
    public async Task No_plain_page_has_a_serious_accessibility_issue(string path, ColorScheme scheme)
    {
        await using var staff = await app.OpenAsync(scheme: scheme);
        await staff.Page.GotoAsync(path);
        (await staff.SeriousIssuesAsync()).ShouldBeEmpty();
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
        foreach (var path in new[] { "/", "/contacts", "/contacts/1", "/settings/tokens" })
        {
            await staff.GotoAsync(path);
        }

        elsewhere.ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_is_reached_with_the_keyboard()
    {
        await using var staff = await app.SignInAsync("viewer@demo.test");
        await staff.GotoAsync("/contacts");
        await staff.Page.Keyboard.PressAsync("/");
        await Expect(staff.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await staff.Rows.First.GetByRole(AriaRole.Link).FocusAsync();
        await staff.Page.Keyboard.PressAsync("Enter");
        await Expect(staff.Page.GetByLabel("First name")).ToBeVisibleAsync();
    }

    private static Task<bool> IsDarkAsync(StaffPage staff) =>
        staff.Page.EvaluateAsync<bool>("() => getComputedStyle(document.body).backgroundColor === 'rgb(20, 23, 22)'");
}
