using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Bench;

/// <summary>
/// Three processes over one PostgreSQL behind a proxy: limits that hold over all, what one process does not tell the others, and
/// what is left when one is killed, stopped, or the database goes away.
/// </summary>
internal sealed class ReplicaRun(BenchServices bench, ReplicaSet replicas, HttpClient client, HttpClient sandbox)
{
    private const int Recipients = 1_500;
    private const int ImportRows = 20_000;
    private const int Inbound = 600;
    private const int Limit = 300;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="web">The folder of the published product.</param>
    /// <param name="proxy">Behind it are replicas at the three ports after its next two.</param>
    /// <param name="outside">The sandbox.</param>
    /// <param name="controls">The token of its controls.</param>
    /// <param name="postgres">A script that stops PostgreSQL, waits and starts it.</param>
    /// <param name="only">One of the cases; "" for all.</param>
    public static async Task RunAsync(string web, Uri proxy, Uri outside, string controls, string token, string postgres, string only)
    {
        await using var bench = await BenchServices.BuildAsync();
        (await bench.Get<TenantService>().EnterAsync("bench", ChangeOrigin.CommandLine, CancellationToken.None)).OrThrow();
        using var replicas = new ReplicaSet(web, proxy.Port + 2);
        using var client = ApiClient.Open(proxy, token);
        using var sandbox = new HttpClient
        {
            BaseAddress = outside,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", controls) },
        };
        await replicas.StartAsync();
        var run = new ReplicaRun(bench, replicas, client, sandbox);
        foreach (var (name, act) in new (string, Func<Task>)[]
        {
            ("live", () => LiveRun.RunAsync(bench, replicas.All, token)), ("limit", () => run.LimitAsync(proxy)),
            ("broadcast", run.BroadcastAsync), ("bulk", run.BulkAsync),
            ("import", () => run.ImportAsync(proxy)), ("webhooks", () => run.WebhooksAsync(proxy)), ("rolling", run.RollingAsync),
            ("database", () => run.DatabaseAsync(postgres)),
        })
        {
            if (only.Length == 0 || only == name)
            {
                await act();
            }
        }
    }

