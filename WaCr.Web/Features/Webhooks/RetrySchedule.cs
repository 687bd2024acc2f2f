namespace WaCr.Web.Features.Webhooks;

/// <summary>When a delivery that failed is tried again: over three days and a bit.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    // A receiver that asks for more is asked again all the same.
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(24);

    public static int MaxAttempts => Waits.Length + 1;

    /// <summary>Null where it is given up.</summary>
    /// <param name="attempts">How many there were.</param>
    /// <param name="asked">What the receiver asked for (Retry-After); it is waited for where it is longer.</param>
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
