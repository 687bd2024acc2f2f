namespace WaCr.Web.Hosting;

public static class ShutdownExtensions
{
    // Enough for a message on its way to WhatsApp, and less than Docker's wait before it kills.
    private static readonly TimeSpan ForRequests = TimeSpan.FromSeconds(8);

    // After this the process ends, whatever still runs.
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(20);

    public static IServiceCollection AddShutdown(this IServiceCollection services) =>
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = ForRequests;
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore; // each loop restarts itself
        });

    /// <summary>Serves until the process is told to stop, and returns soon afterwards even if something hangs.</summary>
    public static async Task RunToTheEndAsync(this WebApplication app)
    {
        var isOverdue = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Timer? deadline = null;
        await using var told = app.Lifetime.ApplicationStopping.Register(
            () => deadline = new Timer(_ => isOverdue.TrySetResult(), null, AtMost, Timeout.InfiniteTimeSpan));
        var run = Task.Run(() => app.RunAsync());
        if (await Task.WhenAny(run, isOverdue.Task) != run)
        {
            await Console.Error.WriteLineAsync("The server stops without what did not end in time.");
        }
        else
        {
            await run;
        }

        await (deadline?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
