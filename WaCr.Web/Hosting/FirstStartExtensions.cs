using Microsoft.Extensions.Options;
using WaCr.Web.Components;
using WaCr.Web.Features.Tenants;

namespace WaCr.Web.Hosting;

public static partial class FirstStartExtensions
{
    public static IServiceCollection AddFirstStart(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSettings<SetUpOptions>(configuration, SetUpOptions.Section).Services;

    /// <summary>Sets up the first workspace from configuration, or logs how to do it in a browser.</summary>
    public static Task PrepareFirstStartAsync(this WebApplication app) => app.UseDatabaseAsync(async () =>
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var firstStart = services.GetRequiredService<FirstStart>();
        var outcome = await firstStart.RunAsync(services.GetRequiredService<IOptions<SetUpOptions>>().Value, CancellationToken.None);
        if (!outcome.Succeeded)
        {
            Log.SetUpRefused(app.Logger, Explain(outcome.Error));
        }

        var isNeeded = await firstStart.IsNeededAsync(CancellationToken.None);
        if (isNeeded)
        {
            Log.SetUpNeeded(app.Logger, Urls.SetUp, services.GetRequiredService<SetUpCode>().Shown);
        }

        return isNeeded;
    });

    private static string Explain(Common.AppError error) => error is Common.ValidationError validation
        ? string.Join("; ", validation.Fields.Select(field => $"{field.Key}: {string.Join(", ", field.Value)}"))
        : error.Message;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1101, Level = LogLevel.Warning,
            Message = "There is no workspace yet. Open {Path} in a browser and enter the one-time code {Code}.")]
        public static partial void SetUpNeeded(ILogger logger, string path, string code);

        [LoggerMessage(EventId = 1102, Level = LogLevel.Error, Message = "The Setup section of the configuration is invalid: {Reason}.")]
        public static partial void SetUpRefused(ILogger logger, string reason);
    }
}
