using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Templates;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Templates;

/// <summary>Templates that show products: what they ask for, and what goes out.</summary>
public sealed class TemplateProductFormTests
{
    private const string Catalog = """[{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View catalog"}]}]""";
    private const string Items =
        """[{"type":"HEADER","format":"TEXT","text":"New"},{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]""";
    private const string Item = """[{"type":"HEADER","format":"PRODUCT"},{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]""";

    [Fact]
    public void Catalog_MayShowTheProductThatIsNamed()
    {
        var form = Form(Catalog);
        var none = Texts();
        form.Check(none).Any.ShouldBeFalse();
        form.Fill(none).Buttons.ShouldBeEmpty();

        var texts = Texts(("thumbnail_product_id", " tea-1 "));
        form.Check(texts).Any.ShouldBeFalse();
        ComponentsOf(form, texts).ShouldBe(
            """[{"type":"button","parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"tea-1"}}],"sub_type":"catalog","index":"0"}]""");
    }

    [Fact]
    public void Items_AreSectionsOfIds()
    {
        var form = Form(Items);
        form.Check(Texts()).Select(error => error.Key).ShouldBe(["thumbnail_product_id", "product_sections"]);

        var texts = Texts(("thumbnail_product_id", "tea-1"), ("product_sections", "Tea\ntea-1\ntea-2\n\nCoffee\r\nbean-1\r\n"));
        form.Check(texts).Any.ShouldBeFalse();
        ComponentsOf(form, texts).ShouldBe(
            """[{"type":"button","parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"tea-1","sections":[{"title":"Tea","product_items":[{"product_retailer_id":"tea-1"},{"product_retailer_id":"tea-2"}]},{"title":"Coffee","product_items":[{"product_retailer_id":"bean-1"}]}]}}],"sub_type":"mpm","index":"0"}]""");
    }

    [Theory]
    [InlineData("Tea", "template.sections_invalid")]
    [InlineData("A title of more than twenty-four\n1", "template.section_title_too_long")]
    [InlineData("Tea\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n21\n22\n23\n24\n25\n26\n27\n28\n29\n30\n31", "template.too_many_products")]
    [InlineData("1\n1\n\n2\n1\n\n3\n1\n\n4\n1\n\n5\n1\n\n6\n1\n\n7\n1\n\n8\n1\n\n9\n1\n\n10\n1\n\n11\n1", "template.sections_invalid")]
    public void Sections_ThatWhatsAppRefuses_AreToldAtTheirField(string sections, string code) =>
        Form(Items).Check(Texts(("thumbnail_product_id", "1"), ("product_sections", sections)))["product_sections"].Single().Code.ShouldBe(code);

    [Fact]
    public void OneProduct_IsTheHeader()
    {
        var form = Form(Item);
        form.UnknownPart.ShouldBeNull();
        form.Check(Texts()).Select(error => error.Key).ShouldBe(["header_catalog_id", "header_product_id"]);

        ComponentsOf(form, Texts(("header_catalog_id", "77"), ("header_product_id", "tea-1"))).ShouldBe(
            """[{"type":"header","parameters":[{"type":"product","product":{"product_retailer_id":"tea-1","catalog_id":"77"}}]}]""");
    }

    [Fact]
    public void Broadcast_KeepsTheLines_AndNeedsNothingOptional()
    {
        CampaignValueRules.Check(Form(Catalog), new Dictionary<string, CampaignValue>()).Any.ShouldBeFalse();
        var values = new Dictionary<string, CampaignValue>
        {
            ["thumbnail_product_id"] = new(CampaignSource.Text, "tea-1"),
            ["product_sections"] = new(CampaignSource.Text, "Tea\ntea-1\n\nCoffee\nbean-1"),
        };
        CampaignValueRules.Check(Form(Items), values).Any.ShouldBeFalse();
        var contact = new CampaignContact(new Addressee(1, "Asha", "", "", "", "", false, default, null), new string?[ContactFields.Variables.Count]);

        var filled = new CampaignContent(Form(Items), "en_US", [], values).Fill(contact).ShouldNotBeNull()
            .Content.ShouldBeOfType<TemplateContent>();
        filled.Buttons.ShouldHaveSingleItem().Sections.Select(section => (section.Title, section.ProductIds.Single()))
            .ShouldBe([("Tea", "tea-1"), ("Coffee", "bean-1")]);
        new CampaignContent(Form(Catalog), "en_US", [], new Dictionary<string, CampaignValue>()).Fill(contact).ShouldNotBeNull();
    }

    private static Dictionary<string, string> Texts(params (string Field, string Text)[] texts) =>
        texts.ToDictionary(text => text.Field, text => text.Text, StringComparer.Ordinal);

    private static string ComponentsOf(TemplateForm form, Dictionary<string, string> texts) =>
        OutboundJson.Write(new(Recipient.ByPhone("15551234567"), form.Fill(texts), "1"))["template"]!["components"]!.ToJsonString();

    private static TemplateForm Form(string components) => TemplateForm.Of("some_name", "en_US", "MARKETING", "POSITIONAL", components);
}
