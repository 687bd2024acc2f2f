using System.Globalization;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Tenants;

namespace WaCr.Web.Tests.Faults;

public sealed class BulkKillTests
{
    private const int Contacts = 12_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The server is killed twice in the middle of a job; the next one goes on where it stopped, at once.</summary>
    [Fact]
    public async Task Kill_in_the_middle_of_a_bulk_job_leaves_nothing_out_and_does_nothing_twice()
    {
        await using var folder = new TempFolder();
        var workplace = await Workplace.CreateAsync(folder.File("wacr.db"));
        var job = await StartJobAsync(workplace);

        foreach (var untilKill in new[] { 500, 3_000 })
        {
            await using var server = await ProductProcess.StartAsync(workplace.Settings);
            await Eventually.HoldsAsync(() => Changed(workplace) >= untilKill, Patience);
            await server.KillAsync();
            SqliteProbe.Ask(workplace.File, "PRAGMA integrity_check").ShouldBe(["ok"]);
            Entries(workplace).ShouldBe(Changed(workplace));
            Changed(workplace).ShouldBeLessThan(Contacts);
        }

        await using (await ProductProcess.StartAsync(workplace.Settings))
        {
            await Eventually.HoldsAsync(
                () => Ask(workplace, $"SELECT State FROM BulkJobs WHERE Id = {job}") == (long)BulkState.Done, Patience);
        }

        Changed(workplace).ShouldBe(Contacts);
        Entries(workplace).ShouldBe(Contacts);
        Ask(workplace, "SELECT count(*) FROM Contacts WHERE City = 'Kochi' AND Version = 2").ShouldBe(Contacts);
    }

    private static long Changed(Workplace workplace) => Ask(workplace, "SELECT Changed FROM BulkJobs");

    private static long Entries(Workplace workplace) =>
        Ask(
            workplace,
            string.Create(
                CultureInfo.InvariantCulture, $"SELECT count(*) FROM AuditEntries WHERE ChangeOrigin = {(int)ChangeOrigin.Bulk}"));

    private static long Ask(Workplace workplace, string sql) =>
        long.Parse(SqliteProbe.Ask(workplace.File, sql)[0], CultureInfo.InvariantCulture);

    private static async Task<string> StartJobAsync(Workplace workplace)
    {
        await using var services = TestServices.Build(workplace.Settings.Provider, workplace.Settings.ConnectionString + ";Pooling=False");
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TenantService>()
            .EnterAsync("acme", ChangeOrigin.CommandLine, CancellationToken.None)
            .OrThrowAsync();
        var tenant = await TestTenant.OfAsync(scope);
        foreach (var rows in Enumerable.Range(0, Contacts).Select(_ => tenant.NewContact()).Chunk(4_000))
        {
            await tenant.Batch.CreateAsync(rows, new ContactBatchOptions(), CancellationToken.None).OrThrowAsync();
        }

        var action = new BulkAction { Fields = new Dictionary<string, string?>(StringComparer.Ordinal) { ["city"] = "Kochi" } };
        var started = await tenant.Get<BulkService>()
            .StartAsync(ContactSelection.AllMatching(new ContactQuery(), []), action, CancellationToken.None).OrThrowAsync();
        return started.Id.ToString(CultureInfo.InvariantCulture);
    }
}
