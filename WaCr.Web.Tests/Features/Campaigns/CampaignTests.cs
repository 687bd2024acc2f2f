using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Transfers;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Campaigns;

/// <summary>Who gets a campaign, who does not and why, and what became of it.</summary>
public sealed class CampaignTests
{
    [Theory, OnEachEngine]
    public async Task Campaign_ReachesEveryoneOnce_AndLeavesOutWithReasons_AsThePreviewSaid(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        var contacts = await world.AddContactsAsync(12);
        var without = await world.AddContactsAsync(3, company: null);
        await world.OptOutAsync(contacts[0], contacts[1]);
        var nobody = await world.AddHiddenAsync(null);
        var phones = await PhonesAsync(world);
        var twin = await world.AddHiddenAsync(phones[contacts[5]]);
        var stranger = await world.AddHiddenAsync("447700900777");
        var again = await world.AddHiddenAsync("447700900777");
        var shy = await world.AddHiddenAsync(phones[contacts[0]]); // another contact of somebody who has opted out
        var draft = await world.DraftAsync();

        var preview = await world.Tenant.GetFresh<CampaignForecast>().PreviewAsync(draft.Item.Id, default).OrThrowAsync();
        await world.Service.StartAsync(draft.Item.Id, default).OrThrowAsync();
        var ended = await world.RunAsync(draft.Item.Id);

        CampaignExclusionCount[] left =
        [
            new(CampaignExclusionReason.OptedOut, 3), new(CampaignExclusionReason.NoAddress, 1), new(CampaignExclusionReason.Duplicate, 2),
            new(CampaignExclusionReason.ValueMissing, 3),
        ];
        (preview.Selected, preview.Recipients, preview.ConversationsLeft).ShouldBe((20, 11, null));
        preview.Exclusions.ShouldBe(left);
        ended.Exclusions.OrderBy(e => e.Reason).ShouldBe(left);
        (ended.Item.State, ended.Item.Total, ended.Item.Queued, ended.Item.Excluded, ended.Item.Funnel.Sent)
            .ShouldBe((CampaignState.Finished, 20, 11, 9, 11));
        world.Messaging.WhatsApp.Sent.Select(sent => sent.To.Phone).Order(StringComparer.Ordinal)
            .ShouldBe(contacts.Skip(2).Select(id => phones[id]).Append("447700900777").Order(StringComparer.Ordinal));
        preview.Samples.Select(sample => sample.Text)
            .ShouldBe(contacts.Skip(2).Take(3).Select((_, i) => $"Order 12\n\nHi Name {i + 3:D4}, order Acme is on its way.\n\nShop"));
        (await world.MessagesAsync(draft.Item.Id))[0].Text.ShouldBe(preview.Samples[0].Text);
        var queries = world.Tenant.GetFresh<CampaignQueries>();
        (await queries.ExcludedAsync(draft.Item.Id, CampaignExclusionReason.Duplicate, 10, default).OrThrowAsync())
            .Select(person => person.ContactId)
            .ShouldBe([twin, again]);
        (await queries.ExcludedAsync(draft.Item.Id, CampaignExclusionReason.ValueMissing, 10, default).OrThrowAsync())
            .Select(person => person.ContactId)
            .ShouldBe(without);
        (await queries.ExcludedAsync(draft.Item.Id, CampaignExclusionReason.OptedOut, 10, default).OrThrowAsync())
            .Select(person => person.ContactId)
            .ShouldContain(shy);
        (nobody, stranger).ShouldNotBe((0, 0));
        (await world.Messaging.ConversationsUsedAsync()).ShouldBe(11);
    }

