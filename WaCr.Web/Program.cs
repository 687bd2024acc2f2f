using WaCr.Web.CommandLine;
using WaCr.Web.Hosting;

if (OperatorCommands.AreAskedFor(args))
{
    return await OperatorCommands.RunAsync(args);
}

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddDatabase(builder.Configuration);
builder.Services.AddAccounts();
builder.Services.AddFeatures();
builder.Services.AddFirstStart(builder.Configuration);
builder.Services.AddJobs();
builder.Services.AddApi();
builder.AddStaffApp();

var app = builder.Build();
await app.MigrateDatabaseAsync();
await app.OfferDemoAsync();
await app.PrepareFirstStartAsync();
app.UseApi();
app.MapApi();
app.MapStaffApp();
app.Run();
return 0;

public partial class Program;
