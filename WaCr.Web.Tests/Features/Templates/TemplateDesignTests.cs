using System.Text.Json.Nodes;
using WaCr.Web.Features.Templates;
using WaCr.Web.Features.Templates.Authoring;

namespace WaCr.Web.Tests.Features.Templates;

/// <summary>What the builder writes, and reads again from what WhatsApp lists.</summary>
public sealed class TemplateDesignTests
{
    [Fact]
    public void Design_OfEveryKind_KeepsTheRules_AndIsReadBackTheSame()
    {
        foreach (var design in Designs())
        {
            var language = design.Languages[0];
            var written = TemplateDesignJson.Author(design, language);
            TemplateRules.Check(written).SelectMany(error => error.Value.Select(reason => $"{design.Kind} {error.Key}: {reason.Code}")).ShouldBeEmpty();

            var row = new Template
            {
                Name = written.Name!,
                Language = written.Language!,
                Category = written.Category!,
                ParameterFormat = written.ParameterFormat,
                Components = written.Components.GetRawText(),
            };
            var details = TemplateDetails.Of(row);
            TemplateDesignReader.IsComplete(details).ShouldBeTrue(design.Kind.ToString());
            var read = TemplateDesignReader.Read(details);
            var again = TemplateDesignJson.Author(read, read.Languages[0]);

            (read.Kind, read.Name, again.Category, again.ParameterFormat)
                .ShouldBe((design.Kind, design.Name, written.Category, written.ParameterFormat));
            JsonNode.DeepEquals(JsonNode.Parse(again.Components.GetRawText()), JsonNode.Parse(written.Components.GetRawText()))
                .ShouldBeTrue($"{design.Kind}: {again.Components}");
        }
    }

    [Fact]
    public void Design_OfEveryKind_CanBeFilledInAndSent()
    {
        foreach (var design in Designs())
        {
            var form = TemplateDetails.Preview(TemplateDesignJson.Author(design, design.Languages[0])).Form;
            var texts = form.Parameters.ToDictionary(
                parameter => parameter.Field,
                parameter => parameter.Kind switch
                {
                    TemplateParameterKind.OfferEnd => "2026-12-24T18:00:00Z",
                    TemplateParameterKind.CardFile => "https://a.test/film.mp4",
                    TemplateParameterKind.HeaderPlace when parameter.Name is "latitude" or "longitude" => "22.3",
                    _ when parameter.Field == "product_sections" => "Tea\n4711",
                    _ => "4711",
                },
                StringComparer.Ordinal);

            form.UnknownPart.ShouldBeNull(design.Name);
            form.Check(texts, hasHeaderFile: true).SelectMany(error => error.Value.Select(reason => $"{design.Name} {error.Key}: {reason.Code}"))
                .ShouldBeEmpty();
        }
    }

    [Fact]
    public void Code_AsWhatsAppListsIt_IsReadWithItsType()
    {
        var row = new Template
        {
            Name = "login",
            Language = "en_US",
            Category = "AUTHENTICATION",
            Components = """
                [{"type":"BODY","text":"*{{1}}* is your verification code.","add_security_recommendation":true},{"type":"FOOTER","text":"This code expires in 5 minutes.","code_expiration_minutes":5},
                 {"type":"BUTTONS","buttons":[{"type":"URL","text":"Autofill","url":"https://www.whatsapp.com/otp/code/?otp_type=ONE_TAP&code=otp{{1}}","supported_apps":[{"package_name":"com.shop","signature_hash":"12345678901"}]}]}]
                """,
        };

        var code = TemplateDesignReader.ReadLanguage(TemplateDetails.Of(row)).Code;

        (code.AddsSecurityRecommendation, code.ExpiryMinutes, code.OtpType, code.Apps.Single().PackageName).ShouldBe((true, 5, "ONE_TAP", "com.shop"));
    }

    [Theory]
    [InlineData("""[{"type":"HEADER","format":"GIF"},{"type":"BODY","text":"Hi"}]""")]
    [InlineData("""[{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[{"type":"ORDER_DETAILS","text":"View"}]}]""")]
    [InlineData("""[{"type":"BODY","text":"Hi"},{"type":"CALL_PERMISSION_REQUEST"}]""")]
    public void Template_WithPartsThatTheBuilderLacks_IsNotComplete(string components) =>
        TemplateDesignReader.IsComplete(TemplateDetails.Of(new Template { Name = "a", Language = "en", Category = "UTILITY", Components = components })).ShouldBeFalse();

