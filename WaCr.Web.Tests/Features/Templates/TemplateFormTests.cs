using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using WaCr.Web.Features.Templates;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Templates;

public sealed class TemplateFormTests
{
    private const string Order = """
        [{"type":"HEADER","format":"TEXT","text":"Order {{1}}","example":{"header_text":["123"]}},
         {"type":"BODY","text":"Hi {{1}}, order {{2}} is on its way.","example":{"body_text":[["Jessica","123"]]}},
         {"type":"FOOTER","text":"Shop"},
         {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Stop"},{"type":"URL","text":"Track","url":"https://ex.com/{{1}}"},
          {"type":"URL","text":"Home","url":"https://ex.com/"},{"type":"PHONE_NUMBER","text":"Call","phone_number":"+15550783881"},
          {"type":"COPY_CODE","text":"Copy"}]}]
        """;

    private const string Code = """
        [{"type":"BODY","text":"*{{1}}* is your verification code.","add_security_recommendation":true},
         {"type":"FOOTER","text":"This code expires in 5 minutes.","code_expiration_minutes":5},
         {"type":"BUTTONS","buttons":[{"type":"URL","text":"Copy code","url":"https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}"}]}]
        """;

    private static readonly Dictionary<string, string> OrderTexts = new(StringComparer.Ordinal)
    {
        ["header_field_1"] = "77",
        ["field_1"] = "Ana",
        ["field_2"] = "A-77",
        ["button_1"] = "track/77",
        ["button_4"] = "25OFF",
    };

    [Fact]
    public void Template_AsksForItsParameters_InTheOrderOfTheMessage()
    {
        var form = Form(Order);

        form.Parameters.ShouldBe(
        [
            new("header_field_1", TemplateParameterKind.HeaderText, "1", "123"),
            new("field_1", TemplateParameterKind.BodyText, "1", "Jessica"),
            new("field_2", TemplateParameterKind.BodyText, "2", "123"),
            new("button_1", TemplateParameterKind.ButtonUrl, "Track"),
            new("button_4", TemplateParameterKind.ButtonCode, "Copy"),
        ]);
        form.UnknownPart.ShouldBeNull();
    }

    [Fact]
    public void Template_FilledIn_CarriesEachValueInItsPlace()
    {
        var form = Form(Order);

        form.Check(OrderTexts).Any.ShouldBeFalse();
        var content = form.Fill(OrderTexts);

        content.Name.ShouldBe("some_name");
        content.Language.ShouldBe("en_US");
        content.Header.ShouldBe(new TemplateTextHeader(new("77")));
        content.Body.ShouldBe([new("Ana"), new("A-77")]);
        content.Buttons.ShouldBe([new(1, TemplateButtonKind.Url, "track/77"), new(4, TemplateButtonKind.CopyCode, "25OFF")]);
        form.Preview(OrderTexts).ShouldBe("Order 77\n\nHi Ana, order A-77 is on its way.\n\nShop");
    }

    [Fact]
    public void Look_IsWhatThePhoneShowsAroundTheText()
    {
        var look = Form(Order).Fill(OrderTexts).Snapshot!;

        (look.Format, look.Header, look.Footer).ShouldBe(("TEXT", "Order 77", "Shop"));
        look.Buttons.ShouldBe([new("QUICK_REPLY", "Stop"), new("URL", "Track"), new("URL", "Home"), new("PHONE_NUMBER", "Call"), new("COPY_CODE", "Copy")]);
        Form("""[{"type":"BODY","text":"Hello"}]""").Fill(OrderTexts).Snapshot.ShouldBeNull();
    }

    [Fact]
    public void QuickReply_TakesAPayload_WhereOneIsGiven()
    {
        var texts = new Dictionary<string, string>(OrderTexts, StringComparer.Ordinal) { ["button_0"] = "stop-1" };

        Form(Order).Fill(texts).Buttons![0].ShouldBe(new(0, TemplateButtonKind.QuickReply, "stop-1"));
    }

    [Fact]
    public void MissingValues_AreNamedAllAtOnce()
    {
        var errors = Form(Order).Check(new Dictionary<string, string>(StringComparer.Ordinal) { ["field_1"] = "Ana", ["field_2"] = "  " });

        errors.Select(error => error.Key).ShouldBe(["header_field_1", "field_2", "button_1", "button_4"]);
        errors["field_2"].ShouldBe(["The template asks for its body's value {{2}}"]);
    }

