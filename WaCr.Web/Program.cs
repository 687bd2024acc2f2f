using WaCr.Web.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddDatabase(builder.Configuration);
builder.Services.AddAccounts();
builder.Services.AddFeatures();

var app = builder.Build();
await app.MigrateDatabaseAsync();
app.Run();

public partial class Program;
