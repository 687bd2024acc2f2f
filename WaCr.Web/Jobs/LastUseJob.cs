using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Jobs;

/// <summary>Writes when tokens and people were last here, every few seconds and once more at the end.</summary>
internal sealed partial class LastUseJob(IServiceScopeFactory scopes, TimeProvider time, ILogger<LastUseJob> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WriteAsync(CancellationToken.None);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TokenUseWriter>().WriteAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<LastSeenWriter>().WriteAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A time of last use is not worth a server that stops; the next tick tries again.
            Log.NotWritten(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "The times of last use could not be written.")]
        public static partial void NotWritten(ILogger logger, Exception failure);
    }
}
