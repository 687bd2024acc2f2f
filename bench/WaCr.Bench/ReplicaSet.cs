using System.Diagnostics;

namespace WaCr.Bench;

/// <summary>Three replicas side by side.</summary>
internal sealed class ReplicaSet(string web, int firstPort) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public IReadOnlyList<Replica> All { get; } = [.. Enumerable.Range(firstPort, 3).Select(port => new Replica(web, port))];

    /// <summary>Starts those that do not run; together, as after an outage.</summary>
    public Task StartAsync() => Task.WhenAll(All.Where(replica => !replica.IsRunning).Select(replica => replica.StartAsync()));

    /// <summary>Kills the one that works most at the moment; returns the seconds until <paramref name="progress"/> goes on.</summary>
    public async Task<double> KillBusiestAsync(Func<Task<int>> progress)
    {
        var before = All.Select(replica => replica.ProcessorSeconds()).ToList();
        await Task.Delay(500);
        var busiest = All.Select((replica, i) => (Replica: replica, Work: replica.ProcessorSeconds() - before[i]))
            .MaxBy(one => one.Work).Replica;
        await busiest.KillAsync();
        var (killed, done) = (Stopwatch.GetTimestamp(), await progress());
        while (await progress() <= done && Stopwatch.GetElapsedTime(killed) < Patience)
        {
            await Task.Delay(50);
        }

        return Stopwatch.GetElapsedTime(killed).TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var replica in All)
        {
            replica.Dispose();
        }
    }
}
