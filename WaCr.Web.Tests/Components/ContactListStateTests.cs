using WaCr.Web.Components;
using WaCr.Web.Components.Pages.Contacts;

namespace WaCr.Web.Tests.Components;

public sealed class ContactListStateTests
{
    [Fact]
    public void Defaults_leave_the_address_clean() => Urls.ContactList(ContactListState.Default.ToParameters()).ShouldBe("/contacts");

    [Fact]
    public void What_is_written_is_read_again()
    {
        var state = new ContactListState("josé & co", "updated_at", false, 3, 50);
        Urls.ContactList(state.ToParameters()).ShouldBe("/contacts?search=jos%C3%A9%20%26%20co&sort=updated_at&page=3&size=50");
        ContactListState.Read("josé & co", "updated_at", 3, 50).ShouldBe(state);
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("  ", "password", -4, 7)]
    [InlineData("", "-", 0, 1_000_000)]
    public void What_makes_no_sense_is_read_as_the_default(string? search, string? sort, int? page, int? size) =>
        ContactListState.Read(search, sort, page, size).ShouldBe(ContactListState.Default);

    [Fact]
    public void A_header_sorts_and_a_second_click_turns_it_round()
    {
        var byName = ContactListState.Default with { Page = 4 };
        byName = byName.SortedBy("firstname");
        (byName.Sort, byName.Descending, byName.Page).ShouldBe(("firstname", false, 1));
        byName.SortedBy("firstname").Descending.ShouldBeTrue();
        byName.SortedBy("updated_at").Descending.ShouldBeTrue();
    }
}
