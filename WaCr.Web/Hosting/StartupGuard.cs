using Microsoft.Extensions.Options;

namespace WaCr.Web.Hosting;

/// <summary>
/// Wraps the whole process: a fatal error becomes one sentence on standard error and exit code 1. The stack is written only at log level
/// Debug.
/// </summary>
internal static class StartupGuard
{
    private const int Failed = 1;
    private const string DefaultLevel = "Logging:LogLevel:Default";

    public static async Task<int> RunAsync(string[] args, Func<string[], Task<int>> work, TextWriter error)
    {
        try
        {
            return await work(args);
        }
        catch (Exception failure) when (failure is not HostAbortedException) // tools and tests stop a host this way
        {
            await error.WriteLineAsync(OneLine(Explain(failure)));
            if (IsDebug(args))
            {
                await error.WriteLineAsync(failure.ToString());
            }

            return Failed;
        }
    }

    private static string Explain(Exception failure) => failure switch
    {
        StartupException told => told.Message,
        OptionsValidationException invalid => string.Join(' ', invalid.Failures),
        // A malformed configuration file.
        InvalidDataException { InnerException: { } cause } file => $"{file.Message} {cause.GetBaseException().Message}",
        _ => $"WaCr cannot go on: {failure.Message}",
    };

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // The host may not exist and the configuration may be the cause, so it is read again as far as possible.
    private static bool IsDebug(string[] args)
    {
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environments.Production;
        var level = Read(
            builder =>
                builder.AddJsonFile("appsettings.json", optional: true).AddJsonFile($"appsettings.{environment}.json", optional: true),
            args)
            ?? Read(_ => { }, args);
        return Enum.TryParse<LogLevel>(level, ignoreCase: true, out var known) && known <= LogLevel.Debug;
    }

    private static string? Read(Action<IConfigurationBuilder> files, string[] args)
    {
        try
        {
            var builder = new ConfigurationBuilder();
            files(builder);
            string[] settings = [.. args.Where(arg => arg.Contains('=', StringComparison.Ordinal))];
            return builder.AddEnvironmentVariables().AddCommandLine(settings).Build()[DefaultLevel];
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or FormatException or IOException)
        {
            return null;
        }
    }
}
