using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Templates;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Tests.Components;

/// <summary>The form of a template, for every kind of component that WhatsApp has and this product fills.</summary>
public sealed class TemplateFillFormTests : ComponentTest
{
    private static readonly Dictionary<string, string> Nobody = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, string> Asha = new(StringComparer.Ordinal) { [MergeFields.FirstName] = "Asha", [MergeFields.Email] = "asha@example.com" };

    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task TextHeaderBodyAndAddressButton_AreAskedForInTheOrderOfTheMessage()
    {
        var filling = Of("""
            [{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Stop"},{"type":"URL","text":"Track","url":"https://ex.test/{{1}}"}]},
             {"type":"BODY","text":"Order {{2}} for {{1}}","example":{"body_text":[["Jessica","123"]]}},
             {"type":"HEADER","format":"TEXT","text":"News for {{1}}"}]
            """);
        var form = Render(filling);

        form.FindAll("label bdi").Select(label => label.TextContent)
            .ShouldBe(["Header text: {{1}}", "Text: {{1}}", "Text: {{2}}", "“Track” link ending"]);
        form.Find("#template-field_1").GetAttribute("value").ShouldBe("@{contact_first_name}");
        form.Find("#template-field_2").GetAttribute("placeholder").ShouldBe("for example 123");

        await form.Find("#template-header_field_1").InputAsync("spring");
        await form.Find("#template-field_2").InputAsync("4711");
        await form.Find("#template-button_1").InputAsync("abc?d=1");
        filling.Check(Asha).ShouldBeEmpty();
        var request = filling.ToRequest(7);
        (request.ContactId.Or(null), request.Name.Or(null), request.Language.Or(null)).ShouldBe((7L, "order", "en"));
        request.Texts.ToDictionary(text => text.Key, text => text.Value.Or(null)).ShouldBe(new Dictionary<string, string?>
        {
            ["header_field_1"] = "spring",
            ["field_1"] = "@{contact_first_name}",
            ["field_2"] = "4711",
            ["button_1"] = "abc?d=1",
        }, ignoreOrder: true);
    }

    [Fact]
    public async Task SectionsOfProducts_AreTypedInLines_WithWhereTheirIdsStand()
    {
        var filling = Of("""[{"type":"HEADER","format":"TEXT","text":"New"},{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]""");
        var form = Render(filling);
        form.Markup.ShouldContain("In Commerce Manager it is called content ID");

        await form.Find("#template-thumbnail_product_id").InputAsync("tea-1");
        await form.Find("textarea#template-product_sections").InputAsync("Tea\ntea-1\ntea-2");

        filling.Check(Nobody).ShouldBeEmpty();
        filling.ToRequest(7).Texts["product_sections"].Or(null).ShouldBe("Tea\ntea-1\ntea-2");
    }

    [Fact]
    public void NamedVariables_AreCalledByTheirNames_AndFilledFromTheContact()
    {
        var filling = Of("""[{"type":"BODY","text":"Hi {{first_name}}, we write to {{email}} about {{topic}}"}]""", format: "NAMED");
        var form = Render(filling);

        form.FindAll("label bdi").Select(label => label.TextContent).ShouldBe(["Text: {{first_name}}", "Text: {{email}}", "Text: {{topic}}"]);
        filling.Filled(Asha).ShouldBe(new Dictionary<string, string> { ["field_1"] = "Asha", ["field_2"] = "asha@example.com" }, ignoreOrder: true);
        filling.Check(Asha).Select(error => error.Key).ShouldBe(["field_3"]);
    }

