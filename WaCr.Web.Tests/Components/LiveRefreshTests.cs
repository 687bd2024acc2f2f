using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WaCr.Web.Components.Pages.Campaigns;
using WaCr.Web.Components.Shared;

namespace WaCr.Web.Tests.Components;

public sealed class LiveRefreshTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly RefreshInterval Quick = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));

    public static TheoryData<Exception> Failures =>
        [
            new InvalidOperationException("bug"),
            new TaskCanceledException("A query took too long."),
            new ObjectDisposedException("something else")
        ];

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

        using var live = new LiveRefresh(Quick, _ => new Nothing(), new NoPauseClock(), RefreshAsync, factory.CreateLogger("test"));
        await second.Task.WaitAsync(Patience);

        log.Warnings.ShouldHaveSingleItem().Exception.ShouldBe(failure);
    }

    [Fact]
    public void ACampaignPage_FollowsConversations_OnlyWhileItIsAtWork()
    {
        var feed = new ChangeFeed(NullLogger<ChangeFeed>.Instance);
        var (isAtWork, moved) = (true, 0);
        using var following = feed.FollowCampaigns(7, () => isAtWork, () => moved++);

        feed.Publish([new Change(ChangeKind.Conversation, 7, 42), new Change(ChangeKind.Conversation, 8, 42)]);
        moved.ShouldBe(1);

        isAtWork = false;
        feed.Publish([new Change(ChangeKind.Conversation, 7, 42)]);
        moved.ShouldBe(1);
        feed.Publish([new Change(ChangeKind.Campaigns, 7)]);
        moved.ShouldBe(2);
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
            // Nothing is listened to.
        }
    }
}
