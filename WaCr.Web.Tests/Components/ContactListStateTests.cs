using WaCr.Web.Components;
using WaCr.Web.Components.Pages.Contacts.Grid;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Components;

public sealed class ContactListStateTests
{
    private const string Zone = "Asia/Kolkata";

    public static TheoryData<string> Addresses =>
    [
        "", "?search=jos%C3%A9%20%26%20co", "?page=3", "?size=50", "?sort=firstname", "?sort=-updated_at,firstname,lastname",
        "?type=lead", "?type=!lead,guest", "?status_id=3,4", "?status_id=!3", "?source_id=7", "?assigned_id=5", "?assigned_id=none",
        "?assigned_id=!none", "?group_id=1,2", "?group_id=!1", "?group_id=none", "?country_id=356,76", "?country_id=!none",
        "?created_at=2026-01-01..2026-03-31", "?created_at=2026-01-01..", "?created_at=..2026-03-31", "?updated_at=2026-01-01..",
        "?last_message_at=..2026-03-31", "?unread=yes", "?unread=no", "?campaign=12-read", "?email=yes", "?email=no",
        "?is_opted_out=yes", "?is_opted_out=no", "?search=an&status_id=3&group_id=1,2&email=yes&sort=-updated_at&page=2&size=100",
    ];

    [Theory, MemberData(nameof(Addresses))]
    public void What_is_written_is_read_again(string query)
    {
        var state = Read(query);
        Uri.UnescapeDataString(Address(state)).ShouldBe(Uri.UnescapeDataString("/contacts" + query));
        Read(Address(state)["/contacts".Length..]).ShouldBe(state);
        state.ToQuery(20, ContactIncludes.None, Zone).Filters.Count.ShouldBe(state.Filters.Count);
    }

    [Theory]
    [InlineData("?search=%20%20&sort=password&page=-4&size=7")]
    [InlineData("?sort=-&page=0&size=1000000&view=99")]
    [InlineData("?page=abc&size=&view=x&sort=,,")]
    [InlineData("?page=99999999999999999999&size=-50")]
    [InlineData("?type=king&status_id=x&source_id=-1&assigned_id=0&group_id=1.5&country_id=1e3")]
    [InlineData("?type=!&status_id=!&source_id=,&assigned_id=none,1&group_id=!none,2&country_id=99999999999999999999")]
    [InlineData("?type=0&email=maybe&email=yes&is_opted_out=!yes")]
    [InlineData("?campaign=12&campaign=!12-read")]
    [InlineData("?campaign=12-9")]
    [InlineData("?created_at=..&status_id=none&source_id=none")]
    [InlineData("?created_at=2026-13-01..&is_opted_out=")]
    [InlineData("?created_at=0001-01-01..9999-12-31")]
    [InlineData("?created_at=2026-01-01&email=!no")]
    [InlineData("?created_at=!2026-01-01..2026-02-01")]
    [InlineData("?search=%00&%00=1&=2&&&")]
    public void What_makes_no_sense_is_read_as_the_default(string query) => Read(query).ShouldBe(ContactListState.Default);

    [Theory]
    [InlineData("?view=5&sort=-created_at&page=1", "/contacts?view=5&sort=-created_at")]
    [InlineData("?status_id=!3&search=an&page=3&size=50", "/contacts?status_id=!3&search=an&page=3&size=50")]
    [InlineData("?firstname=Ann&notes=x", "/contacts")]
    public void The_way_back_from_a_contact_keeps_what_the_list_had(string query, string list) =>
        Uri.UnescapeDataString(Urls.ContactList(ContactListState.ParametersIn(query))).ShouldBe(list);

    [Fact]
    public void Links_of_other_pages_narrow_the_list()
    {
        Read(Urls.ContactsWhere(ContactFilterFields.StatusId, 3)["/contacts".Length..]).Filter(ContactFilter.Status)!.Text.ShouldBe("3");
        Read(Urls.ContactsWhere(ContactFilterFields.Type, "lead")["/contacts".Length..]).Filter(ContactFilter.Type)!.Text.ShouldBe("lead");
        Read(Urls.ContactsWithout(ContactFilterFields.AssignedId)["/contacts".Length..])
            .Filter(ContactFilter.Assigned)!.IsNothing.ShouldBeTrue();
    }

    [Fact]
    public void Hundreds_of_values_are_no_filter() =>
        Read("?status_id=" + string.Join(',', Enumerable.Range(1, 101))).Filters.ShouldBeEmpty();