    [Fact]
    public async Task ANamedVariable_InHeaderAndText_IsAskedForOnce()
    {
        var filling = Of("""
            [{"type":"HEADER","format":"TEXT","text":"About {{topic}}"},{"type":"BODY","text":"We write about {{topic}} and {{day}}"}]
            """, format: "NAMED");
        var form = Render(filling);

        await form.Find("#template-header_field_1").InputAsync("kettles");
        form.FindAll("label bdi").Select(label => label.TextContent).ShouldBe(["Header text: {{topic}}", "Text: {{day}}"]);
        filling.Texts.ShouldBe(new Dictionary<string, string> { ["header_field_1"] = "kettles", ["field_1"] = "kettles" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("IMAGE", "Header image", ".jpg,.png,.webp", "image")]
    [InlineData("VIDEO", "Header video", ".mp4,.3gp", "video")]
    [InlineData("DOCUMENT", "Header document", ".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt,.csv", "document")]
    public async Task FileHeader_TakesAnAddress(string format, string label, string accepts, string kind)
    {
        var filling = Of($$"""[{"type":"HEADER","format":"{{format}}"},{"type":"BODY","text":"Look"}]""");
        var form = Render(filling);

        form.Find($"label[for=template-header_{kind}_url]").TextContent.ShouldBe(label);
        form.Find("input[type=file]").GetAttribute("accept").ShouldBe(accepts);
        filling.Check(Nobody).Select(error => error.Key).ShouldBe([$"header_{kind}_url"]);

        await form.Find("input[type=url]").InputAsync("not an address");
        filling.Check(Nobody)[$"header_{kind}_url"].ShouldBe(["Must be a public http or https URL"]);
        await form.Find("input[type=url]").InputAsync("https://ex.test/file");
        filling.Check(Nobody).ShouldBeEmpty();
        filling.ToRequest(1).HeaderUrls[kind].Or(null).ShouldBe("https://ex.test/file");
    }

    [Fact]
    public async Task FileHeader_TakesAFile_ByItsContent()
    {
        var filling = Of("""[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Look"}]""");
        var form = Render(filling);

        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(Encoding.UTF8.GetBytes("only words"), "photo.png", contentType: "image/png"));
        form.WaitForAssertion(() => form.Find(".mud-input-helper-text.mud-input-error").TextContent.ShouldStartWith("WhatsApp only accepts JPG"));
        filling.File.ShouldBeNull();

        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(Png, "photo.png", contentType: "image/png"));
        form.WaitForAssertion(() => form.Find(".picked-file bdi").TextContent.ShouldBe("photo.png"));
        filling.Check(Nobody).ShouldBeEmpty();
        filling.ToRequest(1).HeaderFiles["image"].FileName.ShouldBe("photo.png");

        await form.Find(".picked-file button").ClickAsync(new());
        filling.Check(Nobody).Select(error => error.Key).ShouldBe(["header_image_url"]);
    }

    [Fact]
    public async Task CouponButton_TakesAShortCode()
    {
        var filling = Of("""[{"type":"BODY","text":"Save now"},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","text":"Copy offer code"}]}]""");
        var form = Render(filling);

        form.Find("label bdi").TextContent.ShouldBe("Code that “Copy offer code” copies");
        form.Find("#template-button_0").GetAttribute("maxlength").ShouldBe("15");
        form.FindAll(".insert").ShouldBeEmpty();
        await form.Find("#template-button_0").InputAsync("SPRING25OFFTODAY");
        filling.Check(Nobody)["button_0"].ShouldBe(["Must not be longer than 15 characters"]);
        await form.Find("#template-button_0").InputAsync("SPRING25");
        filling.Check(Nobody).ShouldBeEmpty();
    }

    [Fact]
    public async Task Authentication_AsksForTheCodeAlone()
    {
        var filling = Of(Support.TestTemplates.CodeComponents, category: "AUTHENTICATION");
        var form = Render(filling);

        form.FindAll(".field").Count.ShouldBe(1);
        await form.Find("#template-field_1").InputAsync("123456");
        filling.Check(Nobody).ShouldBeEmpty();
    }

