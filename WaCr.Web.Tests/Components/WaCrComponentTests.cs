using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using WaCr.Web.Components.Shared;

namespace WaCr.Web.Tests.Components;

public sealed class WaCrComponentTests : IAsyncDisposable
{
    private readonly BunitContext _browser = new();

    public ValueTask DisposeAsync() => _browser.DisposeAsync();

    [Fact]
    public async Task Read_ComponentLeavesTheScreen_IsCancelledAndNothingAfterItRuns()
    {
        var page = _browser.Render<Page>().Instance;
        var reading = page.ReadAsync();

        await _browser.DisposeComponentsAsync();

        await Should.ThrowAsync<OperationCanceledException>(reading);
        page.Shown.ShouldBeNull();
    }

    [Fact]
    public async Task Write_ComponentLeavesTheScreen_IsBroughtToItsEnd()
    {
        var page = _browser.Render<Page>().Instance;
        var writing = page.WriteAsync();

        await _browser.DisposeComponentsAsync();
        page.Service.SetResult("written");

        (await writing).Value.ShouldBe("written");
    }

    [Fact]
    public async Task Read_TimesOutBelow_IsAnErrorAndNoCancellation()
    {
        var page = _browser.Render<Page>().Instance;
        var reading = page.ReadAsync();

        page.Service.SetException(new TaskCanceledException("The database took too long."));

        await reading;
        page.Refusal.ShouldBeOfType<OutageError>();
    }

    [Fact]
    public async Task Press_WhileThatOfAnEarlierOneIsDone_DoesNothing()
    {
        var page = _browser.Render<Page>().Instance;
        var first = page.PressAsync();
        await page.PressAsync();
        page.Presses.ShouldBe(1);
        page.ShowsBusy.ShouldBeTrue();

        page.Service.SetResult("done");
        await first;
        page.ShowsBusy.ShouldBeFalse();
        await page.PressAsync();
        page.Presses.ShouldBe(2);
    }

    [Fact]
    public async Task Press_ThatTheBrowserSentBeforeItHeardThatTheComponentIsGone_DoesNothing()
    {
        var page = _browser.Render<Page>().Instance;
        await _browser.DisposeComponentsAsync();
        page.Service.SetResult("done");
        await page.PressAsync();
        page.Presses.ShouldBe(0);
    }

    [Fact]
    public async Task Read_AnsweredJustAsTheComponentLeaves_IsNotShown()
    {
        var page = _browser.Render<Page>().Instance;
        var reading = page.ReadDeafAsync();

        await _browser.DisposeComponentsAsync();
        page.Service.SetResult("late");

        await Should.ThrowAsync<OperationCanceledException>(reading);
        page.Shown.ShouldBeNull();
    }

    [Fact]
    public async Task ReadThatIsAskedAgain_CancelsTheOneBefore_WhichAnswersNothing()
    {
        var page = _browser.Render<Page>().Instance;
        var first = page.ReadNewestAsync();
        var second = page.ReadNewestAsync();

        (await first).ShouldBeNull();
        page.Service.SetResult("newest");
        (await second)!.Value.ShouldBe("newest");
    }

    [Fact]
    public async Task Part_LeavesWithItsComponent_AndAtOnceIfThatHasGone()
    {
        var page = _browser.Render<Page>().Instance;
        var (early, late) = (new Part(), new Part());
        page.Keep(early);
        early.IsDisposed.ShouldBeFalse();

        await _browser.DisposeComponentsAsync();
        page.Keep(late);

        (early.IsDisposed, late.IsDisposed).ShouldBe((true, true));
    }

    private sealed class Part : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Page : WaCrComponent
    {
        public int Presses { get; private set; }

        public bool ShowsBusy => IsBusy;

        public Task PressAsync() => InvokeAsync(() => OnceAsync(async () =>
        {
            Presses++;
            await Service.Task;
        }));

        public TaskCompletionSource<string> Service { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Shown { get; private set; }

        public AppError? Refusal => Error;

        public async Task ReadAsync()
        {
            var read = await TryAsync<string>(async ended => await Service.Task.WaitAsync(ended));
            (Shown, Error) = (read.Value ?? "nothing", read.Error);
        }

        /// <summary>A service that answers although it was cancelled.</summary>
        public async Task ReadDeafAsync() => Shown = (await TryAsync<string>(async _ => await Service.Task)).Value;

        public Task<Result<string>?> ReadNewestAsync() => TryNewestAsync<string>(async ended => await Service.Task.WaitAsync(ended));

        public void Keep(Part part) => Own(part);

        public Task<Result<string>> WriteAsync() => TryAsync<string>(async () => await Service.Task);

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Shown);
    }
}
