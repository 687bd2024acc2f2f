using WaCr.Web.CommandLine;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Hosting;
using WaCr.Web.Hosting.Keys;
using WaCr.Web.Hosting.Telemetry;

NativeMemory.LimitArenas();
OwnerOnlyFiles.Begin();
return await StartupGuard.RunAsync(args, OperatorCommands.AreAskedFor(args) ? OperatorCommands.RunAsync : Program.ServeAsync, Console.Error);

public partial class Program
{
    internal static async Task<int> ServeAsync(string[] args)
    {
        var builder = OwnFiles.CreateBuilder(args);
        Settings.CheckLogLevels(builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabase(builder.Configuration);
        builder.Services.AddAccounts();
        builder.Services.AddKeys(builder.Configuration);
        builder.Services.AddPrices(builder.Configuration);
        builder.Services.AddFeatures();
        builder.Services.AddWhatsApp(builder.Configuration);
        builder.Services.AddDownloads(builder.Configuration);
        builder.AddSandbox();
        builder.Services.AddDemo(builder.Configuration);
        builder.Services.AddFirstStart(builder.Configuration);
        builder.Services.AddJobs();
        builder.AddHealth();
        builder.AddTelemetry();
        builder.Services.AddApi();
        builder.Services.AddMcp();
        builder.AddStaffApp();
        builder.AddWebSecurity();
        builder.Services.AddHeldPorts();
        builder.Services.AddShutdown();

        // Flushes the console log, however the process ends: only disposing of the log waits for its last lines.
        await using var app = builder.Build();

        // All of these must pass before anything is changed.
        app.CheckSettings();
        app.RefuseSandboxOutsideDevelopment();
        app.HoldPorts();
        app.HoldDatabase();

        await app.MigrateDatabaseAsync();
        await app.EncryptStoredSecretsAsync();
        await app.OfferDemoAsync();
        await app.RemindSandboxAsync();
        await app.PrepareFirstStartAsync();
        app.UseWebSecurity();
        app.UseApi();
        app.MapHealth();
        app.MapTelemetry();
        app.MapApi();
        app.MapMcpServer();
        app.MapStaffApp();
        app.MapSandbox();
        await app.RunToTheEndAsync();
        return 0;
    }
}
