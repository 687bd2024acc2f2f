using Bunit;
using WaCr.Web.Components.Pages.Templates;
using WaCr.Web.Features.Templates;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Components;

/// <summary>Templates as a table and as cards.</summary>
public sealed class TemplateViewsTests : ComponentTest
{
    private static readonly TemplateDetails Refused = TemplateDetails.Of(new Template
    {
        Id = 1,
        Name = "spring_sale",
        Language = "en_US",
        Category = "MARKETING",
        Status = "REJECTED",
        Quality = "RED",
        RejectedReason = "INVALID_FORMAT",
        HeaderFormat = "IMAGE",
    });

    [Fact]
    public void Table_SaysQualityAndHeaderInWords_AndLeadsToTheCard()
    {
        var table = Browser.Render<TemplateTable>(parameters => parameters.Add(p => p.Templates, [Refused]));
        table.FindAll("tbody td:not([role=rowheader])")
            .Select(cell => cell.TextContent)
            .Take(5)
            .ShouldBe(["Marketing", "en_US", "Rejected", "Low quality", "Photo"]);
        table.Find("tbody a").GetAttribute("href").ShouldBe("/templates?search=spring_sale&language=en_US");
    }

    [Fact]
    public void Card_SaysWhyWhatsAppRefused_AndOffersNoTest()
    {
        Become(Role.Agent);
        var card = Browser.Render<TemplateCard>(parameters => parameters.Add(p => p.Template, Refused));
        card.Find(".why").TextContent.ShouldContain("variables or formatting are wrong");
        card.FindAll("button").ShouldBeEmpty();
    }

    [Fact]
    public void Table_OffersTheSameActions_ToAdminsAlone()
    {
        Become(Role.Admin);
        Browser.Render<TemplateTable>(parameters => parameters.Add(p => p.Templates, [Refused])).FindAll("[aria-label='Actions of spring_sale']").Count.ShouldBe(1);
        Become(Role.Agent);
        Browser.Render<TemplateTable>(parameters => parameters.Add(p => p.Templates, [Refused])).FindAll("[aria-label='Actions of spring_sale']").ShouldBeEmpty();
    }

    [Fact]
    public async Task TemplateThatNobodySentForElevenMonths_IsWarnedOf_UntilItIsSent()
    {
        var old = await Tenant.AddTemplateAsync("forgotten");
        await Tenant.AddTemplateAsync("young");
        await using (var db = Tenant.OpenDatabase())
        {
            await db.Templates.Where(t => t.Id == old.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.CreatedAt, Time.GetUtcNow().AddMonths(-12)));
        }

        var warning = Browser.Render<IdleTemplates>();
        warning.WaitForElement(".idle").TextContent.ShouldContain("WhatsApp will soon archive 1 template");
        warning.Find("a").GetAttribute("href").ShouldBe("/templates?search=forgotten&language=en");

        await Tenant.ConnectWhatsAppAsync();
        var message = await Tenant.AddInboundAsync((await Tenant.CreateContactAsync()).Id, "wamid.1", Time.GetUtcNow());
        await using (var db = Tenant.OpenDatabase())
        {
            await db.Messages.Where(m => m.Id == message)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.TemplateName, "forgotten").SetProperty(m => m.TemplateLanguage, "en"));
        }

        Browser.Render<IdleTemplates>().FindAll(".idle").ShouldBeEmpty();
    }

    [Fact]
    public void Card_OffersItsActions_ToAdminsAlone()
    {
        Become(Role.Admin);
        Browser.Render<TemplateCard>(parameters => parameters.Add(p => p.Template, Refused)).FindAll("[aria-label='Actions of spring_sale']").Count.ShouldBe(1);
        Become(Role.Agent);
        Browser.Render<TemplateCard>(parameters => parameters.Add(p => p.Template, Refused)).FindAll("[aria-label='Actions of spring_sale']").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Agent, 1)]
    [InlineData(Role.Viewer, 0)]
    public void Card_OffersATest_ToWhoMaySend(Role role, int buttons)
    {
        Become(role);
        var approved = Refused with { Status = Template.Approved, RejectedReason = null };
        var card = Browser.Render<TemplateCard>(parameters => parameters.Add(p => p.Template, approved));
        card.FindAll("button").Count.ShouldBe(buttons);
        card.FindAll(".why").ShouldBeEmpty();
    }

    protected override void AddMore(IServiceCollection services) => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp());
}