    [Theory, OnEachEngine]
    public async Task Funnel_CountsEachStep_AndTheReasonsOfFailures(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        var contacts = await world.AddContactsAsync(9);
        var phones = await PhonesAsync(world);
        world.Messaging.WhatsApp.OnSend = message => Task.FromResult<Result<AcceptedMessage>>(
            message.To.Phone == phones[contacts[6]] ? new WhatsAppRefused(131026, "Undeliverable", "Not on WhatsApp", null, null)
            : message.To.Phone == phones[contacts[7]] ? new WhatsAppUncertain()
            : message.To.Phone == phones[contacts[8]] ? new WhatsAppRefused(131050, "Stopped", "The customer stopped marketing", null, null)
            : new AcceptedMessage("wamid." + message.To.Phone, message.To.Phone, null));
        var id = await world.StartAsync();
        await world.RunAsync(id);

        (await ReachedAsync(CampaignReach.Read)).ShouldBeEmpty();
        await StatusAsync(0, "sent");
        await StatusAsync(1, "delivered");
        await StatusAsync(2, "read");
        await StatusAsync(3, "read");
        await StatusAsync(4, "failed", 131049);
        await world.Messaging.TakeInAsync(MetaWebhook.Text("wamid.answer", phones[contacts[3]], "Yes", world.Messaging.Now));

        var funnel = (await world.GetAsync(id)).Item.Funnel;
        funnel.ShouldBe(new CampaignFunnel(
            Queued: 9, Held: 0, OnTheWay: 0, Sent: 5, Delivered: 3, Read: 2, Answered: 1, Failed: 3, Uncertain: 1, Cancelled: 0,
            HeldByWhatsApp: 0, Retryable: 1));
        (await world.GetAsync(id)).Failures.Select(failure => (failure.Code, failure.Count))
            .ShouldBe([(131026, 1), (131049, 1), (131050, 1)], ignoreOrder: true);
        (await ReachedAsync(CampaignReach.Sent)).Count.ShouldBe(5);
        (await ReachedAsync(CampaignReach.Delivered)).ShouldBe(contacts[1..4], ignoreOrder: true);
        (await ReachedAsync(CampaignReach.Read)).ShouldBe(contacts[2..4], ignoreOrder: true);
        (await ReachedAsync(CampaignReach.Read, search: phones[contacts[2]])).ShouldBe([contacts[2]]);
        (await ReachedAsync(CampaignReach.Failed)).Count.ShouldBe(3);
        var use = await world.Tenant.GetFresh<TemplateUseQueries>().GetAsync(CampaignWorld.Template, "en", default).OrThrowAsync();
        (use.Sent, use.Delivered, use.Read, use.Failed).ShouldBe((5, 3, 2, 3));
        use.Campaigns.ShouldBe([new TemplateCampaign(id, "Spring", CampaignState.Finished, 9)]);

        async Task<List<long>> ReachedAsync(CampaignReach reach, string? search = null)
        {
            var those = FilterTerm.OfNumbers(ContactFilterFields.Campaign, FilterOperator.In, id, (long)reach);
            var page = await world.Tenant.ListAsync(new ContactQuery { Filters = [those], Search = search });
            return [.. page.Items.Select(contact => contact.Id)];
        }

        Task StatusAsync(int contact, string status, int? error = null) => TakeStatusAsync(world, phones[contacts[contact]], status, error);
    }

    [Theory, OnEachEngine]
    public async Task MessagesThatWhatsAppHolds_AreCounted_UntilItSendsOrDropsThem(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        var contacts = await world.AddContactsAsync(3);
        var phones = await PhonesAsync(world);
        world.Messaging.WhatsApp.OnSend = message => Task.FromResult<Result<AcceptedMessage>>(
            new AcceptedMessage("wamid." + message.To.Phone, message.To.Phone, null, IsHeld: message.To.Phone != phones[contacts[0]]));
        var id = await world.StartAsync();
        await world.RunAsync(id);

        await ShouldBeAsync((3, 2, 0, 0), CampaignOutcome.Sent, CampaignOutcome.HeldByWhatsapp, CampaignOutcome.HeldByWhatsapp);
        await StatusAsync(1, "delivered");
        await StatusAsync(2, "failed", 132015);
        await ShouldBeAsync((2, 0, 1, 1), CampaignOutcome.Sent, CampaignOutcome.Delivered, CampaignOutcome.Failed);

        async Task ShouldBeAsync((int Sent, int Held, int Delivered, int Failed) counts, params CampaignOutcome[] outcomes)
        {
            var funnel = (await world.GetAsync(id)).Item.Funnel;
            (funnel.Sent, funnel.HeldByWhatsApp, funnel.Delivered, funnel.Failed).ShouldBe(counts);
            (await world.MessagesAsync(id)).OrderBy(message => contacts.IndexOf(message.ContactId))
                .Select(message => CampaignOutcomes.Of(message.State, message.Status)).ShouldBe(outcomes);
        }

        Task StatusAsync(int contact, string status, int? error = null) => TakeStatusAsync(world, phones[contacts[contact]], status, error);
    }

