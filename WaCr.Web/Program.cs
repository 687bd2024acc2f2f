using WaCr.Web.CommandLine;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Hosting;

NativeMemory.KeepFewArenas();
if (OperatorCommands.AreAskedFor(args))
{
    return await OperatorCommands.RunAsync(args);
}

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddDatabase(builder.Configuration);
builder.Services.AddAccounts();
builder.Services.AddFeatures();
builder.Services.AddWhatsApp(builder.Configuration);
builder.Services.AddDownloads(builder.Configuration);
builder.AddSandbox();
builder.Services.AddFirstStart(builder.Configuration);
builder.Services.AddJobs();
builder.Services.AddApi();
builder.AddStaffApp();
builder.AddWebSecurity();

// Whatever ends it, its last words are written: the console waits for them only when the log is disposed of.
await using var app = builder.Build();
if (!app.MayUseSandbox())
{
    return 1;
}

await app.MigrateDatabaseAsync();
if (!await app.OfferDemoAsync())
{
    return 1;
}

await app.RemindSandboxAsync();
await app.PrepareFirstStartAsync();
app.UseWebSecurity();
app.UseApi();
app.MapApi();
app.MapStaffApp();
app.MapSandbox();
app.Run();
return 0;

public partial class Program;
