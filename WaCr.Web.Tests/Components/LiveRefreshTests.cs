using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Components.Pages.Campaigns;
using WaCr.Web.Components.Shared;
using WaCr.Web.Tests.Support;

namespace WaCr.Web.Tests.Components;

public sealed class PulseTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly RefreshInterval Quick = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));

    public static TheoryData<Exception> Failures =>
        [new InvalidOperationException("bug"), new TaskCanceledException("A query took too long."), new ObjectDisposedException("something else")];

    [Theory, MemberData(nameof(Failures))]
    public async Task ARefreshThatFails_IsNotTheLast(Exception failure)
    {
        using var log = new LogCollector();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var refreshes = 0;
        Task RefreshAsync()
        {
            if (++refreshes == 1)
            {
                throw failure;
            }

            second.TrySetResult();
            return Task.CompletedTask;
        }

        using var pulse = new LiveRefresh(Quick, _ => new Nothing(), TimeProvider.System, RefreshAsync, factory.CreateLogger("test"));
        await second.Task.WaitAsync(Patience);

        log.Warnings.ShouldHaveSingleItem().Exception.ShouldBe(failure);
    }

    [Fact]
    public async Task ABroadcastsRefreshThatFails_IsNotTheLast()
    {
        using var factory = LoggerFactory.Create(_ => { });
        var time = new FakeTimeProvider();
        var refreshed = new SemaphoreSlim(0);
        using var pulse = new CampaignRefresh(
            time,
            () => true,
            () =>
            {
                refreshed.Release();
                throw new InvalidOperationException("bug");
            },
            factory.CreateLogger("test"));

        for (var round = 0; round < 2; round++)
        {
            await Eventually.HoldsAsync(
                () =>
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    return refreshed.Wait(0);
                },
                Patience);
        }
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
            // Nothing is listened to.
        }
    }
}
