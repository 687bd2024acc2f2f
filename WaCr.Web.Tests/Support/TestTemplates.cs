using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Support;

/// <summary>Templates as if they had been synced.</summary>
internal static class TestTemplates
{
    public const string CodeComponents = """
        [{"type":"BODY","text":"*{{1}}* is your verification code.","add_security_recommendation":true},
         {"type":"FOOTER","text":"This code expires in 10 minutes.","code_expiration_minutes":10},
         {"type":"BUTTONS","buttons":[{"type":"URL","text":"Copy code","url":"https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}","example":["https://x.test"]}]}]
        """;

    public const string OrderComponents = """
        [{"type":"HEADER","format":"TEXT","text":"Order {{1}}","example":{"header_text":["123"]}},
         {"type":"BODY","text":"Hi {{1}}, order {{2}} is on its way.","example":{"body_text":[["Jessica","123"]]}},
         {"type":"FOOTER","text":"Shop"},
         {"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://ex.test/{{1}}"},{"type":"QUICK_REPLY","text":"Stop"}]}]
        """;

    /// <summary>The code stands twice: in the text and in the button that copies it.</summary>
    public static TemplateContent OneTimeCode(string name, string code, params IEnumerable<string> furtherTexts) => new(
        name,
        "en",
        Body: [new(code), .. furtherTexts.Select(text => new TemplateText(text))],
        Buttons: [new(0, TemplateButtonKind.Url, code)]);

    private static long _nextId = 1_627_000_000_000_000;

    public static async Task<Template> AddTemplateAsync(
        this TestTenant tenant, string name, string category = "UTILITY", string components = OrderComponents, string language = "en",
        string status = "APPROVED", string body = "", string headerFormat = "NONE", string account = "1022")
    {
        await using var db = tenant.OpenDatabase();
        var template = new Template
        {
            BusinessAccountId = account,
            WhatsAppId = Interlocked.Increment(ref _nextId).ToString(System.Globalization.CultureInfo.InvariantCulture),
            Name = name,
            Language = language,
            Category = category,
            Status = status,
            ParameterFormat = "POSITIONAL",
            HeaderFormat = headerFormat,
            Body = body,
            Components = components,
        };
        db.Templates.Add(template);
        await db.SaveChangesAsync();
        return template;
    }
}
