using System.Text.Json;
using WaCr.Web.Features.Templates.Authoring;

namespace WaCr.Web.Tests.Features.Templates;

/// <summary>WhatsApp's rules, one line each: what breaks it, the field it is told under, and its code.</summary>
public sealed class TemplateRulesTests
{
    private const string Body = """{"type":"BODY","text":"Hi {{1}}, all is well.","example":{"body_text":[["Asha"]]}}""";
    private const string NamedBody = """{"type":"BODY","text":"Hi {{name}}, all is well.","example":{"body_text_named_params":[{"param_name":"name","example":"Asha"}]}}""";

    public static TheoryData<string, string, string> Broken => new()
    {
        { Of(name: ""), "template_name", "name_required" },
        { Of(name: "Order"), "template_name", "name_invalid" },
        { Of(name: "order update"), "template_name", "name_invalid" },
        { Of(name: new string('a', 513)), "template_name", "text.too_long" },
        { Of(language: "english"), "language", "language_invalid" },
        { Of(language: "en-US"), "language", "language_invalid" },
        { Of(category: "FUN"), "category", "category_invalid" },
        { Of(format: "MIXED"), "parameter_format", "format_invalid" },
        { Of(ttl: 29), "message_send_ttl_seconds", "ttl_range" },
        { Of(ttl: 43_201), "message_send_ttl_seconds", "ttl_range" },
        { Of(category: "MARKETING", ttl: 600), "message_send_ttl_seconds", "ttl_range" },
        { Of("{}"), "components", "components_required" },
        { Of("[]"), "components", "components_required" },
        { Of("[1]"), "components", "components_required" },
        { Of([Body, ButtonsOf("""{"type":"CATALOG","text":"View catalog"}""")]), "category", "product_marketing" },
        { Of([Body, ButtonsOf("""{"type":"SPM","text":"View"}""")], category: "MARKETING"), "components.1.buttons.0.type", "product_header" },
        { Of([Body, """{"type":"SONG"}"""]), "components.1.type", "component_unknown" },
        { Of([Body, Body]), "components.1.type", "component_twice" },

        { Of(["""{"type":"FOOTER","text":"Bye"}"""]), "components", "body_required" },
        { Of([Text("BODY", " ")]), "components.0.text", "body_required" },
        { Of([Text("BODY", new string('x', 1025))]), "components.0.text", "text.too_long" },
        { Of([Text("BODY", "{{1}} is first", "a")]), "components.0.text", "variable_at_edge" },
        { Of([Text("BODY", "The last is {{1}}", "a")]), "components.0.text", "variable_at_edge" },
        { Of([Text("BODY", "Hi {{1}} {{2}} and {{3}} now", "a", "b", "c")]), "components.0.text", "too_many_variables" },
        { Of([Text("BODY", "Hi {{2}}, all is well.", "a")]), "components.0.text", "variable_gap" },
        { Of([Text("BODY", "Hi {{1}} and {{3}}, all is well here.", "a", "b")]), "components.0.text", "variable_gap" },
        { Of([Text("BODY", "Hi {{1}, all is well.")]), "components.0.text", "variable_malformed" },
        { Of([Text("BODY", "Hi {{First Name}}, all is well.")]), "components.0.text", "variable_malformed" },
        { Of([Text("BODY", "Hi {{name}}, all is well.")]), "components.0.text", "variable_numbers" },
        { Of([Text("BODY", "Hi {{1}}, all is well.", "a")], format: "NAMED"), "components.0.text", "variable_names" },
        { Of([Text("BODY", "Hi {{1}}, all is well.")]), "components.0.example", "example_required" },
        { Of([Text("BODY", "Hi {{1}}, all is {{2}} today.", "a")]), "components.0.example", "example_required" },
        { Of([Text("BODY", "Hi {{1}}, all is well.", " ")]), "components.0.example", "example_required" },
        { Of([NamedBody.Replace("\"name\"", "\"other\"", StringComparison.Ordinal)], format: "NAMED"), "components.0.example", "example_required" },

        { Of([Body, """{"type":"HEADER","format":"SMELL"}"""]), "components.1.format", "header_format" },
        { Of([Body, """{"type":"HEADER"}"""]), "components.1.format", "header_format" },
        { Of([Body, """{"type":"HEADER","format":"TEXT"}"""]), "components.1.text", "text_required" },
        { Of([Body, Header(new string('x', 61))]), "components.1.text", "text.too_long" },
        { Of([Body, Header("{{1}} and {{2}}", "a", "b")]), "components.1.text", "header_one_variable" },
        { Of([Body, Header("Order {{1}}")]), "components.1.example", "example_required" },
        { Of([Body, Header("Two\\nlines")]), "components.1.text", "one_line" },
        { Of([Body, """{"type":"HEADER","format":"IMAGE"}"""]), "components.1.example", "sample_required" },
        { Of([Body, """{"type":"HEADER","format":"VIDEO","example":{"header_handle":[""]}}"""]), "components.1.example", "sample_required" },
        { Of([Body, """{"type":"HEADER","format":"DOCUMENT","example":{"header_handle":"x"}}"""]), "components.1.example", "sample_required" },

        { Of([Body, Text("FOOTER", "")]), "components.1.text", "text_required" },
        { Of([Body, Text("FOOTER", new string('x', 61))]), "components.1.text", "text.too_long" },
        { Of([Body, Text("FOOTER", "Bye {{1}}")]), "components.1.text", "footer_variables" },

        { Buttons(), "components.1.buttons", "buttons_range" },
        { Buttons([.. Enumerable.Range(0, 11).Select(index => Reply($"Choice {index}"))]), "components.1.buttons", "buttons_range" },
        { Buttons("""{"type":"BELL","text":"Ring"}"""), "components.1.buttons.0.type", "button_kind" },
        { Buttons(Url("A", "https://a.test"), Url("B", "https://a.test"), Url("C", "https://a.test")), "components.1.buttons.2.type", "button_kind_too_many" },
        { Buttons(Phone("A"), Phone("B")), "components.1.buttons.1.type", "button_kind_too_many" },
        { Buttons(Code("A"), Code("B")), "components.1.buttons.1.type", "button_kind_too_many" },
        { Buttons(Reply("A"), Url("B", "https://a.test"), Reply("C")), "components.1.buttons", "buttons_grouped" },
        { Buttons(Reply("")), "components.1.buttons.0.text", "text_required" },
        { Buttons(Reply(new string('x', 26))), "components.1.buttons.0.text", "text.too_long" },
        { Buttons(Reply("Hi {{1}}")), "components.1.buttons.0.text", "button_variables" },
        { Buttons(Reply("Yes"), Reply("yes ")), "components.1.buttons.1.text", "button_twice" },
        { Buttons(Url("A", "a.test")), "components.1.buttons.0.url", "url_invalid" },
        { Buttons(Url("A", "ftp://a.test")), "components.1.buttons.0.url", "url_invalid" },
        { Buttons(Url("A", "https://a.test/" + new string('x', 2000))), "components.1.buttons.0.url", "text.too_long" },
        { Buttons(Url("A", "https://a.test/{{1}}/x", "https://a.test/1/x")), "components.1.buttons.0.url", "url_variable" },
        { Buttons(Url("A", "https://a.test/{{1}}{{1}}", "https://a.test/1")), "components.1.buttons.0.url", "url_variable" },
        { Buttons(Url("A", "https://a.test/{{2}}", "https://a.test/1")), "components.1.buttons.0.url", "url_variable" },
        { Buttons(Url("A", "https://a.test/{{slug}}", "https://a.test/1")), "components.1.buttons.0.url", "url_variable" },
        { Buttons(Url("A", "https://a.test/{{1}}")), "components.1.buttons.0.example", "example_required" },
        { Buttons(Phone("A", "12")), "components.1.buttons.0.phone_number", "phone_invalid" },
        { Buttons(Phone("A", "+1555078388112345678901")), "components.1.buttons.0.phone_number", "phone_invalid" },
        { Buttons(Code("")), "components.1.buttons.0.example", "example_required" },
        { Buttons(Code(new string('x', 16))), "components.1.buttons.0.example", "text.too_long" },
        { Buttons("""{"type":"FLOW","text":"Book"}"""), "components.1.buttons.0.flow_id", "flow_required" },

        { OneTime("""{"type":"HEADER","format":"TEXT","text":"Hi"}"""), "components.2.type", "code_has_header" },
        { OneTime(body: """{"type":"BODY","text":"My own"}"""), "components.0.text", "code_text_fixed" },
        { OneTime("""{"type":"FOOTER","code_expiration_minutes":91}"""), "components.2.code_expiration_minutes", "code_expiry" },
        { OneTime("""{"type":"FOOTER","text":"Soon"}"""), "components.2.code_expiration_minutes", "code_expiry" },
        { OneTime(button: Reply("Copy")), "components.1.buttons", "code_button" },
        { OneTime(button: """{"type":"OTP","otp_type":"THREE_TAP"}"""), "components.1.buttons.0.otp_type", "code_button_type" },
        { OneTime(button: """{"type":"OTP","otp_type":"ONE_TAP"}"""), "components.1.buttons.0.supported_apps", "apps_range" },
        { OneTime(button: App("shop", "12345678901")), "components.1.buttons.0.supported_apps.0.package_name", "app_package" },
        { OneTime(button: App("com.shop", "1")), "components.1.buttons.0.supported_apps.0.signature_hash", "app_hash" },
        { OneTime(button: App("com.shop", "12345678901", "ZERO_TAP")), "components.1.buttons.0.zero_tap_terms_accepted", "terms_required" },

        { Carousel([Card()]), "components.1.cards", "cards_range" },
        { Carousel([.. Enumerable.Repeat(Card(), 11)]), "components.1.cards", "cards_range" },
        { Carousel([Card(), Card("VIDEO")]), "components.1.cards.1", "cards_alike" },
        { Carousel([Card(), Card(button: Url("Shop", "https://a.test"))]), "components.1.cards.1", "cards_alike" },
        { Carousel([Card("DOCUMENT"), Card("DOCUMENT")]), "components.1.cards.0.components.0.format", "card_header" },
        { Carousel([Card(text: new string('x', 161)), Card(text: "x")]), "components.1.cards.0.components.1.text", "text.too_long" },
        { Carousel([Card(button: Code("A")), Card(button: Code("A"))]), "components.1.cards.0.components.1.buttons.0.type", "button_kind" },
        { Carousel([Card(), Card()], """{"type":"FOOTER","text":"Bye"}"""), "components.2.type", "carousel_alone" },
        { Carousel([Card(), Card()], category: "UTILITY"), "category", "marketing_only" },

        { Offer("", Url("Shop", "https://a.test")), "components.1.limited_time_offer.text", "text_required" },
        { Offer("More than sixteen", Url("Shop", "https://a.test")), "components.1.limited_time_offer.text", "text.too_long" },
        { Offer("Ends soon", Reply("Shop")), "components.2.buttons", "offer_buttons" },
        { Offer("Ends soon", Url("Shop", "https://a.test"), """{"type":"FOOTER","text":"Bye"}"""), "components.3.text", "offer_footer" },
        { Offer("Ends soon", Url("Shop", "https://a.test"), Header("Hi")), "components.3.format", "offer_header" },
        { Offer("Ends soon", Url("Shop", "https://a.test"), body: Text("BODY", new string('x', 601))), "components.0.text", "text.too_long" },
        { Offer("Ends soon", Url("Shop", "https://a.test"), category: "UTILITY"), "category", "marketing_only" },
    };