    [Theory]
    [InlineData("IMAGE", "header_image_url", MediaKind.Image, MediaKind.Video)]
    [InlineData("VIDEO", "header_video_url", MediaKind.Video, MediaKind.Image)]
    [InlineData("DOCUMENT", "header_document_url", MediaKind.Document, MediaKind.Image)]
    public void MediaHeader_AsksForAFileOfItsKind(string format, string field, MediaKind kind, MediaKind other)
    {
        var form = Form(
            $$$"""[{"type":"HEADER","format":"{{{format}}}","example":{"header_handle":["https://cdn.test/a"]}},{"type":"BODY","text":"Hi"}]""");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var file = new TemplateHeaderFile(MediaSource.Uploaded("77"), "price list.pdf");

        form.Check(texts).Select(error => error.Key).ShouldBe([field]);
        form.Check(texts, other).Select(error => error.Key).ShouldBe([field]);
        form.Check(texts, kind).Any.ShouldBeFalse();
        form.Fill(texts, file).Header.ShouldBe(
            new TemplateMediaHeader(kind, file.Source, kind == MediaKind.Document ? "price list.pdf" : null));
        form.Parameters.Single().Example.ShouldBe("https://cdn.test/a");
    }

    [Theory]
    [InlineData("NAMED")]
    [InlineData(null)] // told by its variables
    public void NamedTemplate_SendsNames_InTheOrderOfTheText(string? format)
    {
        var form = TemplateForm.Of("some_name", "en", "MARKETING", format, """
            [{"type":"HEADER","format":"TEXT","text":"For {{who}}"},
             {"type":"BODY","text":"Hi {{first_name}}, {{ day }} and {{first_name}} again","example":{"body_text_named_params":[
               {"param_name":"first_name","example":"Ana"},{"param_name":"day","example":"Monday"}]}}]
            """);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["header_field_1"] = "you",
            ["field_1"] = "Bo",
            ["field_2"] = "Sunday",
        };