    [Fact]
    public void QuickReplyAndPhoneButtons_AskForNothing()
    {
        var filling = Of("""[{"type":"BODY","text":"Hello"},{"type":"FOOTER","text":"Shop"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"},{"type":"PHONE_NUMBER","text":"Call","phone_number":"+1"}]}]""");

        Render(filling).FindAll(".field").ShouldBeEmpty();
        filling.Check(Nobody).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""[{"type":"HEADER","format":"GIF"},{"type":"BODY","text":"Here"}]""")]
    [InlineData("""[{"type":"BODY","text":"Look"},{"type":"CAROUSEL","cards":[]}]""")]
    public void APartThatCannotBeFilled_IsSaid(string components)
    {
        var filling = Of(components);

        Render(filling).Find(".error").TextContent.ShouldStartWith("This template has a part");
        filling.Check(Nobody).ShouldNotBeEmpty();
    }

    [Fact]
    public void Errors_StandBelowTheirFields()
    {
        var filling = Of("""[{"type":"BODY","text":"{{1}} and {{2}}"}]""");
        filling.Set("field_1", "two\nlines");
        var form = Render(filling, filling.Check(Nobody));

        form.Find("#template-field_1-error").TextContent.ShouldBe("WhatsApp allows no line breaks, tabs or more than four spaces in a row here");
        form.Find("#template-field_2-error").TextContent.ShouldBe("Enter a value");
        form.Find("#template-field_2").GetAttribute("aria-describedby").ShouldBe("template-field_2-error");
        form.Find("#template-field_2").GetAttribute("aria-invalid").ShouldBe("true");
    }

    [Fact]
    public async Task AContactsField_IsPutBehindWhatIsTyped()
    {
        var filling = Of("""[{"type":"BODY","text":"{{1}}"}]""");
        var form = Render(filling);

        await form.Find("#template-field_1").InputAsync("Dear");
        await form.Find(".insert button").ClickAsync(new());
        await Popovers.WaitForElement(".mud-menu-item").ClickAsync(new());
        filling.Texts["field_1"].ShouldBe("Dear @{contact_first_name}");
        filling.Filled(Asha)["field_1"].ShouldBe("Dear Asha");
    }

    [Fact]
    public void Bubble_ShowsWhatIsTyped_AndThePicture()
    {
        var filling = Of("""[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Hi {{1}}, *{{2}}*"},{"type":"FOOTER","text":"Shop"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://ex.test/{{1}}"}]}]""");
        filling.Set("field_1", "Asha");
        var bubble = Browser.Render<TemplateBubble>(parameters => parameters
            .Add(p => p.Template, filling.Template).Add(p => p.Values, filling.Filled(Nobody)).Add(p => p.Picture, "https://ex.test/a.png"));

        bubble.Find(".message-text").InnerHtml.ShouldBe("Hi Asha, <strong>{{2}}</strong>");
        bubble.Find("img").GetAttribute("src").ShouldBe("https://ex.test/a.png");
        bubble.Find(".footer").TextContent.ShouldBe("Shop");
        bubble.Find("li").TextContent.ShouldBe("Track");
    }

    [Theory]
    [InlineData("""{"type":"HEADER","format":"TEXT","text":"News"}""", ".header", "News")]
    [InlineData("""{"type":"HEADER","format":"IMAGE"}""", ".message-media", "Picture")]
    [InlineData("""{"type":"HEADER","format":"VIDEO"}""", ".message-media", "Video")]
    [InlineData("""{"type":"HEADER","format":"DOCUMENT"}""", ".message-media", "Document")]
    [InlineData("""{"type":"HEADER","format":"LOCATION"}""", ".message-media", "Location")]
    [InlineData("""{"type":"HEADER","format":"PRODUCT"}""", ".message-media", "Product")]
    [InlineData("""{"type":"FOOTER","text":"Shop"}""", ".footer", "Shop")]
    [InlineData("""{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Stop"}]}""", "li", "Stop")]
    [InlineData("""{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://ex.test"}]}""", "li", "Track")]
    [InlineData("""{"type":"BUTTONS","buttons":[{"type":"PHONE_NUMBER","text":"Call us","phone_number":"+12025550100"}]}""", "li", "Call us")]
    [InlineData("""{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING"}]}""", "li", "Copy offer code")]
    [InlineData("""{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Book"}]}""", "li", "Book")]
    public void Bubble_ShowsEveryKindOfPart(string part, string place, string shown)
    {
        var filling = Of($$"""[{{part}},{"type":"BODY","text":"Hi"}]""");
        var bubble = Browser.Render<TemplateBubble>(parameters => parameters.Add(p => p.Template, filling.Template));
        bubble.Find(place).TextContent.ShouldBe(shown);
        bubble.Find(".message-text").TextContent.ShouldBe("Hi");
    }

    [Fact]
    public void Bubble_OfACode_SaysWhatWhatsAppWillSay()
    {
        var filling = Of(
            """[{"type":"BODY","add_security_recommendation":true},{"type":"FOOTER","code_expiration_minutes":5},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","text":"Copy code"}]}]""",
            "AUTHENTICATION");
        var bubble = Browser.Render<TemplateBubble>(parameters => parameters.Add(p => p.Template, filling.Template));
        bubble.FindAll(".message-text").Select(line => line.TextContent).ShouldBe(["{{1}} is your verification code.", "For your security, do not share this code."]);
        bubble.Find(".footer").TextContent.ShouldBe("This code expires in 5 minutes.");
        bubble.Find("li").TextContent.ShouldBe("Copy code");
    }

    private static TemplateFilling Of(string components, string category = "UTILITY", string? format = "POSITIONAL")
    {
        var read = TemplateComponents.Read(components);
        return new TemplateFilling(new TemplateDetails(
            1, "1", "order", "en", category, "APPROVED", read.HeaderFormatWord, null, read, TemplateForm.Of("order", "en", category, format, read), default, default));
    }

    private IRenderedComponent<TemplateFillForm> Render(TemplateFilling filling, FieldErrors? errors = null) =>
        Browser.Render<TemplateFillForm>(parameters => parameters
            .Add(p => p.Filling, filling)
            .Add(p => p.Errors, errors ?? [])
            .Add(p => p.Merge, MergeChoice.Fields(Browser.Services.GetRequiredService<Localizer>())));
}
