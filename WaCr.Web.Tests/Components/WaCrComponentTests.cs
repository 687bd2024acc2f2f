using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using WaCr.Web.Common;
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

    private sealed class Page : WaCrComponent
    {
        public TaskCompletionSource<string> Service { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Shown { get; private set; }

        public AppError? Refusal => Error;

        public async Task ReadAsync()
        {
            var read = await TryAsync<string>(async ended => await Service.Task.WaitAsync(ended));
            (Shown, Error) = (read.Value ?? "nothing", read.Error);
        }

        public Task<Result<string>> WriteAsync() => TryAsync<string>(async () => await Service.Task);

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Shown);
    }
}