    public static TheoryData<string> Kept =>
    [
        Of([Body]),
        Of([Body], category: "MARKETING", ttl: 43_200),
        Of([Body], ttl: -1),
        Of([Body, ButtonsOf("""{"type":"CATALOG","text":"View catalog"}""")], category: "MARKETING"),
        Of([Body, """{"type":"HEADER","format":"PRODUCT"}""", ButtonsOf("""{"type":"SPM","text":"View"}""")], category: "MARKETING"),
        Of([NamedBody], format: "NAMED"),
        Of([Text("BODY", "Hi {{1}}, all is well {{1}} times over.", "a")]),
        Of([Text("BODY", string.Concat(Enumerable.Repeat("😀", 1024)))]),
        Of([Body, Header("Order {{1}}", "4711"), Text("FOOTER", "Bye")]),
        Of([Body, """{"type":"header","format":"location"}"""]),
        Of([Body, """{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::abc"]}}"""]),
        Buttons(Reply("A"), Reply("B"), Url("C", "https://a.test/{{1}}", "https://a.test/1"), Url("D", "https://a.test"), Phone("E"), Code("F")),
        Buttons("""{"type":"VOICE_CALL","text":"Call"}""", """{"type":"FLOW","text":"Book","flow_id":"1"}""", """{"type":"REQUEST_CONTACT_INFO","text":"Share"}"""),
        OneTime(),
        OneTime("""{"type":"FOOTER","code_expiration_minutes":90}"""),
        OneTime(button: App("com.shop", "12345678901")),
        Carousel([Card(), Card()]),
        Carousel([Card(text: "One"), Card(text: "Two")]),
        Offer("Ends soon", Url("Shop", "https://a.test")),
        Offer("Ends soon", $"{Code("25OFF")},{Url("Shop", "https://a.test")}"),
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public void Template_ThatBreaksARule_NamesItsFieldAndTheRule(string template, string field, string code)
    {
        var errors = TemplateRules.Check(Read(template));

        errors[field].Select(error => error.Code)
            .ShouldContain(code.Contains('.') ? code : "template." + code, string.Join(", ", errors.Select(error => $"{error.Key}: {error.Value[0].Code}")));
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void Template_ThatKeepsTheRules_HasNoErrors(string template) =>
        TemplateRules.Check(Read(template)).SelectMany(error => error.Value.Select(reason => $"{error.Key}: {reason.Code}")).ShouldBeEmpty();

    private static AuthoredTemplate Read(string json)
    {
        var template = JsonElement.Parse(json);
        return new AuthoredTemplate(
            template.GetProperty("name").GetString(), template.GetProperty("language").GetString(), template.GetProperty("category").GetString(),
            template.GetProperty("format").GetString(), template.GetProperty("components"),
            template.GetProperty("ttl").ValueKind == JsonValueKind.Null ? null : template.GetProperty("ttl").GetInt32());
    }

    private static string Of(string[] components, string category = "UTILITY", string format = "POSITIONAL", int? ttl = null) =>
        Of($"[{string.Join(',', components)}]", category: category, format: format, ttl: ttl);

    private static string Of(
        string components = $"[{Body}]", string name = "order_update", string language = "en_US", string category = "UTILITY", string format = "POSITIONAL", int? ttl = null) =>
        $$"""{"name":"{{name}}","language":"{{language}}","category":"{{category}}","format":"{{format}}","ttl":{{ttl?.ToString() ?? "null"}},"components":{{components}}}""";

    private static string Text(string type, string text, params string[] examples) => examples.Length == 0
        ? $$"""{"type":"{{type}}","text":"{{text}}"}"""
        : $$$"""{"type":"{{{type}}}","text":"{{{text}}}","example":{"body_text":[["{{{string.Join("\",\"", examples)}}}"]]}}""";

    private static string Header(string text, params string[] examples) =>
        Text("HEADER", text, examples).Replace("\"HEADER\"", "\"HEADER\",\"format\":\"TEXT\"", StringComparison.Ordinal)
            .Replace("body_text\":[[", "header_text\":[", StringComparison.Ordinal).Replace("]]", "]", StringComparison.Ordinal);

    private static string Buttons(params string[] buttons) => Of([Body, ButtonsOf(buttons)]);

    private static string ButtonsOf(params string[] buttons) => $$"""{"type":"BUTTONS","buttons":[{{string.Join(',', buttons)}}]}""";

    private static string Reply(string text) => $$"""{"type":"QUICK_REPLY","text":"{{text}}"}""";

    private static string Url(string text, string url, string? example = null) =>
        $$$"""{"type":"URL","text":"{{{text}}}","url":"{{{url}}}"{{{(example is null ? "" : $",\"example\":[\"{example}\"]")}}}}""";

    private static string Phone(string text, string number = "+15550783881") => $$"""{"type":"PHONE_NUMBER","text":"{{text}}","phone_number":"{{number}}"}""";

    private static string Code(string example) => $$"""{"type":"COPY_CODE","example":"{{example}}"}""";

    private static string App(string package, string hash, string type = "ONE_TAP") =>
        $$"""{"type":"OTP","otp_type":"{{type}}","supported_apps":[{"package_name":"{{package}}","signature_hash":"{{hash}}"}]}""";

    private static string OneTime(string? more = null, string body = """{"type":"BODY","add_security_recommendation":true}""", string button = """{"type":"OTP","otp_type":"COPY_CODE"}""") =>
        Of([body, ButtonsOf(button), .. more is null ? Array.Empty<string>() : [more]], category: "AUTHENTICATION");

    private static string Card(string format = "IMAGE", string? text = null, string? button = null) =>
        $$$"""{"components":[{"type":"HEADER","format":"{{{format}}}","example":{"header_handle":["4::x"]}}{{{(text is null ? "" : "," + Text("BODY", text))}}},{{{ButtonsOf(button ?? Reply("Show"))}}}]}""";

    private static string Carousel(string[] cards, string? more = null, string category = "MARKETING") =>
        Of([Body, $$"""{"type":"CAROUSEL","cards":[{{string.Join(',', cards)}}]}""", .. more is null ? Array.Empty<string>() : [more]], category: category);

    private static string Offer(string text, string buttons, string? more = null, string body = Body, string category = "MARKETING") => Of(
        [body, $$$"""{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"{{{text}}}","has_expiration":true}}""", ButtonsOf(buttons), .. more is null ? Array.Empty<string>() : [more]],
        category: category);
}
