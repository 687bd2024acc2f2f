using Bunit;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Components.Pages.Contacts.Grid;

namespace WaCr.Web.Tests.Components;

public sealed class FilterEditorTests : ComponentTest
{
    [Fact]
    public async Task OnTheFirstOfAMonth_OneOfTheChoicesThatSayTheSame_IsPressed()
    {
        Time.SetUtcNow(new DateTimeOffset(2027, 2, 1, 12, 0, 0, TimeSpan.Zero));
        var choices = await Tenant.Get<ContactChoicesLoader>().LoadAsync(default).OrThrowAsync();
        var editor = Browser.Render<FilterEditor>(set => set.Add(e => e.Name, ContactFilter.Created).Add(e => e.Choices, choices));
        Pressed().ShouldBeEmpty();

        await editor.FindAll(".filter-presets button")[3].ClickAsync(new()); // this month, which begins today

        Pressed().ShouldBe(["Today"]);
        editor.Render(set => set.Add(e => e.Filter, ContactFilter.Between(ContactFilter.Created, new DateOnly(2027, 1, 26), null)));
        Pressed().ShouldBe(["Last 7 days"]);

        IEnumerable<string> Pressed() => editor.FindAll(".filter-presets [aria-pressed=true]").Select(button => button.TextContent.Trim());
    }
}
