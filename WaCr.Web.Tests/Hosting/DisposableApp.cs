using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using WaCr.Web.Downloads;

namespace WaCr.Web.Tests.Hosting;

/// <summary>A server with settings of its own, for one test; it logs as an installation that looks for a fault does.</summary>
internal sealed class DisposableApp : IAsyncDisposable
{
    private DisposableApp((string Key, string Value)[] settings, WebhookReceiver receiver)
    {
        Receiver = receiver;
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { ["Logging:LogLevel:Default"] = "Debug" };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        App = new TestApp { Settings = all, More = Add };
    }

    public TestApp App { get; }

    /// <summary>A system that wants webhooks.</summary>
    public WebhookReceiver Receiver { get; }

    /// <summary>All that was logged, as the console shows it.</summary>
    public LogCollector Log { get; } = new();

    public IServiceProvider Services => App.Services;

    public static async Task<DisposableApp> StartAsync(params (string Key, string Value)[] settings)
    {
        var app = new DisposableApp(settings, await WebhookReceiver.StartAsync());
        await app.App.InitializeAsync();
        return app;
    }

    /// <summary>As the log of a step that failed.</summary>
    public void Fail(Exception failure) =>
        WatchedLog.StepFailed(Services.GetRequiredService<ILoggerFactory>().CreateLogger("WaCr.Web.Jobs"), failure);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    private void Add(IServiceCollection services)
    {
        services.PostConfigure<RemoteFileOptions>(options => options.TrustedHosts.Add(Receiver.Host));
        services.PostConfigure<WebhookOptions>(options => options.AllowHttp = true);
        services.AddSingleton<ILoggerProvider>(Log);
        services.AddSingleton<IStartupFilter>(new LineInEachRequest());
    }

    /// <summary>A line of a request carries what the request's scopes hold.</summary>
    private sealed class LineInEachRequest : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("WaCr.Web.Tests");
            app.Use((context, rest) =>
            {
                WatchedLog.RequestCame(log);
                return rest(context);
            });
            next(app);
        };
    }
}

internal static partial class WatchedLog
{
    [LoggerMessage(EventId = 9901, Level = LogLevel.Error, Message = "A step failed.")]
    public static partial void StepFailed(ILogger logger, Exception failure);

    [LoggerMessage(EventId = 9902, Level = LogLevel.Warning, Message = "A line of a request.")]
    public static partial void RequestCame(ILogger logger);
}
