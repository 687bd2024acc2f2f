using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Costs;

namespace WaCr.Web.Tests.Features.Campaigns;

public sealed class CampaignCostTests
{
    private static readonly PriceList Prices = PriceFile.Read(
        "F",
        "source,A card\ndate,2026-01-01\ncurrency,USD\ncountries,category,from,price\nIN,utility,2026-01-01,0.0014\nIN,utility,2026-09-01,0.002\n");

    [Theory, OnEachEngine]
    public async Task Cost_IsEstimatedBefore_AndSummedFromWhatWhatsAppTells(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine, more: (services, _) => services.AddSingleton(Prices));
        await world.AddContactsAsync(3);
        await world.Tenant.CreateContactAsync(world.Tenant.NewContact("Zoe", phone: "+33612345678") with { Company = "Acme" });

        var now = await PreviewAsync(world, (await world.DraftAsync()).Item.Id);
        (now.Cost.Total, now.Cost.Unpriced).ShouldBe((new Money(0.0042m, "USD"), 1));
        now.Cost.UnpricedCountries.ShouldBe(["FR"]);
        (await PreviewAsync(world, (await world.DraftAsync(at: new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero))).Item.Id))
            .Cost.Total.Amount.ShouldBe(0.006m, "the price of the day it is planned for");

        var id = await world.StartAsync();
        await world.RunAsync(id);
        (await world.GetAsync(id)).Cost.ShouldBeNull();
        var sent = (await world.MessagesAsync(id)).Select(message => message.Wamid!).ToList();
        foreach (var wamid in sent.Take(2))
        {
            var status = MetaWebhook.Priced(MetaWebhook.Status(wamid, "delivered", world.Messaging.Now), "utility", recipientUserId: "IN.1");
            await world.Messaging.TakeInAsync(status, status);
        }

        (await world.GetAsync(id)).Cost.ShouldBe(new CostSum(new Money(0.0028m, "USD"), 2, 0, 0));
    }

    /// <summary>The shipped list has no October prices of nine countries, and says so; an operator's own file has them.</summary>
    [Theory, OnEachEngine]
    public async Task CountryWithoutAPrice_IsNamed_AndAnOperatorsFileGivesItsPrice(DatabaseProvider engine)
    {
        var october = new DateTimeOffset(2026, 10, 5, 12, 0, 0, TimeSpan.Zero);
        await using (var world = await WithAsync(PriceFile.Load(null)))
        {
            await AddAsync(world);
            var cost = (await PreviewAsync(world, (await world.DraftAsync(at: october)).Item.Id)).Cost;
            (cost.Total, cost.Unpriced).ShouldBe((new Money(0m, "EUR"), 1));
            cost.UnpricedCountries.ShouldBe(["KZ"]);
        }

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "source,Ours\ndate,2026-10-01\ncurrency,EUR\ncountries,category,from,price\nKZ,utility,2026-10-01,0.025\n");
            await using var world = await WithAsync(PriceFile.Load(file));
            await AddAsync(world);
            var cost = (await PreviewAsync(world, (await world.DraftAsync(at: october)).Item.Id)).Cost;
            (cost.Total, cost.Unpriced).ShouldBe((new Money(0.025m, "EUR"), 0));
        }
        finally
        {
            File.Delete(file);
        }

        Task<CampaignWorld> WithAsync(PriceList prices) =>
            CampaignWorld.CreateAsync(engine, more: (services, _) => services.AddSingleton(prices));

        static Task AddAsync(CampaignWorld world) =>
            world.Tenant.CreateContactAsync(world.Tenant.NewContact("Zoe", phone: "+77012345678") with { Company = "Acme" });
    }

    private static Task<CampaignPreview> PreviewAsync(CampaignWorld world, long id) =>
        world.Tenant.GetFresh<CampaignForecast>().PreviewAsync(id, default).OrThrowAsync();
}