    [Theory, OnEachEngine]
    public async Task Export_ListsEverybody_ThoseLeftOutIncluded(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        var contacts = await world.AddContactsAsync(4);
        await world.OptOutAsync(contacts[3]);
        var phones = await PhonesAsync(world);
        world.Messaging.WhatsApp.OnSend = message => Task.FromResult<Result<AcceptedMessage>>(
            message.To.Phone == phones[contacts[0]]
                ? new WhatsAppRefused(131026, "Undeliverable", "=1+1", null, null)
                : new AcceptedMessage("wamid." + message.To.Phone, null, null));
        var id = await world.StartAsync();
        await world.RunAsync(id);
        await world.Messaging.TakeInAsync(MetaWebhook.Status("wamid." + phones[contacts[1]], "read", world.Messaging.Now));
        var words = new CampaignExportLabels(
            ["id", "name", "phone", "status", "reason"], outcome => $"{outcome}", reason => $"{reason}", (code, error) => $"{error}");

        await using var file = new MemoryStream();
        await world.Tenant.GetFresh<CampaignExport>().WriteAsync(id, TableFormat.Csv, words, file, default);

        var lines = System.Text.Encoding.UTF8.GetString(file.ToArray()).TrimEnd().Split("\r\n").Select(line => line.Split(',')).ToList();
        lines.Skip(1).Select(cells => (cells[0], cells[3], cells[4])).ShouldBe(
        [
            ($"{contacts[0]}", "Failed", "'=1+1"), ($"{contacts[1]}", "Read", ""), ($"{contacts[2]}", "Sent", ""), (
                $"{contacts[3]}", "LeftOut", "OptedOut"),
        ]);
        lines[2][1].ShouldBe("Name 0002 Patel");
    }

    [Theory, OnEachEngine]
    public async Task Retry_SendsOnlyWhatSurelyWasNotSent_AndNobodyTwice(DatabaseProvider engine)
    {
        await using var world = await CampaignWorld.CreateAsync(engine);
        var contacts = await world.AddContactsAsync(4);
        var phones = await PhonesAsync(world);
        world.Messaging.WhatsApp.OnSend = message => Task.FromResult<Result<AcceptedMessage>>(
            message.To.Phone == phones[contacts[0]] ? new WhatsAppRefused(132000, "Parameters", "Wrong", null, null)
            : message.To.Phone == phones[contacts[1]] ? new WhatsAppUncertain()
            : message.To.Phone == phones[contacts[2]] ? new WhatsAppRefused(131050, "Stopped", "No marketing", null, null)
            : new AcceptedMessage("wamid.ok", message.To.Phone, null));
        var id = await world.StartAsync();
        (await world.RunAsync(id)).Item.Funnel.Retryable.ShouldBe(1);
        var reference = (await world.MessagesAsync(id))[0].Reference;
        world.Messaging.WhatsApp.AcceptAll();
        world.Messaging.WhatsApp.Sent.Clear();

        (await world.Service.RetryAsync(id, default).OrThrowAsync()).Item.State.ShouldBe(CampaignState.Running);
        var ended = await world.RunAsync(id);

        world.Messaging.WhatsApp.Sent.ShouldHaveSingleItem().To.Phone.ShouldBe(phones[contacts[0]]);
        world.Messaging.WhatsApp.Sent.Single().Reference.ShouldNotBe(reference);
        (ended.Item.Funnel.Sent, ended.Item.Funnel.Uncertain, ended.Item.Funnel.Failed, ended.Item.Funnel.Retryable).ShouldBe((2, 1, 1, 0));
        (await world.Service.RetryAsync(id, default)).Error.ShouldBeOfType<CampaignMovedOnError>();
    }

    private static async Task<Dictionary<long, string>> PhonesAsync(CampaignWorld world)
    {
        await using var db = world.Tenant.OpenDatabase();
        return await db.Contacts.ToDictionaryAsync(contact => contact.Id, contact => contact.PhoneKey);
    }

    private static Task TakeStatusAsync(CampaignWorld world, string phone, string status, int? error) =>
        world.Messaging.TakeInAsync(MetaWebhook.Status("wamid." + phone, status, world.Messaging.Now, error: error));
}
