using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Features.Campaigns;

/// <summary>A broadcast in each contact's language.</summary>
public sealed class CampaignLanguageTests
{
    private const string Portuguese = """
        [{"type":"HEADER","format":"TEXT","text":"Pedido {{1}}","example":{"header_text":["123"]}},
         {"type":"BODY","text":"Oi {{1}}, o pedido {{2}} está a caminho.","example":{"body_text":[["Jessica","123"]]}},
         {"type":"BUTTONS","buttons":[{"type":"URL","text":"Ver","url":"https://ex.test/{{1}}"}]}]
        """;

    private const string AsksForMore = """[{"type":"BODY","text":"{{1}} {{2}} {{3}}","example":{"body_text":[["a","b","c"]]}}]""";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task Translation_IsTheTagsOwn_ThenTheBaseLanguages_ThenTheChosenOne(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine, "pt_BR", "pt");
        var people = await PeopleAsync(world, "pt-BR", "pt-PT", "ar", null);
        var id = await StartAsync(world, usesContactLanguage: true);

        await world.RunAsync(id);

        var sent = (await world.MessagesAsync(id)).ToDictionary(message => message.ContactId);
        people.ConvertAll(person => sent[person].TemplateLanguage).ShouldBe(["pt_BR", "pt", "en", "en"]);
        sent[people[0]].Text.ShouldContain("o pedido Acme está a caminho");
        sent[people[2]].Text.ShouldContain("order Acme is on its way");
    }

    [Theory, OnEachEngine]
    public async Task WithoutTheChoice_EverybodyGetsTheChosenOne_AndAPreviewSaysTheSame(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine, "pt_BR");
        await PeopleAsync(world, "pt-BR");
        var with = await DraftAsync(world, usesContactLanguage: true);
        var without = await DraftAsync(world, usesContactLanguage: false);

        var translated = (await PreviewAsync(world, with)).Samples.ShouldHaveSingleItem();
        (translated.Translation!.Language, translated.Text.Contains("está a caminho", StringComparison.Ordinal)).ShouldBe(("pt_BR", true));
        var plain = (await PreviewAsync(world, without)).Samples.ShouldHaveSingleItem();
        (plain.Translation, plain.Text.Contains("is on its way", StringComparison.Ordinal)).ShouldBe((null, true));
    }

    [Theory, OnEachEngine]
    public async Task Translation_ThatIsNotApprovedOrAsksForMore_IsPassedOver(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        await AddAsync(world, "pt_BR", Portuguese, "PENDING");
        await AddAsync(world, "ar", AsksForMore);
        await PeopleAsync(world, "pt-BR", "ar");
        var id = await StartAsync(world, usesContactLanguage: true);

        await world.RunAsync(id);

        (await world.MessagesAsync(id)).Select(message => message.TemplateLanguage).ShouldBe(["en", "en"]);
    }

    [Theory, OnEachEngine]
    public async Task Language_IsAVariableToo(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        await PeopleAsync(world, "pt-BR");
        var draft = await world.DraftAsync();
        var values = new Dictionary<string, CampaignValue>(CampaignWorld.Values(), StringComparer.Ordinal)
        {
            ["field_2"] = new(ContactFieldNames.Language),
        };
        await world.Drafts.UpdateAsync(
            draft.Item.Id, new CampaignPatch
            {
                Values = new Optional<IReadOnlyDictionary<string, CampaignValue>>(values),
            }, None).OrThrowAsync();

        (await PreviewAsync(world, draft.Item.Id)).Samples.ShouldHaveSingleItem().Values["field_2"].ShouldBe("pt-BR");
    }

    [Fact]
    public void Values_ThatWereKeptWithNumbers_AreReadAsTheFieldsTheyMeant()
    {
        var values = CampaignText.ReadValues(
            """{"field_1":{"Source":1,"Text":"","Fallback":"you"},"field_2":{"Source":9,"Text":"","Fallback":""}}""");

        values["field_1"].ShouldBe(new CampaignValue(CampaignSource.FirstName, Fallback: "you"));
        values["field_2"].Source.ShouldBe(ContactFieldNames.Zip);
        CampaignText.ReadValues(CampaignText.Write(values))["field_2"].ShouldBe(values["field_2"]);
    }

    private static async Task<CampaignWorld> CreateAsync(DatabaseProvider engine, params string[] languages)
    {
        var world = await CampaignWorld.CreateAsync(engine);
        foreach (var language in languages)
        {
            await AddAsync(world, language, Portuguese);
        }

        return world;
    }

    private static Task<Template> AddAsync(CampaignWorld world, string language, string components, string status = "APPROVED") =>
        world.Tenant.AddTemplateAsync(
        CampaignWorld.Template, components: components, language: language, status: status, account: MetaWebhook.BusinessAccountId);

    private static async Task<List<long>> PeopleAsync(CampaignWorld world, params string?[] languages)
    {
        var people = new List<long>();
        for (var index = 0; index < languages.Length; index++)
        {
            var person = world.Tenant.NewContact(
                $"Name {index}", phone: $"+9198000000{index:00}") with
            { Company = "Acme", Language = languages[index] };
            people.Add((await world.Tenant.CreateContactAsync(person)).Id);
        }

        return people;
    }

    private static async Task<long> DraftAsync(CampaignWorld world, bool usesContactLanguage)
    {
        var draft = await world.DraftAsync();
        await world.Drafts.UpdateAsync(draft.Item.Id, new CampaignPatch { UsesContactLanguage = usesContactLanguage }, None).OrThrowAsync();
        (await world.GetAsync(draft.Item.Id)).UsesContactLanguage.ShouldBe(usesContactLanguage);
        return draft.Item.Id;
    }

    private static async Task<long> StartAsync(CampaignWorld world, bool usesContactLanguage) =>
        (await world.Service.StartAsync(await DraftAsync(world, usesContactLanguage), None).OrThrowAsync()).Item.Id;

    private static Task<CampaignPreview> PreviewAsync(CampaignWorld world, long id) =>
        world.Tenant.GetFresh<CampaignForecast>().PreviewAsync(id, None).OrThrowAsync();
}