    private async Task LimitAsync(Uri proxy)
    {
        var limited = (await bench.Get<ApiTokenService>().CreateAsync(
            new CreateApiToken("Limited", [.. Permissions.ApiScopes], Limit, ExpiresAt: null), CancellationToken.None)).OrThrow();
        using var caller = ApiClient.Open(proxy, limited.Secret);
        var now = TimeProvider.System.GetUtcNow();
        await Task.Delay(TimeSpan.FromSeconds(60 - now.Second));
        var statuses = new ConcurrentBag<HttpStatusCode>();
        await Parallel.ForAsync(0, Limit * 2, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, ended) =>
        {
            using var answer = await caller.GetAsync(new Uri($"contacts/{i + 1}", UriKind.Relative), ended);
            statuses.Add(answer.StatusCode);
        });
        var taken = statuses.Count(status => status == HttpStatusCode.OK);
        var refused = statuses.Count(status => status == HttpStatusCode.TooManyRequests);
        Say(
            "rate limit of a token",
            Math.Abs(taken - Limit) <= Limit / 10 && taken + refused == statuses.Count,
            $"{taken} of {statuses.Count} requests taken in one minute, the limit is {Limit}");
    }

    private async Task BroadcastAsync()
    {
        await SyncAsync();
        var before = await SandboxMessagesAsync();
        var campaigns = bench.Get<CampaignService>();
        var draft = await DraftAsync();
        var id = (await campaigns.StartAsync(draft, CancellationToken.None)).OrThrow().Item.Id;
        await UntilAsync(async () => await SandboxMessagesAsync() - before > Recipients / 5);
        var pause = await replicas.KillBusiestAsync(() => SandboxMessagesAsync());
        var queries = bench.Get<CampaignQueries>();
        await UntilAsync(async () => !(await queries.GetAsync(id, CancellationToken.None)).OrThrow().Item.IsAtWork);
        var funnel = (await queries.GetAsync(id, CancellationToken.None)).OrThrow().Item.Funnel;
        var arrived = await SandboxMessagesAsync() - before;
        Say(
            "broadcast, kill -9",
            arrived == Recipients && funnel.Queued == Recipients && funnel.Held == 0 && pause < 30,
            $"{arrived} messages arrived at WhatsApp for {Recipients} people ({funnel.Uncertain} uncertain); went on after {pause:F1} s");
        await replicas.StartAsync();
    }

    private async Task BulkAsync()
    {
        var (bulk, queries) = (bench.Get<BulkService>(), bench.Get<BulkQueries>());
        var action = new BulkAction { Fields = new Dictionary<string, string?>(StringComparer.Ordinal) { ["city"] = "Kollam" } };
        var job = (await bulk.StartAsync(ContactSelection.AllMatching(new ContactQuery(), []), action, CancellationToken.None)).OrThrow();
        await JobAsync("bulk change, kill -9", queries, job);
    }

    private async Task ImportAsync(Uri proxy)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        (await bench.Get<UserService>().CreateAsync(new CreateUser(email, "Bench", Role.Owner, ImportRun.Password), CancellationToken.None))
            .OrThrow();
        var file = await ImportRun.MakeFileAsync(TableFormat.Csv, ImportRows, from: 100_000);
        var id = await ImportRun.UploadAsync(proxy, email, TableFormat.Csv, file);
        var settings = (await bench.Get<ImportQueries>().GuessAsync(id, CancellationToken.None)).OrThrow();
        var job = (await bench.Get<ImportService>().StartAsync(id, settings, CancellationToken.None)).OrThrow().Job!;
        await JobAsync("import, kill -9", bench.Get<BulkQueries>(), job);
    }

    private async Task JobAsync(string name, BulkQueries queries, BulkJobItem job)
    {
        await UntilAsync(async () => (await ReadAsync()).Behind > job.Total / 10);
        var pause = await replicas.KillBusiestAsync(async () => (await ReadAsync()).Behind);
        await UntilAsync(async () => !(await ReadAsync()).IsRunning);
        var done = await ReadAsync();
        Say(
            name,
            done.Changed == job.Total && pause < 30,
            $"{done.State}: {done.Changed:N0} of {job.Total:N0} done, {done.Unchanged} as they were, {done.Failed} failed; went on after {pause:F1} s");
        await replicas.StartAsync();

        async Task<BulkJobItem> ReadAsync() => (await queries.GetAsync(job.Id, CancellationToken.None)).OrThrow();
    }

    private async Task WebhooksAsync(Uri proxy)
    {
        var number = SandboxNumber.Shipped[0];
        await using var db = await bench.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var people = await db.Conversations.OrderBy(talk => talk.Id).Select(talk => talk.WaId!).Take(50).ToListAsync();
        var (acknowledged, refused) = (new ConcurrentBag<string>(), 0);
        using var meta = new HttpClient { BaseAddress = proxy };
        var posting = Parallel.ForAsync(0, Inbound, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, ended) =>
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"wamid.replica.{i}");
            var inbound = InboundText.From(number, people[i % people.Count], id, "Hello");
            // As WhatsApp does: what is not acknowledged comes again.
            while (true)
            {
                using var content = new StringContent(inbound.Body, Encoding.UTF8, "application/json");
                content.Headers.Add("X-Hub-Signature-256", inbound.Signature);
                try
                {
                    using var answer = await meta.PostAsync(new Uri("/webhooks/whatsapp", UriKind.Relative), content, ended);
                    if (answer.IsSuccessStatusCode)
                    {
                        acknowledged.Add(id);
                        return;
                    }
                }
                catch (HttpRequestException)
                {
                    // The killed one had it.
                }

                Interlocked.Increment(ref refused);
                await Task.Delay(PollInterval, ended);
            }
        });
        await UntilAsync(() => Task.FromResult(acknowledged.Count > Inbound / 4));
        var pause = await replicas.KillBusiestAsync(() => StoredAsync(db));
        await posting;
        await UntilAsync(async () => await StoredAsync(db) >= Inbound);
        var stored = await StoredAsync(db);
        Say(
            "webhooks, kill -9",
            stored == Inbound && pause < 30,
            $"{acknowledged.Count} acknowledged, {stored} messages stored; {refused} posts had to be repeated; went on after {pause:F1} s");
        await replicas.StartAsync();
    }

    private async Task RollingAsync()
    {
        await using var load = new SteadyLoad(client, workers: 6);
        await Task.Delay(TimeSpan.FromSeconds(2));
        foreach (var replica in replicas.All)
        {
            await replica.StopAsync();
            await replica.StartAsync();
        }

        await Task.Delay(TimeSpan.FromSeconds(2));
        var answers = load.Count();
        Say("rolling restart", answers.Keys.All(what => what == "ok"), $"{Text(answers)}");
    }

    private async Task DatabaseAsync(string postgres)
    {
        await using var load = new SteadyLoad(client, workers: 6);
        await Task.Delay(TimeSpan.FromSeconds(2));
        using (var restart = Process.Start("bash", [postgres]))
        {
            await restart.WaitForExitAsync();
        }

        var back = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(12));
        var answers = load.Count();
        var last = load.Answers.Where(answer => answer.What != "ok").Select(answer => answer.At).DefaultIfEmpty(back).Max();
        var seconds = Math.Max(0, Stopwatch.GetElapsedTime(back, last).TotalSeconds);
        Say(
            "PostgreSQL restarted",
            answers.Keys.All(what => what is "ok" or "unavailable") && seconds <= 10 && replicas.All.All(replica => replica.IsRunning),
            $"{Text(answers)}; the last refusal {seconds:F1} s after its return; {replicas.All.Count(replica => replica.IsRunning)} processes run");
    }

    private async Task SyncAsync()
    {
        using var synced = await client.PostAsync(new Uri("templates/sync", UriKind.Relative), null);
        synced.EnsureSuccessStatusCode();
    }

    private async Task<long> DraftAsync()
    {
        await using var db = await bench.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var template = await db.Templates.Where(template => template.Name == "hello_world").Select(template => template.Id).FirstAsync();
        var people = await db.Contacts.OrderBy(contact => contact.Id).Select(contact => contact.Id).Take(Recipients).ToListAsync();
        var patch = new CampaignPatch
        {
            Name = "Replicas",
            Audience = new CampaignAudience(CampaignAudienceKind.Selection, "", null, ContactSelection.Of(people)),
            ChannelId = await db.Channels.Select(channel => channel.Id).SingleAsync(),
            TemplateId = template,
            PerMinute = Campaign.MaxPerMinute,
        };
        return (await bench.Get<CampaignDrafts>().CreateAsync(patch, CancellationToken.None)).OrThrow().Item.Id;
    }

    private async Task<int> SandboxMessagesAsync() =>
        (await sandbox.GetFromJsonAsync<JsonElement>(new Uri("/sandbox/control", UriKind.Relative))).GetProperty("messages").GetInt32();

    private static Task<int> StoredAsync(AppDbContext db) =>
        db.Messages.CountAsync(message => message.Wamid!.StartsWith("wamid.replica."));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds() && Stopwatch.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(PollInterval);
        }
    }

    private static string Text(IReadOnlyDictionary<string, int> answers) =>
        string.Join(", ", answers.OrderByDescending(answer => answer.Value).Select(answer => $"{answer.Value:N0} {answer.Key}"));

    private static void Say(string what, bool holds, FormattableString seen) =>
        Console.WriteLine($"{what,-24} {(holds ? "holds" : "FAILS"),-6} {seen.ToString(CultureInfo.InvariantCulture)}");
}
