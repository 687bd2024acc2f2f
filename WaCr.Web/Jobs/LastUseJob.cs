using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Jobs;

/// <summary>Writes when tokens and people were last here, and what strangers tried, every few seconds and once more at the end.</summary>
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
            await scope.ServiceProvider.GetRequiredService<TokenAddressWriter>().WriteAsync();
            await scope.ServiceProvider.GetRequiredService<SecurityEvents>().WriteCountedAsync();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // None of it is worth a server that stops; the next tick tries again.
            Log.NotWritten(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "The times of last use or the counted security events could not be written.")]
        public static partial void NotWritten(ILogger logger, Exception failure);
    }
}
