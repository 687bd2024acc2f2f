using Bunit;
using WaCr.Web.Components.Layout;
using WaCr.Web.Components.Shared;

namespace WaCr.Web.Tests.Components;

public sealed class GlobalSearchTests : ComponentTest
{
    [Fact]
    public async Task Typing_FindsContactsByName_AndTellsWhatTheHitsAreFor()
    {
        var id = (await Tenant.CreateContactAsync("Asha")).Id;
        await Tenant.CreateContactAsync("Bruno");
        var search = Browser.Render<GlobalSearch>();

        await search.Find("input").InputAsync("asha");

        search.WaitForAssertion(() => search.Find("[role=option]").GetAttribute("href").ShouldBe($"/contacts/{id}"));
        search.Find(".finder-hits").GetAttribute("data-for").ShouldBe("asha");
        search.Find(".finder-hits").TextContent.ShouldNotContain("Bruno");
    }

    [Fact]
    public async Task Opening_OffersWhatChangedLast_AndThePages()
    {
        var search = Browser.Render<GlobalSearch>();

        await search.Find(".search-opener").ClickAsync(new());

        search.WaitForAssertion(() => Links(search).ShouldContain("/contacts"));
        search.Find(".finder-hits").GetAttribute("data-for").ShouldBe("");
    }

    [Fact]
    public async Task Pages_AreThoseOfTheRole()
    {
        Become(Role.Viewer);
        var search = Browser.Render<GlobalSearch>();

        await search.Find(".search-opener").ClickAsync(new());

        search.WaitForAssertion(() => Links(search).ShouldContain("/contacts"));
        Links(search).ShouldNotContain("/settings/tokens");
        Links(search).ShouldNotContain("/contacts/new");
    }

    [Fact]
    public async Task NothingFound_SaysForWhat()
    {
        var search = Browser.Render<GlobalSearch>();

        await search.Find("input").InputAsync("zzzqqq");

        search.WaitForAssertion(() => search.Find("[role=status]").TextContent.ShouldBe("No results for “zzzqqq”"));
    }

    [Fact]
    public async Task CommandsOfTheOpenPage_AreFoundByTheBeginningsOfTheirWords()
    {
        await Tenant.CreateContactAsync("Ann");
        var runs = 0;
        var commands = Tenant.Get<PageCommands>();
        var offer = commands.Offer(() => [new PageCommand("Copy the transcript", "", Run), new PageCommand("Assign to me", "", Run)]);
        var search = Browser.Render<GlobalSearch>();

        await search.Find("input").InputAsync("an");
        search.WaitForAssertion(() => search.Find("[role=option]").TextContent.ShouldContain("Ann"));
        search.Find(".finder-hits").TextContent.ShouldNotContain("transcript");

        await search.Find("input").InputAsync("me ass");
        search.WaitForAssertion(() => search.Find("[role=option]").TextContent.ShouldBe("Assign to me"));
        await search.Find("[role=option]").ClickAsync(new());
        runs.ShouldBe(1);

        offer.Dispose();
        await search.Find("input").InputAsync("assign");
        search.WaitForAssertion(() => search.Find("[role=status]").TextContent.ShouldBe("No results for “assign”"));

        Task Run()
        {
            runs++;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task ACommandThatWasFoundOnThePageBefore_IsThatOfThePageThatIsOpen()
    {
        var ran = new List<string>();
        var commands = Tenant.Get<PageCommands>();
        var before = Offer("Ann");
        var search = Browser.Render<GlobalSearch>();
        await search.Find("input").InputAsync("assign");
        search.WaitForAssertion(() => search.Find("[role=option]").TextContent.ShouldBe("Assign to me"));

        before.Dispose();
        var now = Offer("Ben");
        await search.Find("[role=option]").ClickAsync(new());

        ran.ShouldBe(["Ben"]);

        now.Dispose();
        await search.Find("[role=option]").ClickAsync(new());
        ran.ShouldBe(["Ben"]);
        Tenant.Get<Toasts>().Shown.ShouldHaveSingleItem().Text.ShouldBe("“Assign to me” is no longer possible here");

        IDisposable Offer(string name) => commands.Offer(() =>
        [
            new PageCommand("Assign to me", "", () =>
            {
                ran.Add(name);
                return Task.CompletedTask;
            }),
        ]);
    }

    private static IEnumerable<string?> Links(IRenderedComponent<GlobalSearch> search) =>
        search.FindAll("[role=option]").Select(hit => hit.GetAttribute("href"));
}
