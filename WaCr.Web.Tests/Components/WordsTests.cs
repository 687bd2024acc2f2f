using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Common;
using WaCr.Web.Components;
using WaCr.Web.Components.Shared;

namespace WaCr.Web.Tests.Components;

public sealed class WordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Asha Patel", "AP")]
    [InlineData("  maria da conceição silva ", "MS")]
    [InlineData("Cher", "C")]
    [InlineData("", "?")]
    [InlineData("🦊 Fox", "🦊F")]
    public void Initials_are_the_first_letters_of_the_first_and_last_word(string name, string initials) => Initials.Of(name).ShouldBe(initials);

    [Fact]
    public void A_name_keeps_its_colour() => Initials.ColorClass("Asha Patel").ShouldBe(Initials.ColorClass("Asha Patel"));

    [Theory]
    [InlineData(20, "just now")]
    [InlineData(5 * 60, "5 min ago")]
    [InlineData(3 * 3600, "3 h ago")]
    [InlineData(30 * 3600, "yesterday")]
    [InlineData(5 * 86_400, "5 days ago")]
    [InlineData(60 * 86_400, "23 Sep")]
    [InlineData(400 * 86_400, "18 Oct 2025")]
    public void Times_are_told_from_now(int secondsAgo, string words) => TimeWords.Ago(Now.AddSeconds(-secondsAgo), Now, "UTC").ShouldBe(words);

    [Fact]
    public void Exact_times_are_the_workspaces() => TimeWords.Exact(Now, "Asia/Kolkata").ShouldBe("22 Nov 2026, 17:30 (Asia/Kolkata)");

    [Theory]
    [InlineData("/contacts?page=2", "/contacts?page=2")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\tcontacts", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void A_way_back_never_leaves_the_site(string? url, string expected) => Urls.LocalOrHome(url).ShouldBe(expected);

    [Fact]
    public void Every_error_has_words_of_its_own()
    {
        var common = ErrorWords.Of(new Unheard()).Title;
        AppError[] known =
        [
            new ValidationError("phone", "Phone number is required"), new NotFoundError("Contact not found"), new ForbiddenError("contacts:write"),
            new LimitExceededError("contacts", 5, 5), new FeatureNotAvailableError("api_access"), new InUseError("Status is still used", 3),
            new StaleVersionError(4), new OutageError(),
        ];
        known.ShouldAllBe(error => ErrorWords.Of(error).Title != common);
        var all = typeof(AppError).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(AppError)) && type.Namespace != "WaCr.Web.CommandLine") // never on a screen
            .ToHashSet();
        all.ExceptWith(known.Select(error => error.GetType()));
        all.ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_asks_who_is_there_except_these()
    {
        var open = typeof(Urls).Assembly.GetTypes()
            .Where(type => type.GetCustomAttributes<RouteAttribute>().Any())
            .Where(type => type.GetCustomAttribute<AuthorizeAttribute>() is null || type.GetCustomAttribute<AllowAnonymousAttribute>() is not null)
            .Select(type => type.Name);
        open.Order(StringComparer.Ordinal).ShouldBe(["AccessDeniedPage", "NotFoundPage", "SetUpPage", "SignInPage"]);
    }

    private sealed record Unheard() : AppError("Unheard of");
}
