using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Downloads;

namespace WaCr.Web.Tests.Downloads;

/// <summary>What counts of an answer whose head came and whose text did not, or not whole.</summary>
public sealed class RemotePostsTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(200)]
    [InlineData(410)]
    public async Task Status_OfAnAnswerWhoseTextNeverEnds_Counts_WithWhatCame(int status)
    {
        await using var text = new BrokenText(failure: null);
        var posting = PostAsync(status, text);
        await text.IsStuck;
        _time.Advance(RemotePosts.Timeout);

        var outcome = await posting;

        (outcome.Status, outcome.Answer, outcome.Duration).ShouldBe((status, "part", RemotePosts.Timeout));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(410)]
    public async Task Status_OfAnAnswerThatIsCutOff_Counts_WithWhatCame(int status)
    {
        await using var text = new BrokenText(new IOException("The connection is gone."));

        var outcome = await PostAsync(status, text);

        (outcome.Status, outcome.Answer).ShouldBe((status, "part"));
    }

    [Fact]
    public async Task Caller_WhoGivesUp_GetsNoOutcome()
    {
        await using var text = new BrokenText(failure: null);
        using var caller = new CancellationTokenSource();
        var posting = PostAsync(200, text, caller.Token);
        await text.IsStuck;
        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(posting);
    }

    private async Task<PostOutcome> PostAsync(int status, Stream text, CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient(new Answering(status, text)) { Timeout = Timeout.InfiniteTimeSpan };
        var connections = new PublicConnections((_, _) => Task.FromResult<IPAddress[]>([]), Options.Create(new RemoteFileOptions()));
        return await new RemotePosts(http, connections, _time, allowsHttp: false)
            .PostAsync("https://receiver.test/hook", [], [], cancellationToken);
    }

    private sealed class Answering(int status, Stream text) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(text) });
    }

    /// <summary>Four bytes, then the failure; without one it waits until it is cancelled.</summary>
    private sealed class BrokenText(Exception? failure) : MemoryStream("part"u8.ToArray())
    {
        private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsStuck => _stuck.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length)
            {
                return Read(buffer.Span);
            }

            _stuck.TrySetResult();
            await (failure is null ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.FromException(failure));
            return 0;
        }
    }
}
