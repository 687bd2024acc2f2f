using Bunit;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;

namespace WaCr.Web.Tests.Components;

/// <summary>The page gives a search back by way of its address: later than it was told, while typing goes on.</summary>
public sealed class SearchBoxTests : BunitContext
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _told = [];
    private readonly IRenderedComponent<SearchBox> _box;

    public SearchBoxTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(_time);
        Services.AddLocalization();
        Services.AddScoped<Localizer>();
        SetRendererInfo(new("Server", isInteractive: true));
        _box = Render<SearchBox>(given => given.Add(box => box.Label, "Search").Add(box => box.Value, "").Add(box => box.ValueChanged, _told.Add));
    }

    private string? Shown => _box.Find("input").GetAttribute("value");

    [Fact]
    public async Task Typing_IsToldOnceItPauses()
    {
        var first = _box.Find("input").InputAsync("qui");
        _time.Advance(TypingPause.Length / 2);
        var second = _box.Find("input").InputAsync("quick ");
        _time.Advance(TypingPause.Length / 2);
        _told.ShouldBeEmpty();

        _time.Advance(TypingPause.Length / 2);
        await Task.WhenAll(first, second);

        _told.ShouldBe(["quick"]);
        Shown.ShouldBe("quick ");
    }

    [Fact]
    public async Task PageThatStillGivesWhatWas_ChangesNothing()
    {
        await TypeAsync("quick");

        Give("");

        Shown.ShouldBe("quick");
    }

    [Fact]
    public async Task EarlierSearchThatComesBackLate_ChangesNothing()
    {
        await TypeAsync("quick");
        await TypeAsync("quick fo");

        Give("quick");
        Shown.ShouldBe("quick fo");

        Give("quick fo");
        Shown.ShouldBe("quick fo");
    }

    [Fact]
    public async Task BlankAtTheEnd_StaysWhenThePageGivesTheSearchWithoutIt()
    {
        await TypeAsync("quick ");

        Give("quick");

        Shown.ShouldBe("quick ");
    }

    [Fact]
    public async Task SearchThatWasGivenUp_IsShownWhenItComesBack()
    {
        await TypeAsync("quick");
        await TypeAsync("");
        Give("");

        Give("quick");

        Shown.ShouldBe("quick");
    }

    [Fact]
    public async Task SearchChangedElsewhere_IsShown()
    {
        await TypeAsync("quick");
        Give("quick");

        Give("");
        Shown.ShouldBeNullOrEmpty();

        Give("from a bookmark");
        Shown.ShouldBe("from a bookmark");
    }

    private void Give(string value) => _box.Render(given => given.Add(box => box.Value, value));

    private async Task TypeAsync(string text)
    {
        var typing = _box.Find("input").InputAsync(text);
        _time.Advance(TypingPause.Length);
        await typing;
    }
}
