using System.Reflection;
using Bunit;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Templates.Builder;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Templates.Authoring;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Components;

/// <summary>Each of WhatsApp's rules that can be broken in the builder is told at its field.</summary>
public sealed class TemplateBuilderRulesTests : ComponentTest
{
    /// <summary>By rule: what breaks it, and the part of the page that tells.</summary>
    private static readonly Dictionary<string, (FieldError Rule, Action<TemplateDesign> Break, string At)> Broken = new()
    {
        ["name"] = (TemplateRuleErrors.NameRequired, d => d.Name = "", ".field:has(#template-name)"),
        ["letters of the name"] = (TemplateRuleErrors.NameInvalid, d => d.Name = "Order Update", ".field:has(#template-name)"),
        ["body"] = (TemplateRuleErrors.BodyRequired, d => One(d).Body = "", ".field:has(#body-text)"),
        ["length of the body"] = (TextRule.TooLong(1024), d => One(d).Body = new string('x', 1025), ".field:has(#body-text)"),
        ["braces"] = (TemplateRuleErrors.VariableMalformed, d => One(d).Body = "Hi {{1}, all is well", ".field:has(#body-text)"),
        ["numbers"] = (TemplateRuleErrors.VariableNumbers, d => One(d).Body = "Hi {{name}}, all is well", ".field:has(#body-text)"),
        ["names"] = (TemplateRuleErrors.VariableNames, d => (d.IsNamed, One(d).Body) = (true, "Hi {{1}}, all is well"), ".field:has(#body-text)"),
        ["gap"] = (TemplateRuleErrors.VariableGap, d => One(d).Body = "Hi {{2}}, all is well", ".field:has(#body-text)"),
        ["edge"] = (TemplateRuleErrors.VariableAtEdge, d => One(d).Body = "All is well, {{1}}", ".field:has(#body-text)"),
        ["words a variable"] = (TemplateRuleErrors.TooManyVariables, d => One(d).Body = "Hi {{1}} {{2}} now", ".field:has(#body-text)"),
        ["example"] = (TemplateRuleErrors.ExampleRequired, d => One(d).Body = "Hi {{1}}, all is well", ".field:has(#body-example-1) + .error"),
        ["header text"] = (TemplateRuleErrors.TextRequired, d => One(d).HeaderFormat = "TEXT", ".field:has(#header-text)"),
        ["length of the header"] = (TextRule.TooLong(60), d => Header(d, new string('x', 61)), ".field:has(#header-text)"),
        ["line of the header"] = (TemplateRuleErrors.OneLine, d => Header(d, "Two\nlines"), ".field:has(#header-text)"),
        ["variables of the header"] = (TemplateRuleErrors.HeaderOneVariable, d => Header(d, "{{1}} and {{2}}"), ".field:has(#header-text)"),
        ["sample"] = (TemplateRuleErrors.SampleRequired, d => One(d).HeaderFormat = "IMAGE", ".field:has(input[type=file])"),
        ["length of the footer"] = (TextRule.TooLong(60), d => One(d).Footer = new string('x', 61), ".field:has(#footer-text)"),
        ["variables of the footer"] = (TemplateRuleErrors.FooterVariables, d => One(d).Footer = "Bye {{1}}", ".field:has(#footer-text)"),

        ["text of a button"] = (TemplateRuleErrors.TextRequired, d => Buttons(d, Reply("")), ".field:has(#button-0-text)"),
        ["length of a button"] = (TextRule.TooLong(25), d => Buttons(d, Reply(new string('x', 26))), ".field:has(#button-0-text)"),
        ["variables of a button"] = (TemplateRuleErrors.ButtonVariables, d => Buttons(d, Reply("Hi {{1}}")), ".field:has(#button-0-text)"),
        ["two alike"] = (TemplateRuleErrors.ButtonTwice, d => Buttons(d, Reply("Yes"), Reply("yes")), ".field:has(#button-1-text)"),
        ["replies apart"] = (TemplateRuleErrors.ButtonsGrouped, d => Buttons(d, Reply("A"), Link("B"), Reply("C")), ButtonsError),
        ["too many of a kind"] = (TemplateRuleErrors.ButtonKindTooMany(2), d => Buttons(d, Link("A"), Link("B"), Link("C")), ".button-design:nth-of-type(3) > .error"),
        ["too many"] = (TemplateRuleErrors.ButtonsRange(10), d => Buttons(d, [.. Enumerable.Range(0, 11).Select(n => Reply($"Choice {n}"))]), ButtonsError),
        ["address"] = (TemplateRuleErrors.UrlInvalid, d => Buttons(d, Link("A", "a.test")), ".field:has(#button-0-url)"),
        ["end of the address"] = (TemplateRuleErrors.UrlVariable, d => Buttons(d, Link("A", "https://a.test/{{1}}/x")), ".field:has(#button-0-url)"),
        ["example of the address"] = (TemplateRuleErrors.ExampleRequired, d => Buttons(d, Link("A", "https://a.test/{{1}}")), ".field:has(#button-0-example)"),
        ["number to call"] = (TemplateRuleErrors.PhoneInvalid, d => Buttons(d, new ButtonDesign { Kind = "PHONE_NUMBER", Text = "Call", Phone = "12" }), ".field:has(#button-0-phone)"),
        ["code to copy"] = (TemplateRuleErrors.ExampleRequired, d => Buttons(d, new ButtonDesign { Kind = "COPY_CODE" }), ".field:has(#button-0-code)"),
        ["flow"] = (TemplateRuleErrors.FlowRequired, d => Buttons(d, new ButtonDesign { Kind = "FLOW", Text = "Book" }), ".field:has(#button-0-flow)"),

        ["category of products"] = (TemplateRuleErrors.ProductMarketing, d => Products(d, "NONE", "CATALOG").Category = "UTILITY", ".field:has(#template-category)"),
        ["products alone"] = (TemplateRuleErrors.ProductAlone, d => One(Products(d, "NONE", "CATALOG")).Buttons.Add(Link("A")), ".button-design:nth-of-type(1) > .error"),
        ["header of the catalog"] = (TemplateRuleErrors.CatalogHeader, d => Header(Products(d, "TEXT", "CATALOG"), "Hi"), ".field:has(#header-format)"),
        ["header of several products"] = (TemplateRuleErrors.ItemsHeader, d => Products(d, "LOCATION", "MPM"), ".field:has(#header-format)"),
        ["no header of several products"] = (TemplateRuleErrors.ItemsHeader, d => Products(d, "NONE", "MPM"), ".button-design > .error"),
        ["header of one product"] = (TemplateRuleErrors.ProductHeader, d => Products(d, "NONE", "SPM"), ".button-design > .error"),
        ["product without its button"] = (TemplateRuleErrors.ProductHeader, d => One(d).HeaderFormat = "PRODUCT", ".field:has(#header-format)"),

        ["end of the code"] = (TemplateRuleErrors.CodeExpiry, d => Code(d).ExpiryMinutes = 91, ".field:has(#code-expiry)"),
        ["apps"] = (TemplateRuleErrors.AppsRange, d => Code(d).OtpType = "ONE_TAP", "section:has(#code-title) > .error"),
        ["package"] = (TemplateRuleErrors.AppPackage, d => App(d, "shop", "12345678901"), ".field:has(#app-0-package)"),
        ["hash"] = (TemplateRuleErrors.AppHash, d => App(d, "com.shop", "1"), ".field:has(#app-0-hash)"),
        ["terms"] = (TemplateRuleErrors.TermsRequired, d => (App(d, "com.shop", "12345678901").OtpType, Code(d).TermsAccepted) = ("ZERO_TAP", false), "section:has(#code-title) > .error"),

        ["number of cards"] = (TemplateRuleErrors.CardsRange, d => Cards(d, Card()), "section:has(#cards-title) > .error"),
        ["cards alike"] = (TemplateRuleErrors.CardsAlike, d => Cards(d, Card(), Card(Link("Shop"))), "[aria-label='Card 2'] > .error"),
        ["sample of a card"] = (TemplateRuleErrors.SampleRequired, d => Cards(d, Card(), Card()).Cards[1].Sample.Handle = "", "[aria-label='Card 2'] .field:has(input[type=file])"),
        ["length of a card"] = (TextRule.TooLong(160), d => Cards(d, Card(), Card()).Cards.ForEach(card => card.Body = new string('x', 161)), ".field:has(#card-1)"),
        ["buttons of a card"] = (TemplateRuleErrors.ButtonsRange(2), d => Cards(d, Card(), Card()).Cards[1].Buttons.Clear(), "[aria-label='Card 2'] > .error"),

        ["line of the offer"] = (TemplateRuleErrors.TextRequired, d => Offer(d).OfferText = "", ".field:has(#offer-text)"),
        ["length of the offer"] = (TextRule.TooLong(16), d => Offer(d).OfferText = "More than sixteen", ".field:has(#offer-text)"),
        ["header of the offer"] = (TemplateRuleErrors.OfferHeader, d => (Offer(d).HeaderFormat, One(d).HeaderText) = ("TEXT", "Hi"), ".field:has(#header-format)"),
        ["buttons of the offer"] = (TemplateRuleErrors.OfferButtons, d => Buttons(d, Offer(d), Reply("Shop")), ButtonsError),
        ["no button of the offer"] = (TemplateRuleErrors.OfferButtons, d => Offer(d).Buttons.Clear(), ButtonsError),
        ["body of the offer"] = (TextRule.TooLong(600), d => Offer(d).Body = new string('x', 601), ".field:has(#body-text)"),
    };