    private static IEnumerable<TemplateDesign> Designs()
    {
        yield return new TemplateDesign
        {
            Name = "order",
            Languages =
            {
                new LanguageDesign
                {
                    HeaderFormat = "TEXT", HeaderText = "Order {{1}}", HeaderExamples = { ["1"] = "4711" }, Body = "Hi {{1}}, order {{2}} is here.",
                    Examples = { ["1"] = "Asha", ["2"] = "4711" }, Footer = "Bye",
                    Buttons =
                    {
                        new ButtonDesign { Text = "Yes" }, new ButtonDesign { Kind = "URL", Text = "Track", Url = "https://a.test/{{1}}", Example = "4711" },
                        new ButtonDesign { Kind = "PHONE_NUMBER", Text = "Call", Phone = "+15550783881" }, new ButtonDesign { Kind = "FLOW", Text = "Book", FlowId = "12" },
                    },
                },
            },
        };
        yield return new TemplateDesign
        {
            Name = "talk",
            Languages =
            {
                new LanguageDesign
                {
                    HeaderFormat = "DOCUMENT", HeaderSample = new SampleDesign { Handle = "4::a" }, Body = "Talk to us",
                    Buttons =
                    {
                        new ButtonDesign { Kind = "COPY_CODE", Example = "25OFF" }, new ButtonDesign { Kind = "VOICE_CALL", Text = "Talk" },
                        new ButtonDesign { Kind = "REQUEST_CONTACT_INFO" },
                    },
                },
            },
        };
        yield return new TemplateDesign
        {
            Name = "visit",
            Category = "MARKETING",
            IsNamed = true,
            Languages = { new LanguageDesign { HeaderFormat = "LOCATION", Body = "Hi {{first_name}}, come at {{time}} today.", Examples = { ["first_name"] = "Asha", ["time"] = "10" } } },
        };
        yield return Products("catalog", "NONE", "CATALOG");
        yield return Products("items", "TEXT", "MPM");
        yield return Products("item", "PRODUCT", "SPM");
        yield return new TemplateDesign
        {
            Name = "shop",
            Kind = TemplateKind.Carousel,
            Languages = { new LanguageDesign { HeaderFormat = "VIDEO", Body = "Look at these", Cards = { Card("One"), Card("Two") } } },
        };
        yield return new TemplateDesign
        {
            Name = "sale",
            Kind = TemplateKind.LimitedTimeOffer,
            Languages =
            {
                new LanguageDesign
                {
                    HeaderFormat = "IMAGE", HeaderSample = new SampleDesign { Handle = "4::a" }, Body = "Buy now", OfferText = "Ends soon",
                    Buttons = { new ButtonDesign { Kind = "COPY_CODE", Example = "25OFF" }, new ButtonDesign { Kind = "URL", Text = "Shop", Url = "https://a.test" } },
                },
            },
        };
        yield return new TemplateDesign
        {
            Name = "login",
            Kind = TemplateKind.Authentication,
            Languages = { new LanguageDesign { Code = { OtpType = "ZERO_TAP", TermsAccepted = true, ExpiryMinutes = 5, Apps = { new AppDesign { PackageName = "com.shop", SignatureHash = "12345678901" } } } } },
        };
    }

    private static TemplateDesign Products(string name, string header, string button) => new()
    {
        Name = name,
        Category = "MARKETING",
        Languages =
        {
            new LanguageDesign
            {
                HeaderFormat = header, HeaderText = header == "TEXT" ? "New" : "", Body = "Look at this", Footer = "Bye",
                Buttons = { new ButtonDesign { Kind = button } },
            },
        },
    };

    private static CardDesign Card(string text) => new()
    {
        Sample = new SampleDesign { Handle = "4::a" },
        Body = $"{text} of {{{{1}}}} things",
        Examples = { ["1"] = "2" },
        Buttons = { new ButtonDesign { Text = "Show" } },
    };
}
