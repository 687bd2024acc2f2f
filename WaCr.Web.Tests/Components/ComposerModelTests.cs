using WaCr.Web.Components.Pages.Conversations;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Tests.Components;

public sealed class ComposerModelTests
{
    [Fact]
    public void Buttons_AreAtMostThree_NamedAndDifferent()
    {
        var filling = new ChoicesFilling { Body = "Which day?" };
        filling.Check().Select(error => error.Key).ShouldBe(["buttons.0.title"]);
        filling.Buttons[0] = "Monday";
        filling.Buttons.Add("Monday ");
        filling.MayAddButton.ShouldBeTrue();
        filling.Buttons.Add("Friday");
        filling.MayAddButton.ShouldBeFalse();

        filling.Check()["buttons.1.title"].ShouldBe([MessageErrors.TitleTaken]);
        filling.Buttons[1] = "Tuesday";
        filling.Check().ShouldBeEmpty();
        filling.ToRequest(7).Buttons!.Select(button => (button.Id.Or(null), button.Title.Or(null)))
            .ShouldBe([("button-1", "Monday"), ("button-2", "Tuesday"), ("button-3", "Friday")]);
    }

    [Fact]
    public void List_HasTenRowsInAllSectionsTogether()
    {
        var filling = new ChoicesFilling { Body = "Choose", IsList = true, ListButton = "See all" };
        filling.Sections[0].Title = "Fruit";
        filling.Sections[0].Rows[0].Title = "Apples";
        filling.Check().ShouldBeEmpty();
        filling.Sections.Add(new ChoiceSection { Title = "More" });
        filling.Sections[1].Rows[0].Title = "Pears";
        for (var row = 2; row < InteractiveDraft.MaxRows; row++)
        {
            filling.MayAddRow.ShouldBeTrue();
            filling.Sections[1].Rows.Add(new ChoiceRow { Title = $"Row {row}" });
        }

        (filling.MayAddRow, filling.MayAddSection).ShouldBe((false, false));
        filling.Check().ShouldBeEmpty();
        filling.Sections[1].Rows.Add(new ChoiceRow { Title = "One too many" });
        filling.Check().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("2026-07-01T09:00", "Europe/Lisbon", "2026-07-01T08:00:00Z")]
    [InlineData("2026-03-29T01:30", "Europe/Lisbon", "2026-03-29T01:30:00Z")] // left out: an hour later on the wall
    [InlineData("2026-10-25T01:30", "Europe/Lisbon", "2026-10-25T01:30:00Z")] // comes twice
    [InlineData("2026-01-01T00:30", "Pacific/Kiritimati", "2025-12-31T10:30:00Z")]
    [InlineData("2026-01-01T00:30", "Pacific/Pago_Pago", "2026-01-01T11:30:00Z")]
    [InlineData("2026-07-01T09:00", "Nowhere/Here", "2026-07-01T09:00:00Z")]
    public void WallClock_IsTheWorkspaces(string local, string zone, string moment)
    {
        var at = DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);
        ZoneClock.Moment(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), zone).ShouldBe(at);
    }

    [Theory]
    [InlineData("Hi @{contact_first_name}!", "Hi Asha!")]
    [InlineData("@{contact_last_name}", "@{contact_first_name}")] // a value that looks like a field stays
    [InlineData("@{unknown} @{contact_first_name", "@{unknown} @{contact_first_name")]
    [InlineData("@{@{contact_first_name}}", "@{Asha}")]
    public void MergeFields_AreFilledInOnePass(string text, string filled) => MergeFields.Fill(
        text, new Dictionary<string, string>(StringComparer.Ordinal) { [MergeFields.FirstName] = "Asha", [MergeFields.LastName] = "@{contact_first_name}" }).ShouldBe(filled);
}
