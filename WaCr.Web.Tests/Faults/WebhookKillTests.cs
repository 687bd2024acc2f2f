using System.Globalization;
using System.Net.Http.Json;

namespace WaCr.Web.Tests.Faults;

public sealed class WebhookKillTests
{
    private const int Contacts = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The server is killed while it takes changes and sends them on; the receiver lives on. Each change that was answered is told, and
    /// what is told twice has the same id.
    /// </summary>
    [Fact]
    public async Task Kill_while_events_are_sent_loses_none_and_repeats_only_under_the_same_id()
    {
        await using var folder = new TempFolder();
        await using var receiver = await WebhookReceiver.StartAsync();
        var workplace = await Workplace.CreateAsync(folder.File("wacr.db"));
        var settings = workplace.Settings with
        {
            More = new Dictionary<string, string>(StringComparer.Ordinal) { ["Downloads__TrustedHosts__0"] = receiver.Host },
        };
        var created = new List<long>();

        foreach (var untilKill in new[] { 60, 200 })
        {
            await using var server = await ProductProcess.StartAsync(settings);
            using var client = server.CreateClient(workplace.Token);
            if (created.Count == 0)
            {
                (await client.PostAsJsonAsync(new Uri("webhooks", UriKind.Relative),
                    new { url = receiver.Url, events = new[] { "contact.*" } }))
                    .EnsureSuccessStatusCode();
            }

            var work = CreateAsync(workplace, client, created, untilKill);
            await Eventually.HoldsAsync(() => receiver.Received.Count >= untilKill / 2, Patience);
            await server.KillAsync();
            await work;
            SqliteProbe.Ask(workplace.File, "PRAGMA integrity_check").ShouldBe(["ok"]);
        }

        await using (var server = await ProductProcess.StartAsync(settings))
        {
            using var client = server.CreateClient(workplace.Token);
            await CreateAsync(workplace, client, created, Contacts);
            await Eventually.HoldsAsync(() => Ask(workplace, "SELECT count(*) FROM WebhookDeliveries WHERE State <> 1") == 0, Patience);
        }

        Ask(workplace, "SELECT count(*) FROM OutgoingEvents").ShouldBe(Ask(workplace, "SELECT count(*) FROM Contacts"));
        var told = receiver.Received.Where(request => request.Type == EventTypes.ContactCreated)
            .GroupBy(request => (long)request.Json["data"]!["resource"]!["id"]!, request => request.Id)
                .ToDictionary(group => group.Key, group => group.Distinct().ToList());
        created.Where(id => !told.ContainsKey(id)).ShouldBeEmpty();
        told.Where(contact => contact.Value.Count > 1).ShouldBeEmpty();
    }

    // Until there are so many, or the server is gone; those that were answered.
    private static async Task CreateAsync(Workplace workplace, HttpClient client, List<long> created, int until)
    {
        try
        {
            while (created.Count < until)
            {
                using var answer = await workplace.PostContactAsync(client, (created.Count * 7) + (until * 1_000));
                answer.EnsureSuccessStatusCode();
                created.Add(await Workplace.IdOfAsync(answer));
            }
        }
        catch (HttpRequestException)
        {
            // killed
        }
    }

    private static long Ask(Workplace workplace, string sql) =>
        long.Parse(SqliteProbe.Ask(workplace.File, sql)[0], CultureInfo.InvariantCulture);
}
