using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Bench;

/// <summary>What a running server does by itself, watched through its database.</summary>
internal static class BackgroundRun
{
    private static readonly string[][] ExampleValues = [["Asha", "7"]];
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until every event that came in is processed, and tells of those after <paramref name="since"/>; the last one's id
    /// comes first.</summary>
    public static async Task DrainAsync(long since)
    {
        await using var bench = await EnterAsync();
        await using var db = await OpenAsync(bench);
        while (await db.WebhookEvents.AnyAsync(e => e.State == WebhookEventState.Waiting))
        {
            await Task.Delay(BetweenLooks);
        }

        var events = db.WebhookEvents.Where(e => e.Id > since);
        var (count, dead) = (await events.CountAsync(), await events.CountAsync(e => e.State == WebhookEventState.Dead));
        var first = await events.MinAsync(e => e.ReceivedAt);
        var last = await events.MaxAsync(e => e.ProcessedAt) ?? first;
        var (seconds, newest) = ((last - first).TotalSeconds, await events.MaxAsync(e => e.Id));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{newest} {"events",-8} {count / seconds:F0} a second processed: {count:N0} from the first received to the last processed in {seconds:F1} s ({dead} given up)"));
    }

    /// <summary>Puts as many messages into the outbox at once, the number's throughput lifted, and waits until the last has left.</summary>
    public static async Task OutboxAsync(int count)
    {
        await using var bench = await EnterAsync();
        await using var db = await OpenAsync(bench);
        var now = TimeProvider.System.GetUtcNow();
        var first = await db.Messages.MaxAsync(m => m.Id) + 1;
        await bench.Get<IDatabaseWriter>().WriteAsync<int>(
            async write =>
            {
                await write.Channels.ExecuteUpdateAsync(set => set.SetProperty(c => c.MessagesPerSecond, 1_000_000));
                var conversations = await write.Conversations.AsNoTracking().OrderBy(c => c.Id).Take(count).ToListAsync();
                await write.BulkInsertAsync([.. conversations.Select((c, i) => new Message
                {
                    Id = first + i,
                    TenantId = c.TenantId,
                    ConversationId = c.Id,
                    ContactId = c.ContactId,
                    ChannelId = c.ChannelId,
                    Direction = MessageDirection.Outbound,
                    Status = MessageStatus.Pending,
                    State = OutboxState.Waiting,
                    Nonce = i,
                    DueAt = now,
                    CreatedAt = now,
                    UpdatedAt = now,
                    Text = "Good morning",
                })]);
                return conversations.Count;
            },
            CancellationToken.None);
        while (await db.Messages.CountAsync(m => m.Id >= first && m.State == OutboxState.Waiting) == count)
        {
            await Task.Delay(BetweenLooks);
        }

        var started = Stopwatch.GetTimestamp();
        while (await db.Messages.AnyAsync(m => m.Id >= first && m.State <= OutboxState.Sending))
        {
            await Task.Delay(BetweenLooks);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var sent = await db.Messages.CountAsync(m => m.Id >= first && m.State == OutboxState.Sent);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{"outbox",-8} {count / seconds:F0} a second: {sent:N0} of {count:N0} sent in {seconds:F1} s"));
    }

    /// <summary>Gives the sandbox so many templates, and times a sync that brings them in, and one that finds them all as they
    /// were.</summary>
    public static async Task TemplatesAsync(Uri server, string token, Uri sandbox, int count)
    {
        var number = SandboxNumber.Shipped[0];
        using var meta = new HttpClient
        {
            BaseAddress = sandbox,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", number.AccessToken) },
        };
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellationToken) =>
        {
            var template = new
            {
                name = $"bench_{i:D5}",
                language = "en_US",
                category = "UTILITY",
                components = new[]
                {
                    new { type = "BODY", text = "Hello {{1}}, your order {{2}} is ready.", example = new { body_text = ExampleValues } },
                },
            };
            using var made = await meta.PostAsJsonAsync(
                $"/sandbox/graph/v25.0/{number.BusinessAccountId}/message_templates", template, cancellationToken);
            made.EnsureSuccessStatusCode();
        });
        using var client = new HttpClient
        {
            BaseAddress = server,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        foreach (var name in new[] { "sync", "again" })
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync(new Uri("api/v2/templates/sync", UriKind.Relative), null);
            answer.EnsureSuccessStatusCode();
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-8} {seconds:F1} s for {count:N0} templates"));
        }
    }

    private static async Task<BenchServices> EnterAsync()
    {
        var bench = await BenchServices.BuildAsync();
        (await bench.Get<TenantService>().EnterAsync("bench", ChangeOrigin.CommandLine, CancellationToken.None)).OrThrow();
        return bench;
    }

    private static Task<AppDbContext> OpenAsync(BenchServices bench) => bench.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
}
