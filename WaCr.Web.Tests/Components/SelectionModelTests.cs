using WaCr.Web.Components.Pages.Contacts.Grid;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Components;

public sealed class SelectionModelTests
{
    private static readonly long[] Page = [10, 11, 12, 13, 14];
    private readonly SelectionModel _picks = new();

    [Fact]
    public void Rows_are_picked_one_by_one_and_survive_paging_and_another_search()
    {
        _picks.Toggle(11, Page, extends: false);
        _picks.Toggle(21, [20, 21], extends: false);
        _picks.ShowOthers("search=an");
        _picks.Toggle(11, Page, extends: false);
        (_picks.Contains(11), _picks.Contains(21), _picks.Count(100)).ShouldBe((false, true, 1));
        _picks.ToSelection().Ids.ShouldBe([21]);
    }

    [Fact]
    public void Shift_picks_everything_in_between_in_either_direction_as_the_last_one_is()
    {
        _picks.Toggle(13, Page, extends: false);
        _picks.Toggle(11, Page, extends: true);
        _picks.ToSelection().Ids.Order().ShouldBe([11, 12, 13]);
        _picks.Toggle(12, Page, extends: true);
        _picks.ToSelection().Ids.Order().ShouldBe([13]);

        // From a row of another page there is no way.
        _picks.Toggle(30, [30, 31], extends: true);
        _picks.ToSelection().Ids.Order().ShouldBe([13, 30]);
    }

    [Fact]
    public void A_page_is_picked_and_let_go()
    {
        _picks.Toggle(99, [99], extends: false);
        _picks.SetPage(Page, ticked: true);
        _picks.Count(100).ShouldBe(6);
        _picks.SetPage(Page, ticked: false);
        _picks.ToSelection().Ids.ShouldBe([99]);
    }

    [Fact]
    public void All_that_match_but_two_are_a_query_and_two_ids()
    {
        var query = new ContactQuery { Search = "an" };
        _picks.Toggle(10, Page, extends: false);
        _picks.SelectAllMatching(query, "search=an");
        _picks.Count(18_204).ShouldBe(18_204);
        Page.ShouldAllBe(id => _picks.Contains(id));

        _picks.Toggle(11, Page, extends: false);
        _picks.Toggle(12, Page, extends: false);
        (_picks.Count(18_204), _picks.Contains(11), _picks.Contains(13)).ShouldBe((18_202, false, true));
        var selection = _picks.ToSelection();
        (selection.Matching, selection.Ids.Count).ShouldBe((query, 0));
        selection.Except.Order().ShouldBe([11, 12]);

        _picks.SetPage(Page, ticked: false);
        _picks.SetPage(Page, ticked: true);
        _picks.ToSelection().Except.ShouldBeEmpty();
    }

    [Fact]
    public void All_means_nothing_any_more_once_the_criteria_are_others()
    {
        _picks.SelectAllMatching(new ContactQuery { Search = "an" }, "search=an");
        _picks.ShowOthers("search=an");
        _picks.IsAllMatching.ShouldBeTrue();
        _picks.ShowOthers("search=anna");
        (_picks.IsAllMatching, _picks.Any(100)).ShouldBe((false, false));
    }

    [Fact]
    public void Fewer_that_match_than_were_taken_out_are_none()
    {
        _picks.SelectAllMatching(new ContactQuery(), "");
        _picks.SetPage(Page, ticked: false);
        (_picks.Count(3), _picks.Any(3)).ShouldBe((0, false));
    }
}
