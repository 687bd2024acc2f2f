using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Plans;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Hosting;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Bench;

/// <summary>
/// A bulk change of all contacts without a webhook and with one that wants every change, while another tenant changes a contact now and
/// then: what the events cost the job, and how soon the other's arrive.
/// </summary>
internal static class WebhookRun
{
    private static readonly ConcurrentDictionary<string, long> Arrived = new(StringComparer.Ordinal);
    private static readonly string[] Everything = ["*"];
    private static int _received;

    /// <param name="server">With <c>Downloads:TrustedHosts</c> naming <paramref name="receiver"/>.</param>
    /// <param name="token">Of the tenant that <c>fill</c> made.</param>
    /// <param name="receiver">Where this process listens, as <c>http://127.0.0.1:5231/</c>.</param>
    public static async Task RunAsync(Uri server, string token, string receiver)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IConfiguration>(configuration);
        services.AddDatabase(configuration).AddFeatures();
        services.AddAccounts();
        await using var provider = services.BuildServiceProvider();
        using var listener = new HttpListener();
        listener.Prefixes.Add(receiver);
        listener.Start();
        _ = ReceiveAsync(listener);

        await using var scope = provider.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<TenantService>()
            .EnterAsync("bench", ChangeOrigin.CommandLine, CancellationToken.None))
            .OrThrow();
        using var client = ApiClient.Open(server, token);
        using var other = ApiClient.Open(server, await OtherTenantAsync(provider));
        await SubscribeAsync(other, receiver + "other");
        var otherContact = await ContactAsync(provider, other);

        var without = await RunJobAsync(scope.ServiceProvider, other, otherContact, "without");
        await SubscribeAsync(client, receiver + "all");
        var with = await RunJobAsync(scope.ServiceProvider, other, otherContact, "with");
        await using var db = scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext();
        var written = await db.OutgoingEvents.CountAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"events   {written:N0} written, {_received:N0} requests had come when the job ended; the job takes {(with / without - 1) * 100:F0}% longer"));
    }

    private static async Task<double> RunJobAsync(IServiceProvider services, HttpClient other, long otherContact, string name)
    {
        var (bulk, queries) = (services.GetRequiredService<BulkService>(), services.GetRequiredService<BulkQueries>());
        var action = new BulkAction { Fields = new Dictionary<string, string?>(StringComparer.Ordinal) { ["city"] = "Kochi " + name } };
        var job = (await bulk.StartAsync(ContactSelection.AllMatching(new ContactQuery(), []), action, CancellationToken.None)).OrThrow();
        while (job is { IsRunning: true, Behind: 0 })
        {
            job = (await queries.GetAsync(job.Id, CancellationToken.None)).OrThrow();
        }

        var (started, before, waits) = (Stopwatch.GetTimestamp(), job.Behind, new List<double>());
        while (job.IsRunning)
        {
            waits.Add(await WaitForEventAsync(other, otherContact, $"{name} {waits.Count}"));
            await Task.Delay(100);
            job = (await queries.GetAsync(job.Id, CancellationToken.None)).OrThrow();
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds * job.Total / Math.Max(1, job.Total - before);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-8} {seconds:F1} s for {job.Changed:N0} of {job.Total:N0} contacts; meanwhile another tenant's event arrived after p50 {At(waits, 50):F0} max {At(waits, 100):F0} ms ({waits.Count} of them)"));
        return seconds;
    }

    private static async Task<double> WaitForEventAsync(HttpClient other, long contact, string city)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await other.PatchAsJsonAsync(new Uri($"contacts/{contact}", UriKind.Relative), new { city });
        answer.EnsureSuccessStatusCode();
        while (!Arrived.ContainsKey(city) && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(1);
        }

        return Arrived.TryGetValue(city, out var at) ? Stopwatch.GetElapsedTime(started, at).TotalMilliseconds : double.PositiveInfinity;
    }

    private static async Task ReceiveAsync(HttpListener listener)
    {
        while (listener.IsListening)
        {
            var context = await listener.GetContextAsync();
            Interlocked.Increment(ref _received);
            if (context.Request.RawUrl == "/other")
            {
                using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
                if (body.RootElement.GetProperty("data").GetProperty("resource").GetProperty("attributes")
                    .TryGetProperty("city", out var city)
                    && city.GetString() is { } name)
                {
                    Arrived.TryAdd(name, Stopwatch.GetTimestamp());
                }
            }

            context.Response.Close();
        }
    }

    private static async Task<string> OtherTenantAsync(IServiceProvider provider)
    {
        await using var scope = provider.CreateAsyncScope();
        var tenants = scope.ServiceProvider.GetRequiredService<TenantService>();
        (await tenants.CreateAsync(new CreateTenant("Other", "other", "business"), ChangeOrigin.CommandLine, CancellationToken.None))
            .OrThrow();
        (await scope.ServiceProvider.GetRequiredService<PlanService>()
            .SetApiCallsPerMinuteAsync("business", Plan.Unlimited, CancellationToken.None))
            .OrThrow();
        return (await scope.ServiceProvider.GetRequiredService<ApiTokenService>()
            .CreateAsync(
                new CreateApiToken("Bench", [.. Permissions.ApiScopes], 100_000, ExpiresAt: null),
                CancellationToken.None)).OrThrow().Secret;
    }

    private static async Task<long> ContactAsync(IServiceProvider provider, HttpClient other)
    {
        await using var scope = provider.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<TenantService>()
            .EnterAsync("other", ChangeOrigin.CommandLine, CancellationToken.None))
            .OrThrow();
        await using var db = scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext();
        var contact = new
        {
            firstname = "Asha",
            lastname = "Patel",
            phone = "+14155550123",
            type = "lead",
            status_id = await db.Statuses.Select(status => status.Id).FirstAsync(),
            source_id = await db.Sources.Select(source => source.Id).FirstAsync(),
        };
        using var answer = await other.PostAsJsonAsync(new Uri("contacts", UriKind.Relative), contact);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("id").GetInt64();
    }

    private static async Task SubscribeAsync(HttpClient client, string url)
    {
        using var answer = await client.PostAsJsonAsync(new Uri("webhooks", UriKind.Relative), new { url, events = Everything });
        answer.EnsureSuccessStatusCode();
    }

    private static double At(List<double> times, int percent) =>
        times.Count == 0 ? 0 : times.Order().ElementAt(Math.Min(times.Count - 1, times.Count * percent / 100));
}