    [Fact]
    public void Filters_become_the_terms_of_the_list()
    {
        Terms("?type=lead&status_id=!3&group_id=1,2&assigned_id=none&email=yes&is_opted_out=no").ShouldBe(
        [
            "type.Equal(0;)", "status_id.NotEqual(3;)", "group_id.In(1,2;)", "assigned_id.Null(1;)", "email.Null(0;)",
            "is_opted_out.Equal(0;)",
        ]);
        Terms("?group_id=!1,2&country_id=!none").ShouldBe(["group_id.NotIn(1,2;)", "country_id.Null(0;)"]);
    }

    [Fact]
    public void Days_are_those_of_the_workspace_both_ends_included()
    {
        var term = Read("?created_at=2026-01-01..2026-01-31").ToQuery(20, ContactIncludes.None, Zone).Filters.ShouldHaveSingleItem();
        term.Operator.ShouldBe(FilterOperator.Between);
        new DateTime(term.Numbers[0], DateTimeKind.Utc).ShouldBe(new DateTime(2025, 12, 31, 18, 30, 0, DateTimeKind.Utc));
        new DateTime(term.Numbers[1] + 1, DateTimeKind.Utc).ShouldBe(new DateTime(2026, 1, 31, 18, 30, 0, DateTimeKind.Utc));

        // Beirut's clocks leap from midnight to one.
        Read("?created_at=2026-03-29..").ToQuery(
            20, ContactIncludes.None, "Asia/Beirut").Filters[0].Operator.ShouldBe(FilterOperator.GreaterOrEqual);
        Read("?created_at=..2026-01-31").ToQuery(
            20, ContactIncludes.None, "Nowhere/At_all").Filters[0].Operator.ShouldBe(FilterOperator.LessThan);
    }

    [Fact]
    public void A_header_sorts_and_a_second_click_turns_it_round()
    {
        var byName = Read("?page=4").SortedBy("firstname");
        (Address(byName), byName.Page).ShouldBe(("/contacts?sort=firstname", 1));
        Sort(byName.SortedBy("firstname")).ShouldBe("-firstname");
        Sort(byName.SortedBy("updated_at")).ShouldBe("-updated_at");
    }

    [Fact]
    public void With_Shift_a_header_is_added_turned_round_and_takes_the_last_place()
    {
        var state = Read("?sort=firstname").SortedAlsoBy("updated_at");
        Sort(state).ShouldBe("firstname,-updated_at");
        Sort(state.SortedAlsoBy("updated_at")).ShouldBe("firstname,updated_at");
        Sort(state.SortedAlsoBy("lastname").SortedAlsoBy("created_at")).ShouldBe("firstname,-updated_at,-created_at");
        Sort(state.SortedWithout("firstname")).ShouldBe("-updated_at");
        state.SortedWithout("firstname").SortedWithout("updated_at").ShouldBe(ContactListState.Default);
    }

    [Fact]
    public void A_filter_is_added_changed_in_its_place_and_taken_away()
    {
        var state = Read("?status_id=3&email=yes&page=7").With(new ContactFilter("status_id", true, ["4"]));
        Address(state).ShouldBe("/contacts?status_id=!4&email=yes");
        Address(state.With(new ContactFilter("type", false, ["lead"])).Without("status_id")).ShouldBe("/contacts?email=yes&type=lead");
        state.Unnarrowed.ShouldBe(ContactListState.Default);
    }

    [Fact]
    public void A_view_stands_in_the_address_by_its_id_until_it_is_changed()
    {
        var view = Read("?view=5&page=2");
        (view.Search, view.Filter("status_id")!.Text, view.Page, view.IsModified).ShouldBe(("an", "3", 2, false));
        Address(view).ShouldBe("/contacts?view=5&page=2");

        var changed = view.With(new ContactFilter("email", false, ["yes"]));
        changed.IsModified.ShouldBeTrue();
        Address(changed).ShouldBe("/contacts?view=5&search=an&status_id=3&email=yes&sort=-created_at");
        Read(Address(changed)["/contacts".Length..]).ShouldBe(changed);

        // All of it taken away is a change as well, and not the view again.
        var nothing = view.Unnarrowed;
        Address(nothing).ShouldBe("/contacts?view=5&sort=-created_at");
        Read("?view=5&sort=-created_at").ShouldBe(nothing);
        Read("?view=5&sort=-created_at").IsNarrowed.ShouldBeFalse();
    }

    private static ContactListState Read(string query) => ContactListState.Read(query, id => id == 5 ? "search=an&status_id=3" : null);

    private static string Address(ContactListState state) =>
        Urls.ContactList(state.ToParameters()).Replace("%21", "!", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal);

    private static string Sort(ContactListState state) =>
        string.Join(',', state.Sort.Select(term => (term.Descending ? "-" : "") + term.Field));

    private static IEnumerable<string> Terms(string query) =>
        Read(query).ToQuery(20, ContactIncludes.None, Zone).Filters.Select(term => term.ToString());
}
