using Microsoft.Extensions.Logging;

namespace WaCr.Web.Tests.Hosting;

/// <summary>What an operator reads who changes nothing about the levels.</summary>
public sealed class LogLevelTests
{
    [Fact]
    public async Task ASend_LeavesNoLineOfALibrary()
    {
        await using var app = new LoggedApp();
        await app.StartAsync();
        var (tenant, client) = await app.App.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var contact = await tenant.CreateWriterAsync(app.App.Time);
        app.App.Graph.AcceptsEverySend();
        var before = app.Log.Entries.Count;

        (await client.PostAsync("/messages/text", new { phone = contact.Phone, message = "Hello" })).ShouldBe(HttpStatusCode.OK);

        app.Log.Entries.Skip(before)
            .Where(entry => !entry.Category.StartsWith("WaCr.", StringComparison.Ordinal))
            .Select(entry => $"{entry.Category}: {entry.Text}")
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("http://crm.example.com", true)]
    [InlineData("https://crm.example.com", false)]
    public async Task WithoutAnEncryptedPublicUrl_TheStartWarns(string publicUrl, bool warns)
    {
        const int noPublicUrl = 1105;
        await using var app = new LoggedApp(("PublicUrl", publicUrl));

        await app.StartAsync();

        app.Log.Warnings.Any(entry => entry.Event.Id == noPublicUrl).ShouldBe(warns);
    }

    private sealed class LoggedApp : IAsyncDisposable
    {
        public LoggedApp(params (string Key, string Value)[] settings) => App = new TestApp
        {
            More = services => services.AddSingleton<ILoggerProvider>(Log),
            Settings = settings.Append(("Logging:LogLevel:Default", "Information"))
                .ToDictionary(setting => setting.Item1, setting => setting.Item2, StringComparer.Ordinal),
        };

        public LogCollector Log { get; } = new();

        public TestApp App { get; }

        public Task StartAsync() => App.InitializeAsync();

        public async ValueTask DisposeAsync() => await App.DisposeAsync();
    }
}
