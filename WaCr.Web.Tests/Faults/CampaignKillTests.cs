using System.Globalization;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Tenants;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Faults;

public sealed class CampaignKillTests
{
    private const int Contacts = 1_300;
    private const int OptedOut = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The server is killed once while it writes the messages and once while it sends them; WhatsApp lives on in another process than the
    /// one that dies. Whatever the moment, nobody gets two.
    /// </summary>
    [Fact]
    public async Task Kill_in_the_middle_of_a_broadcast_sends_nobody_two_and_forgets_nobody()
    {
        await using var folder = new TempFolder();
        await using var graph = await GraphServer.StartAsync();
        var workplace = await Workplace.CreateAsync(folder.File("wacr.db"));
        var settings = workplace.Settings with
        {
            More = new Dictionary<string, string>(StringComparer.Ordinal) { ["WhatsApp__BaseUrl"] = graph.Address.ToString() },
        };
        await StartAsync(workplace);

        await KillWhenAsync(settings, () => Ask(workplace, "SELECT Queued FROM Campaigns") >= 500);
        await KillWhenAsync(settings, () => graph.Taken.Count >= 200);
        SqliteProbe.Ask(workplace.File, "PRAGMA integrity_check").ShouldBe(["ok"]);
        await using (await ProductProcess.StartAsync(settings))
        {
            await Eventually.HoldsAsync(() => Ask(workplace, "SELECT State FROM Campaigns") == (long)CampaignState.Finished, Patience);
        }

        Ask(workplace, "SELECT count(*) FROM Messages WHERE CampaignId IS NOT NULL").ShouldBe(Contacts - OptedOut);
        Ask(workplace, "SELECT count(DISTINCT ContactId) FROM Messages WHERE CampaignId IS NOT NULL").ShouldBe(Contacts - OptedOut);
        Ask(workplace, "SELECT count(*) FROM CampaignExclusions WHERE Reason = 0").ShouldBe(OptedOut);
        Ask(workplace, "SELECT Queued + Excluded FROM Campaigns").ShouldBe(Contacts);
        graph.Taken.Where(taken => taken.Value > 1).ShouldBeEmpty();

        // Each message either left once, or says that nobody knows.
        var left = SqliteProbe.Ask(workplace.File, "SELECT Id || '-' || printf('%08x', Nonce) || '=' || State FROM Messages")
            .Select(row => row.Split('='))
            .ToList();
        left.Where(row => row[1] == $"{(int)OutboxState.Sent}").ShouldAllBe(row => graph.Taken.ContainsKey(row[0]));
        left.Where(row => row[1] != $"{(int)OutboxState.Sent}").ShouldAllBe(row => row[1] == $"{(int)OutboxState.Uncertain}");
        graph.Taken.Keys.ShouldBeSubsetOf(left.Select(row => row[0]));
    }

    private static async Task KillWhenAsync(ProductSettings settings, Func<bool> isTime)
    {
        await using var server = await ProductProcess.StartAsync(settings);
        await Eventually.HoldsAsync(isTime, Patience);
        await server.KillAsync();
    }

    private static async Task StartAsync(Workplace workplace)
    {
        await using var services = TestServices.Build(
            workplace.Settings.Provider, workplace.Settings.ConnectionString + ";Pooling=False", more: more =>
                more.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TenantService>()
            .EnterAsync("acme", ChangeOrigin.CommandLine, CancellationToken.None)
            .OrThrowAsync();
        var tenant = await TestTenant.OfAsync(scope);
        var channel = await MessagingWorld.AddChannelAsync(tenant);
        var template = await tenant.AddTemplateAsync("order_update", account: MetaWebhook.BusinessAccountId);
        var rows = Enumerable.Range(0, Contacts).Select(_ => tenant.NewContact()).ToList();
        await tenant.Batch.CreateAsync(rows, new ContactBatchOptions(), CancellationToken.None).OrThrowAsync();
        await using (var db = tenant.OpenDatabase())
        {
            await db.Channels.ExecuteUpdateAsync(set => set.SetProperty(c => c.MessagesPerSecond, 1_000_000));
            var some = await db.Contacts.OrderBy(c => c.Id).Take(OptedOut).Select(c => c.Id).ToListAsync();
            await db.Contacts.Where(c => some.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsOptedOut, true));
        }

        var draft = await tenant.Get<CampaignDrafts>().CreateAsync(
            new CampaignPatch
            {
                Name = "Spring",
                Audience = new CampaignAudience(CampaignAudienceKind.View, "", null, ContactSelection.AllMatching(new ContactQuery(), [])),
                ChannelId = channel,
                TemplateId = template.Id,
                Values =
                    new Optional<IReadOnlyDictionary<string, CampaignValue>>(new Dictionary<string, CampaignValue>(StringComparer.Ordinal)
                    {
                        ["header_field_1"] = new(CampaignSource.Text, "12"),
                        ["field_1"] = new(CampaignSource.FirstName),
                        ["field_2"] = new(CampaignSource.Text, "34"),
                        ["button_0"] = new(CampaignSource.Text, "abc"),
                    }),
                PerMinute = Campaign.MaxPerMinute,
            },
            CancellationToken.None).OrThrowAsync();
        await tenant.Get<CampaignService>().StartAsync(draft.Item.Id, CancellationToken.None).OrThrowAsync();
    }

    private static long Ask(Workplace workplace, string sql) =>
        long.Parse(SqliteProbe.Ask(workplace.File, sql)[0], CultureInfo.InvariantCulture);
}
