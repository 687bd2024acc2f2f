namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>Rules for buttons that show products, and the header that goes with each.</summary>
public static class TemplateProductRules
{
    public const string ProductHeader = "PRODUCT";
    public const string CatalogButton = "CATALOG";
    public const string ItemsButton = "MPM";

    /// <summary>The header's format; NONE if there must be none.</summary>
    public static string HeaderOf(string button) => button switch
    {
        CatalogButton => "NONE",
        ItemsButton => "TEXT",
        _ => ProductHeader,
    };

    internal static void Check(TemplateRuleCheck check, TemplatePart[] parts)
    {
        var header = parts.Find("HEADER");
        var format = header?.Word("format") ?? "NONE";
        var buttons = parts.Find("BUTTONS")?.Parts("buttons") ?? [];
        if (Array.Find(buttons, button => TemplateButtonRules.OfProducts.ContainsKey(button.Type)) is not { } button)
        {
            if (format == ProductHeader)
            {
                check.Add(header!.At("format"), TemplateRuleErrors.ProductHeader);
            }

            return;
        }

        if (check.Category is not ("MARKETING" or ""))
        {
            check.Add(TemplateAuthoringFields.Category, TemplateRuleErrors.ProductMarketing);
        }

        if (buttons.Length > 1)
        {
            check.Add(button.At("type"), TemplateRuleErrors.ProductAlone);
        }

        if (format != HeaderOf(button.Type))
        {
            check.Add(header?.At("format") ?? button.At("type"), button.Type switch
            {
                CatalogButton => TemplateRuleErrors.CatalogHeader,
                ItemsButton => TemplateRuleErrors.ItemsHeader,
                _ => TemplateRuleErrors.ProductHeader,
            });
        }
    }
}
