using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Tenancy;

namespace WaCr.Bench;

/// <summary>Queues a broadcast to all contacts, while a running server does the work and somebody turns pages there; then it is taken
/// back.</summary>
internal static class BroadcastRun
{
    private const string Account = "102290129340398";
    private const string Components =
        """[{"type":"BODY","text":"Hi {{1}}, your order {{2}} is on its way.","example":{"body_text":[["Asha","4711"]]}},{"type":"FOOTER","text":"Thank you"}]""";

    private static readonly TimeSpan BetweenPages = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(Uri server, string token)
    {
        await using var bench = await BenchServices.BuildAsync();
        (await bench.Get<TenantService>().EnterAsync("bench", ChangeOrigin.CommandLine, CancellationToken.None)).OrThrow();
        var draft = await DraftAsync(bench.Services);

        var asked = Stopwatch.GetTimestamp();
        var preview = (await bench.Get<CampaignForecast>().PreviewAsync(draft, CancellationToken.None)).OrThrow();
        Console.WriteLine(
            Text($"{"preview",-8} {Stopwatch.GetElapsedTime(asked).TotalMilliseconds:F0} ms for {preview.Selected:N0} contacts"));

        var campaigns = bench.Get<CampaignService>();
        var campaign = (await campaigns.StartAsync(draft, CancellationToken.None)).OrThrow();
        await MeasureAsync(bench.Get<CampaignQueries>(), campaign.Item, server, token);

        asked = Stopwatch.GetTimestamp();
        var cancelled = (await campaigns.CancelAsync(draft, CancellationToken.None)).OrThrow();
        Console.WriteLine(
            Text(
                $"{"cancel",-8} {Stopwatch.GetElapsedTime(asked).TotalMilliseconds:F0} ms for {cancelled.Item.Funnel.Cancelled:N0} messages"));
    }

    /// <summary>At the slowest pace: what is measured is the queueing.</summary>
    private static async Task<long> DraftAsync(IServiceProvider services)
    {
        var made = await services.GetRequiredService<IDatabaseWriter>().WriteAsync<(long Channel, long Template)>(
            async db =>
            {
                var channel = new Channel
                {
                    Name = "Sales",
                    PhoneNumberId = "106540352242922",
                    BusinessAccountId = Account,
                    AccessToken = "unreadable",
                };
                var template = new Template
                {
                    BusinessAccountId = Account,
                    WhatsAppId = "1",
                    Name = "order_update",
                    Language = "en",
                    Category = "UTILITY",
                    Status = Template.Approved,
                    ParameterFormat = "POSITIONAL",
                    Components = Components,
                    SyncedAt = TimeProvider.System.GetUtcNow(),
                };
                db.AddRange(channel, template);
                await db.SaveChangesAsync();
                return (channel.Id, template.Id);
            },
            CancellationToken.None);
        var patch = new CampaignPatch
        {
            Name = "Bench",
            Audience = new CampaignAudience(CampaignAudienceKind.View, "", null, ContactSelection.AllMatching(new ContactQuery(), [])),
            ChannelId = made.OrThrow().Channel,
            TemplateId = made.OrThrow().Template,
            Values = new Optional<IReadOnlyDictionary<string, CampaignValue>>(new Dictionary<string, CampaignValue>(StringComparer.Ordinal)
            {
                ["field_1"] = new(CampaignSource.FirstName, Fallback: "there"),
                ["field_2"] = new(CampaignSource.Text, "4711"),
            }),
            PerMinute = 1,
        };
        return (await services.GetRequiredService<CampaignDrafts>().CreateAsync(patch, CancellationToken.None)).OrThrow().Item.Id;
    }

    private static async Task MeasureAsync(CampaignQueries queries, CampaignItem campaign, Uri server, string token)
    {
        var started = Stopwatch.GetTimestamp();
        using var client = new HttpClient
        {
            BaseAddress = server,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        var pages = new List<double>();
        while (campaign.State == CampaignState.Queueing)
        {
            var page = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(
                new Uri($"api/v2/contacts?per_page=20&sort=firstname&page={pages.Count + 1}", UriKind.Relative));
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
            pages.Add(Stopwatch.GetElapsedTime(page).TotalMilliseconds);
            await Task.Delay(BetweenPages);
            campaign = (await queries.GetAsync(campaign.Id, CancellationToken.None)).OrThrow().Item;
        }

        Console.WriteLine(Text(
            $"{"queue",-8} {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s for {campaign.Queued:N0} of {campaign.Total:N0} contacts; meanwhile next page p50 {At(pages, 50):F0} p95 {At(pages, 95):F0} max {At(pages, 100):F0} ms ({pages.Count} pages)"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double At(List<double> times, int percent) =>
        times.Count == 0 ? 0 : times.Order().ElementAt(Math.Min(times.Count - 1, times.Count * percent / 100));
}
