using Microsoft.Extensions.Hosting;
using WaCr.Web.Hosting;
using WaCr.Web.Jobs;

namespace WaCr.Web.Tests.Jobs;

public sealed class BackgroundLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static TheoryData<Exception> Failures =>
    [
        new InvalidOperationException("bug"),
        new TaskCanceledException("A call took too long.", new TimeoutException()),
        new OperationCanceledException("Somebody else's.", new CancellationToken(canceled: true)),
        new ObjectDisposedException(nameof(IServiceProvider)),
        new StorageUnavailableException(new IOException("full")),
    ];

    [Theory, MemberData(nameof(Failures))]
    public async Task AStepThatFails_WhateverTheReason_IsFollowedByTheNext(Exception failure)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        using var signal = new AsyncSignal();
        using var loop = new Loop(services.GetRequiredService<IServiceScopeFactory>(), signal, failure);

        await loop.StartAsync(CancellationToken.None);
        await loop.ThirdStep.WaitAsync(Patience);
        await loop.StopAsync(CancellationToken.None).WaitAsync(Patience);

        loop.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
        loop.Told.ShouldBe(Outage.IsCauseOf(failure) ? 0 : 1); // twice the same is one line
    }

    [Fact]
    public async Task HostThatIsGone_IsNoFailure()
    {
        var services = new ServiceCollection().BuildServiceProvider();
        using var signal = new AsyncSignal();
        using var loop = new Loop(services.GetRequiredService<IServiceScopeFactory>(), signal, new InvalidOperationException("bug"));
        await services.DisposeAsync();

        await loop.StartAsync(CancellationToken.None);
        await loop.ThirdAttempt.WaitAsync(Patience);
        await loop.StopAsync(CancellationToken.None).WaitAsync(Patience);

        (loop.Told, loop.State.Failures).ShouldBe((0, 0));
    }

    /// <summary>A request that hangs may have used up all of the host's time.</summary>
    [Fact]
    public async Task WhatWasStarted_Ends_BeforeTheHostGoesOn_ThoughItsTimeIsOver()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var ends = new TaskCompletionSource();
        using var loop = new SlowLoop(services.GetRequiredService<IServiceScopeFactory>(), ends.Task);
        await loop.StartAsync(CancellationToken.None);
        await loop.Started.WaitAsync(Patience);

        var stop = loop.StopAsync(new CancellationToken(canceled: true));
        stop.IsCompleted.ShouldBeFalse();
        ends.SetResult();

        await stop.WaitAsync(Patience);
        loop.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }

    /// <summary>Each is built on the one loop, so what holds for it holds for all.</summary>
    [Fact]
    public void EveryJob_IsABackgroundLoop()
    {
        var jobs = new ServiceCollection().AddJobs()
            .Where(service => service.ServiceType == typeof(IHostedService)).Select(service => service.ImplementationType!).ToList();
        jobs.ShouldNotBeEmpty();
        jobs.ShouldAllBe(job => job.IsAssignableTo(typeof(BackgroundLoop)));
        // QueueWatch runs only where somebody watches the queues.
        typeof(BackgroundLoop).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(BackgroundLoop).Namespace
                && type.IsAssignableTo(typeof(IHostedService))
                && !type.IsAbstract)
            .ShouldBe(jobs.Select(job => job.IsGenericType ? job.GetGenericTypeDefinition() : job).Distinct().Append(typeof(QueueWatch)), ignoreOrder: true);
    }

    private sealed class SlowLoop(IServiceScopeFactory scopes, Task end) : BackgroundLoop(scopes)
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Started => _started.Task;

        protected override Task RunAsync(CancellationToken stoppingToken)
        {
            _started.SetResult();
            return end;
        }

        protected override void Failed(Exception failure)
        {
        }
    }

    private sealed class Loop(IServiceScopeFactory scopes, AsyncSignal signal, Exception failure)
        : BackgroundLoop(scopes)
    {
        private readonly TaskCompletionSource _third = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _thirdAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _attempts;
        private int _steps;

        public Task ThirdStep => _third.Task;

        public Task ThirdAttempt => _thirdAttempt.Task;

        public int Told { get; private set; }

        protected override async Task RunAsync(CancellationToken stoppingToken)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await AttemptAsync(_ => Step(), stoppingToken);
                if (++_attempts == 3)
                {
                    _thirdAttempt.SetResult();
                }

                await signal.WaitAsync(TimeSpan.FromMilliseconds(1), stoppingToken);
            }
        }

        private Task Step()
        {
            if (++_steps <= 2)
            {
                throw failure;
            }

            _third.TrySetResult();
            return Task.CompletedTask;
        }

        protected override void Failed(Exception failure) => Told++;
    }
}