    /// <summary>What the builder's form leaves no way to do; these rules are for callers of the API.</summary>
    private static readonly FieldError[] Impossible =
    [
        TemplateRuleErrors.LanguageInvalid, TemplateRuleErrors.CategoryInvalid, TemplateRuleErrors.CategoryFixed,
        TemplateRuleErrors.NameFixed, TemplateRuleErrors.FormatInvalid, TemplateRuleErrors.TtlRange, TemplateRuleErrors.ChannelUnknown,
        TemplateRuleErrors.ComponentsRequired, TemplateRuleErrors.ComponentUnknown, TemplateRuleErrors.ComponentTwice,
        TemplateRuleErrors.HeaderFormat, TemplateRuleErrors.ButtonKind, TemplateRuleErrors.CodeHasHeader, TemplateRuleErrors.CodeTextFixed,
        TemplateRuleErrors.CodeButton, TemplateRuleErrors.CodeButtonType, TemplateRuleErrors.MarketingOnly,
        TemplateRuleErrors.CarouselAlone, TemplateRuleErrors.CardHeader, TemplateRuleErrors.OfferFooter,
        TemplateRuleErrors.NameTaken, // told by the service: ANameThatIsTaken_IsToldAtTheName
    ];

    private const string ButtonsError = "section:has(#buttons-title) > .error";

