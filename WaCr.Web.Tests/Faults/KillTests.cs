using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;

namespace WaCr.Web.Tests.Faults;

public sealed class KillTests
{
    private const int Clients = 6;
    private static readonly int Rounds = Depth.Of(plain: 3, deep: 20);

    /// <summary>
    /// Each client creates contacts and counts up a field of its own one; the server is killed in the middle, at another
    /// point each time. What was answered with success must be there, and the file sound.
    /// </summary>
    [Fact]
    public async Task Kill_under_write_load_loses_no_acknowledged_write()
    {
        await using var folder = new TempFolder();
        var workplace = await Workplace.CreateAsync(folder.File("wacr.db"));
        var created = new ConcurrentBag<long>();
        var counted = new ConcurrentDictionary<long, int>();
        var random = new Random(20);
        var phones = 0L;

        for (var round = 1; round <= Rounds; round++)
        {
            await using var server = await ProductProcess.StartAsync(workplace.Settings);
            using var client = server.CreateClient(workplace.Token);
            var untilKill = random.Next(20, 200);
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var load = Enumerable.Range(0, Clients).Select(_ => WriteUntilDeadAsync(client, Acknowledge)).ToList();

            await Task.WhenAny(enough.Task, Task.WhenAll(load));
            enough.Task.IsCompletedSuccessfully.ShouldBeTrue("the writers ended before the kill");
            await server.KillAsync();
            await Task.WhenAll(load);

            SqliteProbe.Ask(workplace.File, "PRAGMA integrity_check").ShouldBe(["ok"]);
            var stored = SqliteProbe.Ask(workplace.File, "SELECT Id || '=' || coalesce(City, '0') FROM Contacts")
                .Select(row => row.Split('=')).ToDictionary(
                    pair => long.Parse(pair[0], CultureInfo.InvariantCulture), pair => int.Parse(pair[1], CultureInfo.InvariantCulture));
            created.Where(id => !stored.ContainsKey(id)).ShouldBeEmpty();

            // The write under way at the kill may be there or not.
            counted.Where(pair => stored[pair.Key] < pair.Value || stored[pair.Key] > pair.Value + 1).ShouldBeEmpty();

            void Acknowledge()
            {
                if (Interlocked.Decrement(ref untilKill) == 0)
                {
                    enough.SetResult();
                }
            }
        }

        // A change and its audit entry are one write: the trail counts as many as the contacts say.
        var versions = SqliteProbe.Ask(workplace.File, "SELECT sum(Version) FROM Contacts");
        SqliteProbe.Ask(workplace.File, "SELECT count(*) FROM AuditEntries WHERE EntityType = 'contact'").ShouldBe(versions);
        SqliteProbe.Ask(workplace.File, "SELECT Value FROM UsageCounters WHERE Metric = 0")
            .ShouldBe(SqliteProbe.Ask(workplace.File, "SELECT count(*) FROM Contacts"));

        async Task WriteUntilDeadAsync(HttpClient client, Action acknowledge)
        {
            try
            {
                var answer = await workplace.PostContactAsync(client, Interlocked.Increment(ref phones));
                answer.StatusCode.ShouldBe(HttpStatusCode.Created);
                var own = await Workplace.IdOfAsync(answer);
                created.Add(own);
                acknowledge();
                for (var count = 1; ; count++)
                {
                    var patched = await client.PatchAsJsonAsync(
                        new Uri($"contacts/{own}", UriKind.Relative), new { city = count.ToString(CultureInfo.InvariantCulture) });
                    patched.StatusCode.ShouldBe(HttpStatusCode.OK);
                    counted[own] = count;
                    acknowledge();
                    if (count % 3 == 0)
                    {
                        var another = await workplace.PostContactAsync(client, Interlocked.Increment(ref phones));
                        another.StatusCode.ShouldBe(HttpStatusCode.Created);
                        created.Add(await Workplace.IdOfAsync(another));
                        acknowledge();
                    }
                }
            }
            catch (HttpRequestException)
            {
                // The server is gone, as planned.
            }
        }
    }
}
