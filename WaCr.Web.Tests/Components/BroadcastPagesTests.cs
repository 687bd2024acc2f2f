using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;
using WaCr.Web.Components.Pages.Campaigns;
using WaCr.Web.Components.Shared.Kit;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Tests.Components;

public sealed class BroadcastPagesTests : ComponentTest
{
    [Fact]
    public async Task Steps_LeadFromAGroupToABroadcastThatIsStarted()
    {
        var group = await PrepareAsync();
        await using (var db = Tenant.OpenDatabase())
        {
            db.ChannelHealths.Add(
                new ChannelHealth { ChannelId = await db.Channels.Select(channel => channel.Id).SingleAsync(), DailyLimit = 2_000 });
            await db.SaveChangesAsync();
        }

        var page = Browser.Render<NewCampaignPage>();

        page.WaitForAssertion(() => page.FindAll("input[type=radio]").Count.ShouldBe(2)); // a selection is only there where one came along
        await Next(page);
        page.WaitForAssertion(() => page.Find("fieldset .error").TextContent.ShouldBe("Choose recipients"));
        await page.FindAll("input[type=radio]")[0].ClickAsync(new());
        page.WaitForElement("#audience-group");
        await page.ChooseAsync("audience-group", group);
        page.WaitForAssertion(() => page.Find(".audience-count").TextContent.ShouldBe("3 contacts"));
        await Next(page);

        page.WaitForElement("#broadcast-template");
        await Next(page);
        page.WaitForAssertion(() => page.Find("#broadcast-template-error").TextContent.ShouldBe("Choose a template"));
        await page.Find("#broadcast-template").ClickAsync(new());
        page.WaitForAssertion(() => page.FindAll("[role=option]").Count.ShouldBe(1)); // neither the code's nor the one that is not approved
        await page.Find("[role=option]").ClickAsync(new());
        page.WaitForElement("#variable-field_2");
        page.Find("#variable-field_1").GetAttribute("value").ShouldBe("First name"); // {{1}} of a body is most often a name
        await page.ChooseAsync("variable-field_2", "company");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Contacts without one are skipped."));
        page.Find(".template-bubble").TextContent.ShouldContain("[Company]");
        await Next(page);

        // What the service misses is said beside the variable.
        page.WaitForAssertion(() => page.Find("#variable-header_field_1-note").TextContent.ShouldBe("Enter a value here"));
        await page.Find("#variable-header_field_1-text").InputAsync("12");
        await page.Find("#variable-button_0-text").InputAsync("abc");
        await Next(page);

        page.WaitForAssertion(() => page.Find("#check-title").TextContent.ShouldBe("1 recipient"));
        page.Find("[data-reason=OptedOut]").TextContent.ShouldContain("1");
        page.Markup.ShouldContain("Your WhatsApp limit is 2,000 people a day; 2,000 are left.");
        page.Find("[data-reason=ValueMissing]").TextContent.ShouldContain("1");
        page.Find(".samples .template-bubble").TextContent.ShouldContain("Hi Asha, order Acme is on its way.");
        page.Find("#broadcast-name").GetAttribute("value").ShouldNotBeNull().ShouldStartWith("order_update");
        var counted = page.FindComponent<CheckStep>().Instance.Counted;
        await page.InvokeAsync(() => counted.InvokeAsync(0));
        page.Find(".form-foot .mud-button-filled-primary").HasAttribute("disabled").ShouldBeTrue("there is nobody to send to");
        await page.InvokeAsync(() => counted.InvokeAsync(1));
        await page.FindAll("input[type=radio]")[1].ClickAsync(new());
        page.WaitForElement("#broadcast-at");
        var at = page.FindComponent<MomentField>().Instance;
        await page.InvokeAsync(() => at.ValueChanged.InvokeAsync(new DateTime(2020, 1, 1, 10, 0, 0)));
        await page.Find(".form-foot .mud-button-filled-primary").ClickAsync(new());
        page.WaitForAssertion(() => page.Markup.ShouldContain("Choose a future time"));
        await page.FindAll("input[type=radio]")[0].ClickAsync(new());
        page.WaitForAssertion(() => page.Find(".form-foot .mud-button-filled-primary").TextContent.Trim().ShouldBe("Send to 1 person"));
        await page.Find(".form-foot .mud-button-filled-primary").ClickAsync(new());

        var navigation = Browser.Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => navigation.Uri.ShouldMatch("/broadcasts/[0-9]+$"));
        var sent = (await CampaignsAsync()).ShouldHaveSingleItem();
        (sent.State, sent.DueAt).ShouldBe((CampaignState.Scheduled, Time.GetUtcNow() + CampaignService.Grace));

