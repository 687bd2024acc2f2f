using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Tenancy;

namespace WaCr.Bench;

/// <summary>
/// Selects all contacts and sets a status, then takes it back, while a running server does the work; meanwhile one
/// person turns pages of the list there, by the API, and another edits a contact.
/// </summary>
internal static class BulkRun
{
    private static readonly TimeSpan BetweenPages = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(Uri server, string token)
    {
        await using var bench = await BenchServices.BuildAsync();
        (await bench.Get<TenantService>().EnterAsync("bench", ChangeOrigin.CommandLine, CancellationToken.None)).OrThrow();
        long status;
        await using (var db = bench.Get<IDbContextFactory<AppDbContext>>().CreateDbContext())
        {
            status = await db.Statuses.OrderByDescending(known => known.Id).Select(known => known.Id).FirstAsync();
        }

        var bulk = bench.Get<BulkService>();
        var action = new BulkAction
        {
            Fields = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["status_id"] = status.ToString(CultureInfo.InvariantCulture),
            },
        };
        var asked = Stopwatch.GetTimestamp();
        var job = (await bulk.StartAsync(ContactSelection.AllMatching(new ContactQuery(), []), action, CancellationToken.None)).OrThrow();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{"answer",-8} {Stopwatch.GetElapsedTime(asked).TotalMilliseconds:F0} ms until the job of {job.Total:N0} was accepted"));

        var queries = bench.Get<BulkQueries>();
        await MeasureAsync("set", queries, job, server, token);
        await MeasureAsync("undo", queries, (await bulk.UndoAsync(job.Id, CancellationToken.None)).OrThrow(), server, token);
    }

    // From the first chunk on: a job that another process wrote down waits for the server's next look.
    private static async Task MeasureAsync(string name, BulkQueries queries, BulkJobItem job, Uri server, string token)
    {
        while (job is { IsRunning: true, Behind: 0 })
        {
            job = await ReadAsync();
        }

        var (started, before) = (Stopwatch.GetTimestamp(), job.Behind);
        using var client = new HttpClient
        {
            BaseAddress = server,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        var (pages, edits) = (new List<double>(), new List<double>());
        while (job.IsRunning)
        {
            pages.Add(
                await TimeAsync(() =>
                    client.GetAsync(new Uri($"api/v2/contacts?per_page=20&sort=firstname&page={pages.Count + 1}", UriKind.Relative))));
            using var city = new StringContent($"{{\"city\":\"{edits.Count}\"}}", System.Text.Encoding.UTF8, "application/json");
            edits.Add(await TimeAsync(() => client.PatchAsync(new Uri("api/v2/contacts/1", UriKind.Relative), city)));
            await Task.Delay(BetweenPages);
            job = await ReadAsync();
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds * job.Total / Math.Max(1, job.Total - before);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-8} {seconds:F1} s for {job.Changed:N0} of {job.Total:N0} contacts ({job.Failed} failed); meanwhile next page p50 {At(pages, 50):F0} p95 {At(pages, 95):F0} max {At(pages, 100):F0} ms, edit p50 {At(edits, 50):F0} p95 {At(edits, 95):F0} max {At(edits, 100):F0} ms ({pages.Count} of each)"));

        async Task<BulkJobItem> ReadAsync() => (await queries.GetAsync(job.Id, CancellationToken.None)).OrThrow();
    }

    private static async Task<double> TimeAsync(Func<Task<HttpResponseMessage>> send)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await send();
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double At(List<double> times, int percent) =>
        times.Count == 0 ? 0 : times.Order().ElementAt(Math.Min(times.Count - 1, times.Count * percent / 100));
}
