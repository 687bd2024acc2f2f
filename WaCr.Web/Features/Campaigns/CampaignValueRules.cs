using System.Text.RegularExpressions;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Features.Campaigns;

/// <summary>What the values of a campaign's template may be.</summary>
internal static partial class CampaignValueRules
{
    /// <summary>Errors that apply to every recipient, keyed by field.</summary>
    public static FieldErrors Check(TemplateForm form, IReadOnlyDictionary<string, CampaignValue> values)
    {
        var errors = new FieldErrors();
        if (form.UnknownPart is not null || form.IsAuthentication)
        {
            errors.Add(CampaignFieldNames.Template, CampaignErrors.TemplateUnfit);
            return errors;
        }

        foreach (var parameter in form.Parameters)
        {
            var value = values.GetValueOrDefault(parameter.Field);
            if (parameter.Kind == TemplateParameterKind.HeaderFile)
            {
                if (value?.File is null && AddressOf(value) is null)
                {
                    errors.Add(parameter.Field, CampaignErrors.LinkRequired);
                }
            }
            else if (parameter.IsOptional && string.IsNullOrWhiteSpace(value?.Text))
            {
                continue;
            }
            else if (value is null || (parameter.IsFixed && value.Source != CampaignSource.Text)
                || (value.Source == CampaignSource.Text && string.IsNullOrWhiteSpace(value.Text)))
            {
                errors.Add(parameter.Field, CampaignErrors.ValueRequired);
            }
            else if (InvalidValue(form, parameter, value is { Source: CampaignSource.Text } ? value.Text : value.Fallback) is { } unfit)
            {
                errors.Add(parameter.Field, unfit);
            }
        }

        return errors;
    }

    public static Uri? AddressOf(CampaignValue? value) =>
        value is { Source: CampaignSource.Text } ? TemplateForm.AddressOf(value.Text) : null;

    /// <summary>WhatsApp rejects line breaks and repeated spaces in a value; postal addresses have them.</summary>
    public static string Tidy(TemplateParameter parameter, string? text) =>
        (parameter.HasLines ? text ?? "" : Blanks().Replace(text ?? "", " ")).Trim().Cut(TemplateDraft.MaxLengthOf(parameter.Field));

    // The part's own reason; a text that WhatsApp refuses is an unprintable one, since line breaks are taken out anyway.
    private static FieldError? InvalidValue(TemplateForm form, TemplateParameter parameter, string text)
    {
        var errors = text.Length == 0 ? []
            : form.Check(
                new Dictionary<string, string>(StringComparer.Ordinal) { [parameter.Field] = Tidy(parameter, text) })[parameter.Field];
        return errors.Count == 0 ? null : parameter.IsFixed ? errors[0] : TextRule.Unprintable;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();
}