        form.Parameters.Select(parameter => (parameter.Field, parameter.Name, parameter.Example))
            .ShouldBe([("header_field_1", "who", null), ("field_1", "first_name", "Ana"), ("field_2", "day", "Monday")]);
        form.Fill(texts).Body.ShouldBe([new("Bo", "first_name"), new("Sunday", "day")]);
        form.Fill(texts).Header.ShouldBe(new TemplateTextHeader(new("you", "who")));
        form.Preview(texts).ShouldBe("For you\n\nHi Bo, Sunday and Bo again");
    }

    [Fact]
    public void AuthenticationTemplate_PutsTheCodeIntoItsButtonToo()
    {
        var form = Form(Code, "AUTHENTICATION");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal) { ["field_1"] = "123456" };

        form.Check(texts).Any.ShouldBeFalse();
        form.Fill(texts).Body.ShouldBe([new("123456")]);
        form.Fill(texts).Buttons.ShouldBe([new(0, TemplateButtonKind.Url, "123456")]);
        form.Check(new Dictionary<string, string>(StringComparer.Ordinal)).Select(error => error.Key).ShouldBe(["field_1", "button_0"]);
    }

    [Fact]
    public void AuthenticationTemplateWithoutTexts_AsksForTheCode() =>
        Form("""[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","text":"Copy"}]}]""", "AUTHENTICATION")
            .Parameters.Select(parameter => parameter.Field).ShouldBe(["field_1", "button_0"]);

    [Fact]
    public void StaticTemplate_AsksForNothing_AndIsSentWithoutComponents()
    {
        var form = Form("""[{"type":"BODY","text":"Hello"}]""");

        form.Parameters.ShouldBeEmpty();
        OutboundJson.Write(
            new(Recipient.ByPhone("15551234567"), form.Fill(new Dictionary<string, string>(StringComparer.Ordinal)), "1"))["template"]!
            .AsObject().ContainsKey("components").ShouldBeFalse();
    }

    [Theory]
    [InlineData("""[{"type":"CAROUSEL","cards":[]}]""", "CAROUSEL")]
    [InlineData("""[{"type":"HEADER","format":"GIF"}]""", "HEADER")]
    [InlineData("""[{"type":"BUTTONS","buttons":[{"type":"ORDER_DETAILS","text":"Show"}]}]""", "ORDER_DETAILS")]
    [InlineData("""[{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]""", "SPM")]
    public void TemplateWithAPartThatNobodyCanFillIn_IsToldSo(string components, string part)
    {
        var form = Form(components);

        form.UnknownPart.ShouldBe(part);
        form.Check(new Dictionary<string, string>(StringComparer.Ordinal))["template_name"].Single().Message.ShouldEndWith(part);
    }

    [Fact]
    public void Place_IsTheHeader()
    {
        var form = Form("""[{"type":"HEADER","format":"LOCATION"},{"type":"BODY","text":"Here"}]""");
        form.Parameters.Select(parameter => parameter.Field).ShouldBe(["header_latitude", "header_longitude", "header_name", "header_address"]);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["header_latitude"] = "22.3072",
            ["header_longitude"] = "181",
            ["header_name"] = "Shop",
            ["header_address"] = "Station Road",
        };
        form.Check(texts)["header_longitude"].ShouldBe([TemplateForm.DegreesInvalid]);
        texts["header_longitude"] = "73.1812";
        form.Check(texts).Any.ShouldBeFalse();

        ComponentsOf(form, texts).ShouldBe(
            """[{"type":"header","parameters":[{"type":"location","location":{"latitude":22.3072,"longitude":73.1812,"name":"Shop","address":"Station Road"}}]}]""");
    }

    [Fact]
    public void Offer_HasItsEnd()
    {
        var form = Form("""[{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Sale","has_expiration":true}},{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","text":"Copy"}]}]""");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal) { ["offer_expires_at"] = "soon", ["button_0"] = "25OFF" };
        form.Check(texts)["offer_expires_at"].ShouldBe([TemplateForm.TimeInvalid]);
        texts["offer_expires_at"] = "2026-12-24T18:00:00Z";
        form.Check(texts).Any.ShouldBeFalse();

        ComponentsOf(form, texts).ShouldContain("""{"type":"limited_time_offer","parameters":[{"type":"limited_time_offer","limited_time_offer":{"expiration_time_ms":1798135200000}}]}""");
    }

    [Fact]
    public void Offer_WithoutAnEnd_AsksForNothing() =>
        Form("""[{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Sale"}},{"type":"BODY","text":"Hi"}]""").Parameters.ShouldBeEmpty();

    [Fact]
    public void Carousel_FillsEachCard()
    {
        const string tea = """{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"{{1}} for you"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Like"},{"type":"URL","text":"Buy","url":"https://ex.com/{{1}}"}]}]}""";
        const string plain = """{"components":[{"type":"HEADER","format":"VIDEO"},{"type":"BODY","text":"Plain"}]}""";
        var form = Form($$"""[{"type":"BODY","text":"Look, {{Slot}}"},{"type":"CAROUSEL","cards":[{{tea}},{{plain}}]}]""");
        form.UnknownPart.ShouldBeNull();
        form.Parameters.Select(parameter => parameter.Field)
            .ShouldBe(["field_1", "card_1_header_url", "card_1_field_1", "card_1_button_1", "card_2_header_url"]);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["field_1"] = "Ana",
            ["card_1_header_url"] = "tea.jpg",
            ["card_1_field_1"] = "Tea",
            ["card_1_button_1"] = "tea",
            ["card_2_header_url"] = "https://ex.com/b.mp4",
        };
        form.Check(texts)["card_1_header_url"].ShouldBe([TemplateErrors.NotAnAddress]);
        texts["card_1_header_url"] = "https://ex.com/a.jpg";
        form.Check(texts).Any.ShouldBeFalse();

        ComponentsOf(form, texts).ShouldBe(
            """[{"type":"body","parameters":[{"type":"text","text":"Ana"}]},{"type":"carousel","cards":[{"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://ex.com/a.jpg"}}]},{"type":"body","parameters":[{"type":"text","text":"Tea"}]},{"type":"button","parameters":[{"type":"text","text":"tea"}],"sub_type":"url","index":"1"}]},{"card_index":1,"components":[{"type":"header","parameters":[{"type":"video","video":{"link":"https://ex.com/b.mp4"}}]}]}]}]""");
        form.Preview(texts).ShouldBe("Look, Ana\n\nTea for you\n\nPlain");
        form.Fill(texts).Snapshot!.Cards.Select(card => (card.Format, card.Body, card.Buttons.Count))
            .ShouldBe([("IMAGE", "Tea for you", 2), ("VIDEO", "Plain", 0)]);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a     b")]
    [InlineData("a\0b")]
    public void ValueThatWhatsAppRefuses_IsAnErrorOfItsField(string value)
    {
        var texts = new Dictionary<string, string>(OrderTexts, StringComparer.Ordinal) { ["field_2"] = value };

        Form(Order).Check(texts).Select(error => error.Key).ShouldBe(["field_2"]);
    }

    [Fact]
    public void CodeToCopy_HasAtMost15Characters()
    {
        var texts = new Dictionary<string, string>(OrderTexts, StringComparer.Ordinal) { ["button_4"] = new('A', 16) };

        Form(Order).Check(texts).Select(error => error.Key).ShouldBe(["button_4"]);
    }

    [Fact]
    public void ValueThatLooksLikeAVariable_StaysAsItIs() =>
        Form("""[{"type":"BODY","text":"{{1}} {{2}}"}]""")
            .Preview(new Dictionary<string, string>(StringComparer.Ordinal) { ["field_1"] = "{{2}}", ["field_2"] = "two" })
            .ShouldBe("{{2}} two");

    [Fact]
    public void UnknownComponents_StayRaw()
    {
        var components = TemplateComponents.Read("""[{"type":"HOLOGRAM","depth":3},{"type":"BODY","text":"Hi"}]""");

        components.Others.ShouldBe(["HOLOGRAM"]);
        components.Raw.GetRawText().ShouldContain("\"depth\":3");
        components.BodyText.ShouldBe("Hi");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("""{"type":"BODY"}""")]
    [InlineData("""[1,null,"BODY",[],{}]""")]
    [InlineData("""[{"type":7},{"type":"BODY","text":{}},{"type":"HEADER","format":[],"example":7},{"type":"BUTTONS","buttons":{"a":1}}]""")]
    [InlineData("""[{"type":"HEADER","format":"TEXT","example":{"header_text":[[[]],{},7]}},{"type":"BUTTONS","buttons":[null,7,{"type":null}]}]""")]
    [InlineData("""[{"type":"FOOTER","code_expiration_minutes":99999999999999}]""")]
    public void Components_OfAnyForm_AreRead(string json) =>
        Should.NotThrow(() => Form(json, "AUTHENTICATION").Preview(new Dictionary<string, string>(StringComparer.Ordinal)));

    /// <summary>Whatever a body looks like: what is asked for is exactly what is missing, and all of it given leaves nothing
    /// open.</summary>
    [Property]
    public Property AnyBody_AsksForExactlyItsVariables() => Prop.ForAll(
        Gen.Choose(0, 12).ListOf().ToArbitrary(),
        numbers =>
        {
            var text = string.Concat(numbers.Select((number, i) => number == 0 ? $" word{i} " : $"{{{{{number}}}}}"));
            var distinct = numbers.Where(number => number > 0).Distinct().Order().ToList();
            var form = Form($$"""[{"type":"BODY","text":"{{text}}"}]""");
            var texts = distinct.Select((number, i) => (number, i))
                .ToDictionary(pair => $"field_{pair.i + 1}", pair => $"<{pair.number}>", StringComparer.Ordinal);

            return form.Parameters.Count == distinct.Count
                && form.Check(new Dictionary<string, string>(StringComparer.Ordinal)).Count() == distinct.Count
                && !form.Check(texts).Any
                && form.Fill(texts).Body!.Select(value => value.Value).SequenceEqual(distinct.Select(number => $"<{number}>"))
                && !form.Preview(texts).Contains("{{", StringComparison.Ordinal);
        });

    [Property]
    public Property AnyText_IsNoDanger() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(),
        text =>
        {
            var json = System.Text.Json.JsonSerializer.Serialize(new[] { new { type = text, text, format = text, example = text } });
            var form = Form(json);
            return form.Check(new Dictionary<string, string>(StringComparer.Ordinal)).All(error => error.Value.Count > 0);
        });

    private const string Slot = "{{1}}";

    private static string ComponentsOf(TemplateForm form, Dictionary<string, string> texts) =>
        OutboundJson.Write(new(Recipient.ByPhone("15551234567"), form.Fill(texts), "1"))["template"]!["components"]!.ToJsonString();

    private static TemplateForm Form(string components, string category = "UTILITY") =>
        TemplateForm.Of("some_name", "en_US", category, "POSITIONAL", components);
}
