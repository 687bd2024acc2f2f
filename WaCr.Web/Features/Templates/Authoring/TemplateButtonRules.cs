using System.Text.Json;

namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>Rules for buttons, of a template or of a card.</summary>
public static class TemplateButtonRules
{
    public const int Max = 10;
    public const int TextMaxLength = 25;
    public const int UrlMaxLength = 2000;
    public const int PhoneMaxLength = 20;
    public const int MaxInCard = 2;

    /// <summary>Every kind of button, and how many of it a template may have.</summary>
    public static readonly IReadOnlyDictionary<string, int> Kinds = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["QUICK_REPLY"] = Max,
        ["URL"] = 2,
        ["PHONE_NUMBER"] = 1,
        ["COPY_CODE"] = 1,
        ["VOICE_CALL"] = 1,
        ["REQUEST_CONTACT_INFO"] = 1,
        ["FLOW"] = 1,
        ["CATALOG"] = 1,
        ["MPM"] = 1,
        ["SPM"] = 1,
    };

    /// <summary>Kinds whose text WhatsApp writes itself.</summary>
    public static readonly IReadOnlyList<string> WithOwnText = ["COPY_CODE", "REQUEST_CONTACT_INFO"];

    /// <summary>Kinds that show products, with the text that WhatsApp wants on them.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfProducts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CATALOG"] = "View catalog",
        ["MPM"] = "View items",
        ["SPM"] = "View",
    };

    private static readonly string[] OfCards = ["QUICK_REPLY", "URL", "PHONE_NUMBER"];

    internal static void Check(TemplateRuleCheck check, TemplatePart? part, bool isCard = false)
    {
        if (part is null)
        {
            return;
        }

        var buttons = part.Parts("buttons");
        var max = isCard ? MaxInCard : Max;
        if (buttons.Length == 0 || buttons.Length > max)
        {
            check.Add(part.At("buttons"), TemplateRuleErrors.ButtonsRange(max));
        }

        foreach (var button in buttons)
        {
            if (!Kinds.TryGetValue(button.Type, out var most) || (isCard && !OfCards.Contains(button.Type)))
            {
                check.Add(button.At("type"), TemplateRuleErrors.ButtonKind);
                continue;
            }

            if (buttons.TakeWhile(before => before != button).Count(before => before.Type == button.Type) >= most)
            {
                check.Add(button.At("type"), TemplateRuleErrors.ButtonKindTooMany(most));
            }

            CheckText(check, button, buttons);
            CheckTarget(check, button);
        }

        var kinds = Array.ConvertAll(buttons, button => button.Type == "QUICK_REPLY");
        if (kinds.Where((isReply, index) => isReply && (index == 0 || !kinds[index - 1])).Skip(1).Any())
        {
            check.Add(part.At("buttons"), TemplateRuleErrors.ButtonsGrouped);
        }
    }

    private static void CheckText(TemplateRuleCheck check, TemplatePart button, TemplatePart[] buttons)
    {
        if (WithOwnText.Contains(button.Type) && !button.Has("text"))
        {
            return;
        }

        if (TemplateTextRules.Line(check, button, TextMaxLength) is not { } text)
        {
            return;
        }

        if (text.Contains("{{", StringComparison.Ordinal))
        {
            check.Add(button.At("text"), TemplateRuleErrors.ButtonVariables);
        }

        if (buttons.TakeWhile(before => before != button).Any(before => string.Equals(before.Text("text")?.Trim(), text.Trim(), StringComparison.OrdinalIgnoreCase)))
        {
            check.Add(button.At("text"), TemplateRuleErrors.ButtonTwice);
        }
    }

    private static void CheckTarget(TemplateRuleCheck check, TemplatePart button)
    {
        switch (button.Type)
        {
            case "URL":
                CheckUrl(check, button);
                break;
            case "PHONE_NUMBER":
                var phone = button.Text("phone_number")?.Trim() ?? "";
                if (phone.Length is 0 or > PhoneMaxLength || !PhoneNumber.TryParse(phone.StartsWith('+') ? phone : "+" + phone, "", out _))
                {
                    check.Add(button.At("phone_number"), TemplateRuleErrors.PhoneInvalid);
                }

                break;
            case "COPY_CODE":
                CheckCode(check, button);
                break;
            case "FLOW":
                if (!button.Has("flow_id") && !button.Has("flow_name") && !button.Has("flow_json"))
                {
                    check.Add(button.At("flow_id"), TemplateRuleErrors.FlowRequired);
                }

                break;
        }
    }

    private static void CheckUrl(TemplateRuleCheck check, TemplatePart button)
    {
        var url = button.Text("url") ?? "";
        var at = button.At("url");
        var variables = TemplateVariables.Of(url, named: false);
        var plain = TemplateVariables.Replace(url, _ => "x");
        if (TextRule.BrokenBy(url, UrlMaxLength) is { } broken)
        {
            check.Add(at, broken);
        }
        else if (!Uri.TryCreate(plain, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
        {
            check.Add(at, TemplateRuleErrors.UrlInvalid);
        }
        else if (plain.Contains("{{", StringComparison.Ordinal) || TemplateVariables.AnyNamed(url)
            || (variables.Count > 0 && (variables is not ["1"] || !url.EndsWith("{{1}}", StringComparison.Ordinal) || url.IndexOf("{{", StringComparison.Ordinal) != url.Length - 5)))
        {
            check.Add(at, TemplateRuleErrors.UrlVariable);
        }
        else if (variables.Count > 0 && !(button.Json.TryGetProperty("example", out var example) && HasText(example)))
        {
            check.Add(button.At("example"), TemplateRuleErrors.ExampleRequired);
        }
    }

    private static void CheckCode(TemplateRuleCheck check, TemplatePart button)
    {
        var example = button.Json.TryGetProperty("example", out var given) ? given : default;
        if (!HasText(example))
        {
            check.Add(button.At("example"), TemplateRuleErrors.ExampleRequired);
        }
        else if (TextRule.BrokenBy(TextOf(example)!, TemplateForm.CodeMaxLength) is { } broken)
        {
            check.Add(button.At("example"), broken);
        }
    }

    private static bool HasText(JsonElement example) => !string.IsNullOrWhiteSpace(TextOf(example));

    private static string? TextOf(JsonElement example) => example.ValueKind switch
    {
        JsonValueKind.String => example.GetString(),
        JsonValueKind.Array when example.GetArrayLength() > 0 && example[0].ValueKind == JsonValueKind.String => example[0].GetString(),
        _ => null,
    };
}
