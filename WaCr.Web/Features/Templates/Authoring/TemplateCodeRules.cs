namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>Rules for authentication templates: WhatsApp writes their text.</summary>
public static class TemplateCodeRules
{
    public const int MinExpiry = 1;
    public const int MaxExpiry = 90;
    public const int MaxApps = 5;
    public const int HashLength = 11;

    internal static void Check(TemplateRuleCheck check, TemplatePart[] parts)
    {
        foreach (var part in parts.Where(part => part.Type is "HEADER" or "CAROUSEL" or "LIMITED_TIME_OFFER"))
        {
            check.Add(part.At("type"), TemplateRuleErrors.CodeHasHeader);
        }

        if (parts.Find("BODY") is not { } body)
        {
            check.Add(TemplateAuthoringFields.Components, TemplateRuleErrors.BodyRequired);
        }
        else if (body.Has("text"))
        {
            check.Add(body.At("text"), TemplateRuleErrors.CodeTextFixed);
        }

        if (parts.Find("FOOTER") is { } footer && footer.Number("code_expiration_minutes") is not (>= MinExpiry and <= MaxExpiry))
        {
            check.Add(footer.At("code_expiration_minutes"), TemplateRuleErrors.CodeExpiry);
        }

        var buttons = parts.Find("BUTTONS");
        if (buttons?.Parts("buttons") is not [var button] || button.Type != "OTP")
        {
            check.Add(buttons?.At("buttons") ?? TemplateAuthoringFields.Components, TemplateRuleErrors.CodeButton);
            return;
        }

        CheckButton(check, button);
    }

    private static void CheckButton(TemplateRuleCheck check, TemplatePart button)
    {
        if (button.Has("text"))
        {
            TemplateTextRules.Line(check, button, TemplateButtonRules.TextMaxLength);
        }

        var type = button.Word("otp_type");
        if (type is not ("COPY_CODE" or "ONE_TAP" or "ZERO_TAP"))
        {
            check.Add(button.At("otp_type"), TemplateRuleErrors.CodeButtonType);
        }
        else if (type != "COPY_CODE")
        {
            CheckApps(check, button);
        }

        if (type == "ZERO_TAP" && !button.IsTrue("zero_tap_terms_accepted"))
        {
            check.Add(button.At("zero_tap_terms_accepted"), TemplateRuleErrors.TermsRequired);
        }
    }

    private static void CheckApps(TemplateRuleCheck check, TemplatePart button)
    {
        var apps = button.Parts("supported_apps");
        if (apps.Length is 0 or > MaxApps)
        {
            check.Add(button.At("supported_apps"), TemplateRuleErrors.AppsRange);
        }

        foreach (var app in apps)
        {
            if (app.Text("package_name") is not { } package || !package.Contains('.', StringComparison.Ordinal) || package.Any(char.IsWhiteSpace))
            {
                check.Add(app.At("package_name"), TemplateRuleErrors.AppPackage);
            }

            if (app.Text("signature_hash")?.Length != HashLength)
            {
                check.Add(app.At("signature_hash"), TemplateRuleErrors.AppHash);
            }
        }
    }
}
