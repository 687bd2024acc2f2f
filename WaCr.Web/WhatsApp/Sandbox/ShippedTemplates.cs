using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>The templates that every account starts with, one of each kind.</summary>
internal static class ShippedTemplates
{
    private const string CodeUrl = "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}";

    public static void AddTo(SandboxWorld world, string account) => Of(account, world.Ids).ForEach(world.Templates.Add);

    /// <summary>As the client reads them from Graph.</summary>
    public static IReadOnlyList<TemplateDescription> Describe(string account) =>
        Of(account, new SandboxIds(new SandboxOptions().Seed)).ConvertAll(template =>
    {
        using var components = JsonDocument.Parse(AsciiJson.Bytes(template.Components));
        return new TemplateDescription(
            template.Id, template.Name, template.Language, template.Status, template.Category, template.ParameterFormat,
            template.MessageSendTtlSeconds,
            components.RootElement.Clone())
        {
            Quality = template.Quality,
            RejectedReason = template.RejectedReason,
        };
    });

    private static List<SandboxTemplate> Of(string account, SandboxIds ids)
    {
        var templates = new List<SandboxTemplate>();
        Add("hello_world", "en_US", "UTILITY", "POSITIONAL",
            """
            [{"type":"HEADER","format":"TEXT","text":"Hello World"},
             {"type":"BODY","text":"Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp message notification from the Cloud API, hosted by Meta. Thank you for taking the time to test with us."},
             {"type":"FOOTER","text":"WhatsApp Business Platform sample message"}]
            """);
        Add("seasonal_offer", "en_US", "MARKETING", "POSITIONAL",
            """
            [{"type":"HEADER","format":"IMAGE","example":{"header_handle":["https://example.com/offer.jpg"]}},
             {"type":"BODY","text":"Hi {{1}}, our new collection is here: {{2}} off everything until Sunday.","example":{"body_text":[["Asha","20%"]]}},
             {"type":"FOOTER","text":"Reply STOP to hear no more of our offers"},
             {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Show me"},{"type":"QUICK_REPLY","text":"Not now"},{"type":"URL","text":"Shop","url":"https://example.com/shop/{{1}}","example":["https://example.com/shop/new"]}]}]
            """);
        Add("appointment_reminder", "en_US", "UTILITY", "NAMED",
            """
            [{"type":"HEADER","format":"TEXT","text":"Your visit, {{first_name}}","example":{"header_text_named_params":[{"param_name":"first_name","example":"Asha"}]}},
             {"type":"BODY","text":"Hello {{first_name}}, we look forward to seeing you on {{day}} at {{time}} o'clock.","example":{"body_text_named_params":[{"param_name":"first_name","example":"Asha"},{"param_name":"day","example":"Monday"},{"param_name":"time","example":"10"}]}},
             {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"I will come"},{"type":"QUICK_REPLY","text":"Another day"}]}]
            """);
        Add("order_update", "en_US", "UTILITY", "POSITIONAL",
            """
            [{"type":"HEADER","format":"TEXT","text":"Order {{1}}","example":{"header_text":["4711"]}},
             {"type":"BODY","text":"Hi {{1}}, your order of {{2}} is on its way.","example":{"body_text":[["Asha","3 items"]]}},
             {"type":"FOOTER","text":"Thank you for your order"},
             {"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://example.com/track/{{1}}","example":["https://example.com/track/1"]},{"type":"PHONE_NUMBER","text":"Call us","phone_number":"+15550783881"}]}]
            """);
        Add("pedido_enviado", "pt_BR", "UTILITY", "POSITIONAL",
            """
            [{"type":"BODY","text":"Olá {{1}}, o seu pedido {{2}} já saiu para entrega.","example":{"body_text":[["Ana","4711"]]}},
             {"type":"FOOTER","text":"Obrigado pela preferência"}]
            """);
        foreach (var (language, body, footer, button) in new[]
        {
            ("en",
             "*{{1}}* is your verification code. For your security, do not share this code.",
             "This code expires in 10 minutes.",
             "Copy code"),
            ("en_US",
             "*{{1}}* is your verification code. For your security, do not share this code.",
             "This code expires in 10 minutes.",
             "Copy code"),
            ("pt_BR",
             "Seu código de verificação é *{{1}}*. Para sua segurança, não o compartilhe.",
             "Este código expira em 10 minutos.",
             "Copiar código"),
        })
        {
            Add("login_code", language, "AUTHENTICATION", "POSITIONAL", new JsonArray(
                new JsonObject
                {
                    ["type"] = "BODY",
                    ["text"] = body,
                    ["add_security_recommendation"] = true,
                    ["example"] = new JsonObject { ["body_text"] = new JsonArray(new JsonArray("123456")) },
                },
                new JsonObject { ["type"] = "FOOTER", ["text"] = footer, ["code_expiration_minutes"] = 10 },
                new JsonObject
                {
                    ["type"] = "BUTTONS",
                    ["buttons"] = new JsonArray(
                        new JsonObject
                        {
                            ["type"] = "URL",
                            ["text"] = button,
                            ["url"] = CodeUrl,
                            ["example"] = new JsonArray(CodeUrl.Replace("{{1}}", "123456", StringComparison.Ordinal)),
                        }),
                }).ToJsonString());
        }

        return templates;

        void Add(string name, string language, string category, string format, string components) => templates.Add(new SandboxTemplate
        {
            Id = ids.Fixed($"template|{account}|{name}|{language}"),
            BusinessAccountId = account,
            Name = name,
            Language = language,
            Category = category,
            Status = "APPROVED",
            ParameterFormat = format,
            Components = (JsonArray)JsonNode.Parse(components)!,
            MessageSendTtlSeconds = category == "AUTHENTICATION" ? 600 : null,
        });
    }

    /// <summary>Adds this many templates, to test reading a large account.</summary>
    public static void Fill(SandboxWorld world, string account, int count)
    {
        for (var index = 1; index <= count; index++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"notice_{index:d5}");
            if (world.Templates.Find(account, name, "en_US") is null)
            {
                world.Templates.Add(new SandboxTemplate
                {
                    Id = world.Ids.Number("template"),
                    BusinessAccountId = account,
                    Name = name,
                    Language = "en_US",
                    Category = index % 3 == 0 ? "MARKETING" : "UTILITY",
                    Status = index % 20 == 0 ? "PAUSED" : "APPROVED",
                    ParameterFormat = "POSITIONAL",
                    Components =
                        [new JsonObject { ["type"] = "BODY", ["text"] = $"Hi {{{{1}}}}, this is notice {name}.",
                            ["example"] = new JsonObject { ["body_text"] = new JsonArray(new JsonArray("Asha")) } }],
                });
            }
        }
    }
}
