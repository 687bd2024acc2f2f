using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>A design as WhatsApp's components, and what the rules say of it.</summary>
public static class TemplateDesignJson
{
    /// <summary>The header's format on all cards of a carousel.</summary>
    public static string CardFormat(LanguageDesign language) => language.HeaderFormat == "VIDEO" ? "VIDEO" : "IMAGE";

    public static AuthoredTemplate Author(TemplateDesign design, LanguageDesign language) => new(
        design.Name.Trim(), language.Language, design.EffectiveCategory, design.ParameterFormat, Components(design, language),
        design.MessageSendTtlSeconds);

    public static TemplatePatch Patch(TemplateDesign design, LanguageDesign language) => new()
    {
        Name = design.Name.Trim(),
        Language = language.Language,
        Category = design.EffectiveCategory,
        ParameterFormat = design.ParameterFormat,
        Components = Components(design, language),
        MessageSendTtlSeconds = (long?)design.MessageSendTtlSeconds,
        ChannelId = design.ChannelId,
    };

    public static JsonElement Components(TemplateDesign design, LanguageDesign language)
    {
        var components = new JsonArray();
        switch (design.Kind)
        {
            case TemplateKind.Authentication:
                AddCode(components, language.Code);
                break;
            case TemplateKind.Carousel:
                components.Add(Body(language.Body, language.Examples, design.IsNamed));
                components.Add(Carousel(language, design.IsNamed));
                break;
            case TemplateKind.LimitedTimeOffer:
                AddHeader(components, language, design.IsNamed);
                components.Add(new JsonObject
                {
                    ["type"] = "LIMITED_TIME_OFFER",
                    ["limited_time_offer"] = new JsonObject { ["text"] = language.OfferText, ["has_expiration"] = language.OfferExpires },
                });
                components.Add(Body(language.Body, language.Examples, design.IsNamed));
                AddButtons(components, language.Buttons);
                break;
            default:
                AddHeader(components, language, design.IsNamed);
                components.Add(Body(language.Body, language.Examples, design.IsNamed));
                if (language.Footer.Length > 0)
                {
                    components.Add(new JsonObject { ["type"] = "FOOTER", ["text"] = language.Footer });
                }

                AddButtons(components, language.Buttons);
                break;
        }

        return JsonElement.Parse(components.ToJsonString());
    }

    /// <summary>Variables of a text, once each: numbers in their order, names by first appearance.</summary>
    public static IReadOnlyList<string> VariablesOf(string text, bool isNamed) => TemplateVariables.Of(text, isNamed);

    private static void AddHeader(JsonArray components, LanguageDesign language, bool isNamed)
    {
        if (language.HeaderFormat == "NONE")
        {
            return;
        }

        var header = new JsonObject { ["type"] = "HEADER", ["format"] = language.HeaderFormat };
        if (language.HeaderFormat == "TEXT")
        {
            header["text"] = language.HeaderText;
            AddExamples(header, language.HeaderText, language.HeaderExamples, isNamed, "header_text", asList: false);
        }
        else if (language.HeaderFormat is not ("LOCATION" or TemplateProductRules.ProductHeader))
        {
            AddSample(header, language.HeaderSample);
        }

        components.Add(header);
    }

    private static JsonObject Body(string text, Dictionary<string, string> examples, bool isNamed)
    {
        var body = new JsonObject { ["type"] = "BODY", ["text"] = text };
        AddExamples(body, text, examples, isNamed, "body_text", asList: true);
        return body;
    }

    private static JsonObject Carousel(LanguageDesign language, bool isNamed) => new()
    {
        ["type"] = "CAROUSEL",
        ["cards"] = new JsonArray([.. language.Cards.Select(card =>
        {
            var header = new JsonObject { ["type"] = "HEADER", ["format"] = CardFormat(language) };
            AddSample(header, card.Sample);
            var parts = new JsonArray(header);
            if (card.Body.Length > 0)
            {
                parts.Add(Body(card.Body, card.Examples, isNamed));
            }

            AddButtons(parts, card.Buttons);
            return new JsonObject { ["components"] = parts };
        })]),
    };

    private static void AddSample(JsonObject header, SampleDesign sample)
    {
        if (sample.Handle.Length > 0)
        {
            header["example"] = new JsonObject { ["header_handle"] = new JsonArray(sample.Handle) };
        }
    }

    private static void AddExamples(
        JsonObject part, string text, Dictionary<string, string> examples, bool isNamed, string name, bool asList)
    {
        var variables = VariablesOf(text, isNamed);
        if (variables.Count == 0)
        {
            return;
        }

        if (isNamed)
        {
            part["example"] = new JsonObject
            {
                [name + "_named_params"] = new JsonArray([.. variables.Select(variable => new JsonObject
                {
                    ["param_name"] = variable, ["example"] = examples.GetValueOrDefault(variable, "").Trim(),
                })]),
            };
            return;
        }

        var values = new JsonArray([.. variables.Select(variable => JsonValue.Create(examples.GetValueOrDefault(variable, "").Trim()))]);
        part["example"] = new JsonObject { [name] = asList ? new JsonArray(values) : values };
    }

    private static void AddButtons(JsonArray components, List<ButtonDesign> buttons)
    {
        if (buttons.Count > 0)
        {
            components.Add(new JsonObject { ["type"] = "BUTTONS", ["buttons"] = new JsonArray([.. buttons.Select(Button)]) });
        }
    }

    private static JsonObject Button(ButtonDesign button)
    {
        var json = new JsonObject { ["type"] = button.Kind };
        if (!TemplateButtonRules.WithOwnText.Contains(button.Kind))
        {
            json["text"] = button.Text.Length == 0 ? TemplateButtonRules.OfProducts.GetValueOrDefault(button.Kind, "") : button.Text;
        }

        switch (button.Kind)
        {
            case "URL":
                json["url"] = button.Url.Trim();
                if (TemplateVariables.Of(button.Url, named: false).Count > 0 && !string.IsNullOrWhiteSpace(button.Example))
                {
                    // WhatsApp wants the whole address as the example; people give its end.
                    json["example"] = new JsonArray(TemplateVariables.Replace(button.Url.Trim(), _ => button.Example.Trim()));
                }

                break;
            case "PHONE_NUMBER":
                json["phone_number"] = button.Phone.Trim();
                break;
            case "COPY_CODE":
                json["example"] = button.Example.Trim();
                break;
            case "FLOW":
                json["flow_id"] = button.FlowId.Trim().Length > 0 ? button.FlowId.Trim() : null;
                break;
        }

        return json;
    }

    private static void AddCode(JsonArray components, CodeDesign code)
    {
        components.Add(new JsonObject { ["type"] = "BODY", ["add_security_recommendation"] = code.AddsSecurityRecommendation });
        if (code.ExpiryMinutes is { } minutes)
        {
            components.Add(new JsonObject { ["type"] = "FOOTER", ["code_expiration_minutes"] = minutes });
        }

        var button = new JsonObject { ["type"] = "OTP", ["otp_type"] = code.OtpType };
        if (code.OtpType != "COPY_CODE")
        {
            button["supported_apps"] = new JsonArray([.. code.Apps.Select(app => new JsonObject
            {
                ["package_name"] = app.PackageName.Trim(), ["signature_hash"] = app.SignatureHash.Trim(),
            })]);
        }

        if (code.OtpType == "ZERO_TAP")
        {
            button["zero_tap_terms_accepted"] = code.TermsAccepted;
        }

        components.Add(new JsonObject { ["type"] = "BUTTONS", ["buttons"] = new JsonArray(button) });
    }
}
