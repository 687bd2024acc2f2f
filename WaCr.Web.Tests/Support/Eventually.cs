namespace WaCr.Web.Tests.Support;

/// <summary>Waits for what nobody tells: another process seen through its file, a job behind a request.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public static Task HoldsAsync(Func<bool> condition, TimeSpan patience) => HoldsAsync(() => Task.FromResult(condition()), patience);

    /// <param name="condition">Asked again and again until it holds.</param>
    /// <param name="patience">After it the wait is cancelled, and the test has failed.</param>
    /// <param name="interval">Where an answer costs something; 10 ms otherwise.</param>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan patience, TimeSpan? interval = null)
    {
        using var limit = new CancellationTokenSource(patience);
        using var timer = new PeriodicTimer(interval ?? Interval);
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
