namespace WaCr.Web.Features.Webhooks;

/// <summary>Delays before retries of a failed delivery: somewhat over three days in total.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    // Limits how long a receiver may ask to wait.
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(24);

    public static int MaxAttempts => Waits.Length + 1;

    /// <summary>Null to give up.</summary>
    /// <param name="attempts">Attempts so far.</param>
    /// <param name="asked">The receiver's Retry-After; used if it is longer.</param>
    public static TimeSpan? WaitAfter(int attempts, TimeSpan? asked)
    {
        if (attempts > Waits.Length)
        {
            return null;
        }

        var wait = Waits[Math.Max(attempts, 1) - 1];
        return asked > wait ? TimeSpan.FromTicks(Math.Min(asked.Value.Ticks, Math.Max(MaxWait.Ticks, wait.Ticks))) : wait;
    }
}
