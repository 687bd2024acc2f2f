using System.Text.Json;

namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>Existing templates as designs, to be edited or duplicated. Parts that the builder does not make are left out.</summary>
public static class TemplateDesignReader
{
    private const string OtpType = "otp_type=";

    public static TemplateDesign Read(TemplateDetails template) => new()
    {
        Name = template.Name,
        Category = template.Category == Template.Authentication ? "UTILITY" : template.Category,
        Kind = KindOf(template),
        IsNamed = template.ParameterFormat == "NAMED",
        MessageSendTtlSeconds = template.MessageSendTtlSeconds,
        Languages = { ReadLanguage(template) },
    };

    /// <summary>Whether an edit would lose nothing.</summary>
    public static bool IsComplete(TemplateDetails template)
    {
        var parts = template.Components;
        var formats = template.Category == Template.Authentication ? ["NONE"] : (string[])["NONE", .. TemplateRules.HeaderFormats];
        return formats.Contains(parts.HeaderFormatWord) && parts.Others.All(type => type is "CAROUSEL" or "LIMITED_TIME_OFFER")
            && parts.Buttons.All(button => template.Category == Template.Authentication || TemplateButtonRules.Kinds.ContainsKey(button.Type));
    }

    public static LanguageDesign ReadLanguage(TemplateDetails template)
    {
        var (parts, isNamed) = (template.Components, template.ParameterFormat == "NAMED");
        var language = new LanguageDesign { Language = template.Language };
        if (template.Category == Template.Authentication)
        {
            language.Code = ReadCode(parts);
            return language;
        }

        var all = TemplatePart.Read(parts.Raw.Items(), "");
        language.HeaderFormat = parts.HeaderFormatWord;
        language.HeaderText = parts.HeaderText ?? "";
        language.HeaderSample = new SampleDesign { Handle = parts.HeaderFileUrl ?? "", FileName = parts.HeaderFileUrl is null ? "" : parts.HeaderFormatWord.ToLowerInvariant() };
        (language.Body, language.Footer) = (parts.BodyText ?? "", parts.FooterText ?? "");
        Fill(language.HeaderExamples, language.HeaderText, parts.HeaderExamples, isNamed);
        Fill(language.Examples, language.Body, parts.BodyExamples, isNamed);
        language.Buttons.AddRange(parts.Buttons.Select(button => ReadButton(new TemplatePart(button.Raw, ""))));
        if (all.Find("LIMITED_TIME_OFFER")?.Json is { } offer && offer.TryGetProperty("limited_time_offer", out var inner) && inner.ValueKind == JsonValueKind.Object)
        {
            var read = new TemplatePart(inner, "");
            (language.OfferText, language.OfferExpires) = (read.Text("text") ?? "", read.IsTrue("has_expiration"));
        }

        foreach (var card in all.Find("CAROUSEL")?.Parts("cards") ?? [])
        {
            var inside = TemplateComponents.Read(card.Json.TryGetProperty("components", out var found) ? found : default);
            var design = new CardDesign { Body = inside.BodyText ?? "", Sample = new SampleDesign { Handle = inside.HeaderFileUrl ?? "", FileName = inside.HeaderFormatWord.ToLowerInvariant() } };
            language.HeaderFormat = inside.HeaderFormatWord;
            Fill(design.Examples, design.Body, inside.BodyExamples, isNamed);
            design.Buttons.AddRange(inside.Buttons.Select(button => ReadButton(new TemplatePart(button.Raw, ""))));
            language.Cards.Add(design);
        }

        return language;
    }

    private static TemplateKind KindOf(TemplateDetails template) =>
        template.Category == Template.Authentication ? TemplateKind.Authentication
        : template.Components.Others.Contains("CAROUSEL") ? TemplateKind.Carousel
        : template.Components.Others.Contains("LIMITED_TIME_OFFER") ? TemplateKind.LimitedTimeOffer
        : TemplateKind.Standard;

    private static ButtonDesign ReadButton(TemplatePart button)
    {
        var example = button.Json.TryGetProperty("example", out var given)
            ? given.ValueKind == JsonValueKind.Array && given.GetArrayLength() > 0 ? given[0] : given
            : default;
        var text = example.ValueKind == JsonValueKind.String ? example.GetString()! : "";
        var url = button.Text("url") ?? "";
        var fixedPart = url.EndsWith("{{1}}", StringComparison.Ordinal) ? url[..^5] : "";
        return new ButtonDesign
        {
            Kind = button.Type,
            Text = button.Text("text") ?? "",
            Url = url,
            Phone = button.Text("phone_number") ?? "",
            FlowId = button.Text("flow_id") ?? "",
            Example = fixedPart.Length > 0 && text.StartsWith(fixedPart, StringComparison.Ordinal) ? text[fixedPart.Length..] : text,
        };
    }

    /// <summary>WhatsApp returns a code's button as a URL button that names its type.</summary>
    private static CodeDesign ReadCode(TemplateComponents parts)
    {
        var button = parts.Buttons.Select(button => new TemplatePart(button.Raw, "")).FirstOrDefault();
        var url = button?.Text("url") ?? "";
        var index = url.IndexOf(OtpType, StringComparison.Ordinal);
        var type = button?.Word("otp_type") is { Length: > 0 } own ? own
            : index < 0 ? "COPY_CODE" : url[(index + OtpType.Length)..].Split('&')[0].ToUpperInvariant();
        var code = new CodeDesign
        {
            AddsSecurityRecommendation = parts.HasSecurityRecommendation,
            ExpiryMinutes = parts.CodeExpirationMinutes,
            OtpType = type is "ONE_TAP" or "ZERO_TAP" ? type : "COPY_CODE",
            TermsAccepted = type == "ZERO_TAP",
        };
        code.Apps.AddRange((button?.Parts("supported_apps") ?? []).Select(app => new AppDesign
        {
            PackageName = app.Text("package_name") ?? "",
            SignatureHash = app.Text("signature_hash") ?? "",
        }));
        return code;
    }

    private static void Fill(Dictionary<string, string> examples, string text, IReadOnlyList<string> values, bool isNamed)
    {
        foreach (var (index, variable) in TemplateVariables.Of(text, isNamed).Index())
        {
            examples[variable] = index < values.Count ? values[index] : "";
        }
    }
}