    private static readonly Localizer T = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<Localizer>()
        .BuildServiceProvider().GetRequiredService<Localizer>();

    public static TheoryData<string> Rules => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Rule_ThatIsBroken_IsToldAtItsField(string rule)
    {
        var (error, harm, at) = Broken[rule];
        var design = Design();
        harm(design);
        var page = await RenderAsync(design);

        await page.Find("[data-save]").ClickAsync(new());

        page.WaitForAssertion(() => page.FindAll(at).Select(part => part.TextContent).ShouldContain(
            said => said.Contains(FieldErrorLabels.Of(T, error), StringComparison.Ordinal), page.Find("[role=alert].error").TextContent));
        Tenant.Get<IWhatsAppClient>().ShouldBeOfType<FakeWhatsApp>().Sent.ShouldBeEmpty();
    }

    [Fact]
    public void EachRule_CanBeBrokenHere_OrNotInTheBuilder() =>
        typeof(TemplateRuleErrors).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => field.GetValue(null)).OfType<FieldError>()
            .Except(Impossible).Except(Broken.Values.Select(broken => broken.Rule)).ShouldBeEmpty();

    [Fact]
    public async Task ANameThatIsTaken_IsToldAtTheName()
    {
        await Tenant.ConnectWhatsAppAsync();
        await using (var db = Tenant.OpenDatabase())
        {
            var account = await db.Channels.Select(channel => channel.BusinessAccountId).SingleAsync();
            await Tenant.AddTemplateAsync(Design().Name, language: "en_US", account: account!);
        }

        var page = await RenderAsync(Design());
        await page.Find("[data-save]").ClickAsync(new());

        page.WaitForAssertion(() => page.Find(".field:has(#template-name)").TextContent
            .ShouldContain(FieldErrorLabels.Of(T, TemplateRuleErrors.NameTaken)));
    }

    [Fact]
    public void LanguagesThatAreOffered_KeepTheRule()
    {
        foreach (var code in LanguageNames.Choices().Select(choice => choice.Value.Replace('-', '_')))
        {
            var design = Design();
            One(design).Language = code;
            TemplateRules.Check(TemplateDesignJson.Author(design, One(design))).Has(TemplateAuthoringFields.Language).ShouldBeFalse(code);
        }
    }

    protected override void AddMore(IServiceCollection services) => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp());

    private async Task<IRenderedComponent<TemplateBuilderPage>> RenderAsync(TemplateDesign design)
    {
        await Tenant.SignInAsync(Role.Admin);
        var draft = await Tenant.Get<UnsavedTemplates>().KeepAsync(null, null, design, CancellationToken.None).OrThrowAsync();
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo(Urls.TemplateDraft(draft));
        var page = Browser.Render<TemplateBuilderPage>();
        page.WaitForElement("#template-name");
        return page;
    }

    private static TemplateDesign Design() => new() { Name = "order_update", Languages = { new LanguageDesign { Body = "All is well." } } };

    private static LanguageDesign One(TemplateDesign design) => design.Languages[0];

    private static void Header(TemplateDesign design, string text) => (One(design).HeaderFormat, One(design).HeaderText) = ("TEXT", text);

    private static void Buttons(TemplateDesign design, params ButtonDesign[] buttons) => Buttons(design, One(design), buttons);

    private static void Buttons(TemplateDesign design, LanguageDesign language, params ButtonDesign[] buttons)
    {
        One(design).ShouldBe(language);
        language.Buttons.Clear();
        language.Buttons.AddRange(buttons);
    }

    private static ButtonDesign Reply(string text) => new() { Text = text };

    private static ButtonDesign Link(string text, string url = "https://a.test") => new() { Kind = "URL", Text = text, Url = url };

    private static TemplateDesign Products(TemplateDesign design, string header, string button)
    {
        (design.Category, One(design).HeaderFormat) = ("MARKETING", header);
        Buttons(design, new ButtonDesign { Kind = button });
        return design;
    }

    private static CodeDesign Code(TemplateDesign design)
    {
        design.Kind = TemplateKind.Authentication;
        return One(design).Code;
    }

    private static CodeDesign App(TemplateDesign design, string package, string hash)
    {
        var code = Code(design);
        code.OtpType = "ONE_TAP";
        code.Apps.Add(new AppDesign { PackageName = package, SignatureHash = hash });
        return code;
    }

    private static CardDesign Card(ButtonDesign? button = null) => new()
    {
        Sample = new SampleDesign { Handle = "4::x", FileName = "a.png" },
        Buttons = { button ?? Reply("Show") },
    };

    private static LanguageDesign Cards(TemplateDesign design, params CardDesign[] cards)
    {
        design.Kind = TemplateKind.Carousel;
        One(design).Cards.AddRange(cards);
        return One(design);
    }

    private static LanguageDesign Offer(TemplateDesign design)
    {
        design.Kind = TemplateKind.LimitedTimeOffer;
        One(design).OfferText = "Ends soon";
        One(design).Buttons.Add(Link("Shop"));
        return One(design);
    }
}