        var shown = Browser.Render<CampaignPage>(set => set.Add(p => p.Id, sent.Id));
        await shown.WaitForElement(".stop").ClickAsync(new());
        navigation.Uri.ShouldEndWith($"/broadcasts/new?draft={sent.Id}");
        (await CampaignsAsync()).ShouldHaveSingleItem().State.ShouldBe(CampaignState.Draft);
    }

    [Fact]
    public async Task SelectionOfTheList_IsKeptInADraft_AndNeverInTheAddress()
    {
        await PrepareAsync();
        var button = Browser.Render<SendTemplateButton>(parameters => parameters.Add(b => b.Selection, ContactSelection.AllMatching(new ContactQuery(), [])));
        await button.Find("button").ClickAsync(new());

        var draft = (await CampaignsAsync()).ShouldHaveSingleItem();
        var navigation = Browser.Services.GetRequiredService<NavigationManager>();
        navigation.Uri.ShouldEndWith($"/broadcasts/new?draft={draft.Id}");
        var page = Browser.Render<NewCampaignPage>();
        page.WaitForAssertion(() => page.Find(".audience-count").TextContent.ShouldBe("3 contacts"));
        page.FindAll("input[type=radio]").Count.ShouldBe(3);
    }

    [Fact]
    public async Task AnAgent_WatchesABroadcast_AndIsOfferedNothingToChange()
    {
        await PrepareAsync();
        var id = await DraftAsync();
        Become(Role.Agent);

        var page = Browser.Render<CampaignPage>(parameters => parameters.Add(p => p.Id, id));
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("Spring"));
        page.FindAll("button").ShouldBeEmpty();
        page.FindAll(".page-head a").ShouldBeEmpty();
        var list = Browser.Render<CampaignsPage>();
        list.WaitForAssertion(() => list.Find(".broadcast-name").GetAttribute("href").ShouldBe($"/broadcasts/{id}"));
        list.FindAll(".page-head a").ShouldBeEmpty();
        Browser.Render<SendTemplateButton>(parameters => parameters.Add(b => b.Selection, ContactSelection.Of([1]))).FindAll("button")
            .ShouldBeEmpty();
        var refused = Browser.Render<NewCampaignPage>();
        refused.WaitForAssertion(() => refused.Markup.ShouldContain("Your role doesn't allow this"));
    }

    [Fact]
    public void Funnel_ReadsAsATable_AndShowsWhatIsUncertain()
    {
        var panel = Browser.Render<FunnelPanel>(parameters => parameters
            .Add(p => p.CampaignId, 7)
            .Add(p => p.Funnel, new CampaignFunnel(200, 10, 5, 180, 150, 90, 20, 4, 1, 0, 30, 3)));

        panel.FindAll("tbody tr").Select(row => (row.GetAttribute("data-step"), row.QuerySelectorAll("td")[0].TextContent.Trim())).ShouldBe(
            [("queued", "200"), ("sent", "180"), ("held-by-whatsapp", "30"), ("delivered", "150"), ("read", "90"), ("answered", "20"), ("failed", "4"), ("waiting", "15"), ("uncertain", "1")]);
        panel.FindAll("tbody a").Select(link => link.GetAttribute("href")).ShouldBe(
            [.. new[] { "sent", "delivered", "read", "failed" }.Select(step => $"/contacts?campaign=7-{step}")]);
        panel.FindAll(".track").Count.ShouldBe(9);
        panel.Markup.ShouldContain("WhatsApp first waits");
        panel.Markup.ShouldContain("retry them automatically");
    }

    [Fact]
    public async Task HeaderOfABroadcast_TakesAFile_AsInAChat()
    {
        var parameter = new TemplateParameter(
            "header_document_url", TemplateParameterKind.HeaderFile, "document", FileKind: WaCr.Web.WhatsApp.MediaKind.Document);
        var value = new CampaignValue(CampaignSource.Text, "https://ex.test/a.pdf");
        IRenderedComponent<VariableField> Render() => Browser.Render<VariableField>(parameters => parameters
            .Add(f => f.Parameter, parameter).Add(f => f.Value, value).Add(f => f.ValueChanged, set => value = set));
        var field = Render();
        field.Find("input[type=url]").GetAttribute("value").ShouldBe("https://ex.test/a.pdf");

        field.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary("%PDF-1.7"u8.ToArray(), "prices.pdf", contentType: "application/pdf"));

        field.WaitForAssertion(() => (value.Text, value.File?.Name).ShouldBe(("", "prices.pdf")));
        field = Render();
        field.Find(".picked-file bdi").TextContent.ShouldBe("prices.pdf");
        await field.Find(".picked-file button").ClickAsync(new());
        value.File.ShouldBeNull();
    }

    private static Task Next(IRenderedComponent<NewCampaignPage> page) => page.Find(".form-foot .mud-button-filled-primary").ClickAsync(new());

    private async Task<long> PrepareAsync()
    {
        await using (var channels = Tenant.OpenDatabase())
        {
            channels.Channels.Add(new Channel
            {
                Name = "Sales",
                PhoneNumberId = MetaWebhook.PhoneNumberId,
                BusinessAccountId = MetaWebhook.BusinessAccountId,
                AccessToken = "sealed",
                DefaultStatusId = Tenant.StatusId,
                DefaultSourceId = Tenant.SourceId,
            });
            await channels.SaveChangesAsync();
        }

        await Tenant.AddTemplateAsync("order_update", account: MetaWebhook.BusinessAccountId);
        await Tenant.AddTemplateAsync("login_code", Template.Authentication, TestTemplates.CodeComponents, account: MetaWebhook.BusinessAccountId);
        await Tenant.AddTemplateAsync("not_yet", status: "PENDING", account: MetaWebhook.BusinessAccountId);
        var group = await Tenant.CreateGroupAsync("VIP");
        var members = new WaCr.Web.Common.Optional<IReadOnlyList<long>?>([group]);
        await Tenant.CreateContactAsync(Tenant.NewContact("Asha") with { Company = "Acme", Groups = members });
        await Tenant.CreateContactAsync(Tenant.NewContact("Bela") with { Groups = members });
        var gone = await Tenant.CreateContactAsync(Tenant.NewContact("Cora") with { Company = "Acme", Groups = members });
        await using var db = Tenant.OpenDatabase();
        await db.Contacts.Where(contact => contact.Id == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(contact => contact.IsOptedOut, true));
        return group;
    }

    private async Task<long> DraftAsync() =>
        (await Tenant.Get<CampaignDrafts>().CreateAsync(new CampaignPatch { Name = "Spring" }, default).OrThrowAsync()).Item.Id;

    private async Task<List<Campaign>> CampaignsAsync()
    {
        await using var db = Tenant.OpenDatabase();
        return await db.Campaigns.AsNoTracking().ToListAsync();
    }
}
