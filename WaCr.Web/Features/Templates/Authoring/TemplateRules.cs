using System.Text.Json;
using System.Text.RegularExpressions;

namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>
/// WhatsApp's rules for a new or changed template, checked before it is submitted; one set for API and app. Errors stand under the paths of
/// the API's body, as <c>components.1.text</c> or <c>components.2.buttons.0.url</c>.
/// </summary>
public static partial class TemplateRules
{
    public const int HeaderMaxLength = 60;
    public const int BodyMaxLength = 1024;
    public const int FooterMaxLength = 60;

    public static readonly IReadOnlyList<string> Categories = ["MARKETING", "UTILITY", Template.Authentication];

    public static readonly IReadOnlyList<string> HeaderFormats = ["TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION", TemplateProductRules.ProductHeader];

    private static readonly string[] Components = ["HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER"];

    /// <summary>Checks name, language, category, kind of variables and all components of a new template.</summary>
    public static FieldErrors Check(AuthoredTemplate template)
    {
        var errors = new FieldErrors();
        if (TextRule.Check(errors, TemplateAuthoringFields.Name, template.Name, Template.NameMaxLength, TemplateRuleErrors.NameRequired) is { } name
            && !Name.IsMatch(name))
        {
            errors.Add(TemplateAuthoringFields.Name, TemplateRuleErrors.NameInvalid);
        }

        if (template.Language is not { } language || !Language.IsMatch(language))
        {
            errors.Add(TemplateAuthoringFields.Language, TemplateRuleErrors.LanguageInvalid);
        }

        if (template.ParameterFormat is not ("POSITIONAL" or "NAMED"))
        {
            errors.Add(TemplateAuthoringFields.ParameterFormat, TemplateRuleErrors.FormatInvalid);
        }

        return errors.AddAll(CheckContent(template));
    }

    /// <summary>Checks what an edit can change: category, components and the time to deliver.</summary>
    public static FieldErrors CheckContent(AuthoredTemplate template)
    {
        var errors = new FieldErrors();
        if (template.Category is not { } category || !Categories.Contains(category))
        {
            errors.Add(TemplateAuthoringFields.Category, TemplateRuleErrors.CategoryInvalid);
            category = "";
        }

        if (template.MessageSendTtlSeconds is { } ttl && ttl != -1 && !IsTtl(category, ttl))
        {
            errors.Add(TemplateAuthoringFields.Ttl, TemplateRuleErrors.TtlRange);
        }

        var components = template.Components.Items();
        if (template.Components.ValueKind != JsonValueKind.Array || components.Count == 0 || components.Count < template.Components.GetArrayLength())
        {
            return errors.Add(TemplateAuthoringFields.Components, TemplateRuleErrors.ComponentsRequired);
        }

        var parts = TemplatePart.Read(components, TemplateAuthoringFields.Components);
        var check = new TemplateRuleCheck(category, template.ParameterFormat == "NAMED", errors);
        CheckKinds(check, parts, Components);
        if (category == Template.Authentication)
        {
            TemplateCodeRules.Check(check, parts);
            return errors;
        }

        CheckHeader(check, parts.Find("HEADER"));
        CheckBody(check, parts.Find("BODY"), BodyMaxLength);
        CheckFooter(check, parts.Find("FOOTER"));
        TemplateButtonRules.Check(check, parts.Find("BUTTONS"));
        TemplateCardRules.Check(check, parts);
        TemplateProductRules.Check(check, parts);
        return errors;
    }

    internal static void CheckKinds(TemplateRuleCheck check, TemplatePart[] parts, string[] known)
    {
        foreach (var part in parts)
        {
            if (!known.Contains(part.Type))
            {
                check.Add(part.At("type"), TemplateRuleErrors.ComponentUnknown);
            }
            else if (parts.First(first => first.Type == part.Type) != part)
            {
                check.Add(part.At("type"), TemplateRuleErrors.ComponentTwice);
            }
        }
    }

    internal static void CheckHeader(TemplateRuleCheck check, TemplatePart? header)
    {
        if (header is null)
        {
            return;
        }

        switch (header.Word("format"))
        {
            case "TEXT":
                if (TemplateTextRules.Line(check, header, HeaderMaxLength) is { } text)
                {
                    var variables = TemplateTextRules.Variables(check, header, text, ExampleKind.Header);
                    if (variables.Count > 1)
                    {
                        check.Add(header.At("text"), TemplateRuleErrors.HeaderOneVariable);
                    }
                }

                break;
            case "IMAGE" or "VIDEO" or "DOCUMENT":
                if (!header.HasSample)
                {
                    check.Add(header.At("example"), TemplateRuleErrors.SampleRequired);
                }

                break;
            case "LOCATION" or TemplateProductRules.ProductHeader:
                break;
            default:
                check.Add(header.At("format"), TemplateRuleErrors.HeaderFormat);
                break;
        }
    }

    internal static void CheckBody(TemplateRuleCheck check, TemplatePart? body, int maxLength)
    {
        if (body?.Text("text") is not { } text || string.IsNullOrWhiteSpace(text))
        {
            check.Add(body?.At("text") ?? TemplateAuthoringFields.Components, TemplateRuleErrors.BodyRequired);
            return;
        }

        if (TextRule.BrokenBy(text, maxLength) is { } broken)
        {
            check.Add(body.At("text"), broken);
        }

        var variables = TemplateTextRules.Variables(check, body, text, ExampleKind.Body);
        if (variables.Count > 0)
        {
            TemplateTextRules.CheckSurroundings(check, body.At("text"), text, variables.Count);
        }
    }

    private static void CheckFooter(TemplateRuleCheck check, TemplatePart? footer)
    {
        if (footer is not null && TemplateTextRules.Line(check, footer, FooterMaxLength) is { } text && text.Contains("{{", StringComparison.Ordinal))
        {
            check.Add(footer.At("text"), TemplateRuleErrors.FooterVariables);
        }
    }

    /// <summary>Seconds that WhatsApp tries to deliver: up to 15 minutes for codes, 12 hours for utility, 30 days for marketing.</summary>
    private static bool IsTtl(string category, int seconds) => category switch
    {
        Template.Authentication => seconds is >= 30 and <= 900,
        "UTILITY" => seconds is >= 30 and <= 43_200,
        _ => seconds is >= 43_200 and <= 2_592_000,
    };

    [GeneratedRegex(@"^[a-z0-9_]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }

    [GeneratedRegex(@"^[a-z]{2,3}(_[A-Z]{2,3})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Language { get; }
}
