using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;

namespace WaCr.Web.Tests.Components;

public sealed class ToastTests : BunitContext
{
    private readonly FakeTimeProvider _time = new();
    private readonly Toasts _toasts;
    private readonly IRenderedComponent<UndoToasts> _shown;

    public ToastTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(_time);
        Services.AddLocalization();
        Services.AddScoped<Localizer>();
        Services.AddScoped<Toasts>();
        _toasts = Services.GetRequiredService<Toasts>();
        _shown = Render<UndoToasts>();
    }

    [Fact]
    public void Toast_IsAddedToALiveRegionThatWasThere()
    {
        _shown.Find(".toasts[aria-live=polite]").ChildElementCount.ShouldBe(0);

        _toasts.Show("Saved");

        _shown.WaitForAssertion(() => _shown.Find(".toasts .toast-text").TextContent.ShouldBe("Saved"));
        _shown.FindAll(".toast-undo").ShouldBeEmpty();
    }

    [Fact]
    public async Task Undo_RunsOnceAndClosesItsToast()
    {
        var undone = 0;
        _toasts.Show("Deleted 3 contacts", () =>
        {
            undone++;
            return Task.CompletedTask;
        });

        await _shown.WaitForElement(".toast-undo").ClickAsync(new());

        undone.ShouldBe(1);
        _shown.FindAll(".toast").ShouldBeEmpty();
    }

    [Fact]
    public async Task Undo_ThatFails_SaysSo()
    {
        _toasts.Show("Deleted", () => throw new InvalidOperationException("The database is gone."));

        await _shown.WaitForElement(".toast-undo").ClickAsync(new());

        _shown.Find("[role=alert]").TextContent.ShouldContain("The server can't do this right now");
    }

    [Fact]
    public void Toast_WithUndo_StaysTwelveSeconds()
    {
        _toasts.Show("Deleted", () => Task.CompletedTask);
        _shown.WaitForElement(".toast");

        _time.Advance(TimeSpan.FromSeconds(11));
        _shown.FindAll(".toast").Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(1));

        _shown.WaitForAssertion(() => _shown.FindAll(".toast").ShouldBeEmpty());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Toast_UnderThePointerOrWithFocus_Waits(bool hovers)
    {
        _toasts.Show("Deleted", () => Task.CompletedTask);
        var toast = _shown.WaitForElement(".toast");
        if (hovers)
        {
            toast.TriggerEvent("onmouseenter", new MouseEventArgs());
        }
        else
        {
            toast.TriggerEvent("onfocusin", new FocusEventArgs());
        }

        _time.Advance(TimeSpan.FromMinutes(5));

        _shown.FindAll(".toast").Count.ShouldBe(1);
    }

    [Fact]
    public void Toasts_Stack_UpToFour()
    {
        foreach (var number in Enumerable.Range(1, 5))
        {
            _toasts.Show($"Number {number}");
        }

        _shown.WaitForAssertion(() => _shown.FindAll(".toast-text").Select(text => text.TextContent)
            .ShouldBe(["Number 2", "Number 3", "Number 4", "Number 5"]));
    }

    [Fact]
    public async Task Escape_OnAToast_ClosesIt()
    {
        _toasts.Show("Saved");

        await _shown.WaitForElement(".toast").KeyDownAsync("Escape");

        _shown.FindAll(".toast").ShouldBeEmpty();
    }
}
