using System.Globalization;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Tests.Features.Transfers;

namespace WaCr.Web.Tests.Faults;

public sealed class ImportKillTests
{
    private const int Good = 6_000;
    private const int Bad = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>The server is killed twice in the middle of an import; the next one goes on where it stopped.</summary>
    [Fact]
    public async Task Kill_in_the_middle_of_an_import_leaves_no_row_out_and_brings_none_in_twice()
    {
        await using var folder = new TempFolder();
        var workplace = await Workplace.CreateAsync(folder.File("wacr.db"));
        await StartImportAsync(workplace);

        foreach (var untilKill in new[] { 500, 2_500 })
        {
            await using var server = await ProductProcess.StartAsync(workplace.Settings);
            await Eventually.HoldsAsync(() => Ask(workplace, "SELECT Created FROM Imports") >= untilKill, Patience);
            await server.KillAsync();
            SqliteProbe.Ask(workplace.File, "PRAGMA integrity_check").ShouldBe(["ok"]);
            Ask(workplace, "SELECT count(*) FROM Contacts").ShouldBe(Ask(workplace, "SELECT Created FROM Imports"));
            Ask(workplace, "SELECT Value FROM UsageCounters WHERE Metric = 0").ShouldBe(Ask(workplace, "SELECT Created FROM Imports"));
        }

        await using (await ProductProcess.StartAsync(workplace.Settings))
        {
            await Eventually.HoldsAsync(() => Ask(workplace, "SELECT State FROM BulkJobs") == (long)BulkState.Done, Patience);
        }

        Ask(workplace, "SELECT Created FROM Imports").ShouldBe(Good);
        Ask(workplace, "SELECT Failed FROM Imports").ShouldBe(Bad);
        Ask(workplace, "SELECT count(DISTINCT PhoneKey) FROM Contacts").ShouldBe(Good);
        Ask(
            workplace,
            string.Create(
                CultureInfo.InvariantCulture, $"SELECT count(*) FROM AuditEntries WHERE ChangeOrigin = {(int)ChangeOrigin.Import}"))
            .ShouldBe(Good);
        Ask(workplace, "SELECT count(*) FROM ImportChunks WHERE Rows IS NOT NULL").ShouldBe(0);
    }

    private static long Ask(Workplace workplace, string sql) =>
        long.Parse(SqliteProbe.Ask(workplace.File, sql)[0], CultureInfo.InvariantCulture);

    private static async Task StartImportAsync(Workplace workplace)
    {
        await using var services = TestServices.Build(workplace.Settings.Provider, workplace.Settings.ConnectionString + ";Pooling=False");
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TenantService>()
            .EnterAsync("acme", ChangeOrigin.CommandLine, CancellationToken.None)
            .OrThrowAsync();
        var tenant = await TestTenant.OfAsync(scope);
        var lines = Enumerable.Range(0, Good + Bad).Select(n => n % 101 == 100 ? $"Bad,{n},12,,,,," : $"N,{n},+91{9_100_000_000 + n},,,,,");
        var import = await tenant.UploadAsync(lines);
        await tenant.StartAsync(import, await tenant.SettingsAsync(import));
    }
}
