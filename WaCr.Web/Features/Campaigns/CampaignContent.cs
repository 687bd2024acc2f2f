using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Templates;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Campaigns;

/// <summary>A template with its values, filled in per contact.</summary>
/// <param name="form">The chosen template; also used for contacts whose language has no translation.</param>
/// <param name="language">The chosen template's language, in WhatsApp's code.</param>
/// <param name="translations">Translations that take the same values, for contacts who prefer their languages.</param>
/// <param name="values">By the template's fields.</param>
internal sealed class CampaignContent(
    TemplateForm form, string language, IReadOnlyList<TemplateDetails> translations, IReadOnlyDictionary<string, CampaignValue> values)
{
    private readonly Dictionary<string, TemplateDetails> _translations = translations.ToDictionary(
        translation => translation.Language, StringComparer.Ordinal);
    private readonly List<string> _languages = [language, .. translations.Select(translation => translation.Language)];

    /// <summary>The chosen template's category, in WhatsApp's words for prices.</summary>
    public string PriceCategory => form.Category.ToLowerInvariant();

    /// <summary>Whether anybody may get marketing: a translation may have another category than the chosen template.</summary>
    public bool IsMarketing =>
        SendConsent.IsMarketing(form.Category) || _translations.Values.Any(translation => SendConsent.IsMarketing(translation.Form.Category));

    /// <summary>Loads what a campaign sends; an error if it cannot be sent.</summary>
    public static async Task<Result<CampaignContent>> LoadAsync(AppDbContext db, string accountId, Campaign campaign)
    {
        var (name, language) = (campaign.TemplateName ?? "", campaign.TemplateLanguage ?? "");
        var form = await TemplateFinder.FindAsync(db, accountId, name, language);
        if (!form.Succeeded)
        {
            return form.Error;
        }

        var values = CampaignText.ReadValues(campaign.Values);
        var errors = CampaignValueRules.Check(form.Value, values);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        var others = campaign.UsesContactLanguage ? await TemplateFinder.TranslationsAsync(db, accountId, name) : [];
        return new CampaignContent(
            form.Value, language,
            [
                .. others.Where(other => other.Language != language)
                    .Select(TemplateDetails.Of)
                    .Where(other => !CampaignValueRules.Check(other.Form, values).Any)
            ], values);
    }

    /// <summary>The same template with other values.</summary>
    public CampaignContent With(IReadOnlyDictionary<string, CampaignValue> others) =>
        new(form, language, [.. _translations.Values], others);

    /// <summary>Null if the contact has no value for a variable.</summary>
    public FilledTemplate? Fill(CampaignContact contact)
    {
        var translation = LanguageTag.Lookup(contact.Read(ContactFieldNames.Language), _languages) is { } preferred
            ? _translations.GetValueOrDefault(preferred)
            : null;
        var its = translation?.Form ?? form;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in its.Parameters.Where(parameter => parameter.Kind != TemplateParameterKind.HeaderFile))
        {
            var text = values.TryGetValue(parameter.Field, out var value) ? TextOf(parameter, value, contact) : "";
            if (text.Length == 0 && !parameter.IsOptional)
            {
                return null;
            }

            texts[parameter.Field] = text;
        }

        // A contact's value may be too long for a button or contain control characters.
        return its.Check(texts, HeaderKindOf(its)).Any
            ? null
            : new FilledTemplate(
                texts, its.Fill(texts, HeaderOf(its, values)), its.Preview(texts), translation?.Language ?? language, translation,
                HeaderValueOf(its, values)?.File);
    }

    private static string TextOf(TemplateParameter parameter, CampaignValue value, CampaignContact contact)
    {
        var text = CampaignValueRules.Tidy(
            parameter, value.Source == CampaignSource.Text ? MergeFields.Fill(value.Text, contact.Addressee) : contact.Read(value.Source));
        return text.Length > 0 ? text : CampaignValueRules.Tidy(parameter, value.Fallback);
    }

    private static CampaignValue? HeaderValueOf(TemplateForm form, IReadOnlyDictionary<string, CampaignValue> values) =>
        form.Parameters.FirstOrDefault(parameter => parameter.Kind == TemplateParameterKind.HeaderFile) is { } header
            ? values.GetValueOrDefault(header.Field)
            : null;

    // A preview has no id yet; the runner fills nothing before the file is uploaded.
    private static TemplateHeaderFile? HeaderOf(TemplateForm form, IReadOnlyDictionary<string, CampaignValue> values) =>
        HeaderValueOf(form, values) is { File: { } file }
            ? new TemplateHeaderFile(MediaSource.Uploaded(file.WhatsAppId ?? "not uploaded yet"), file.Name)
        : CampaignValueRules.AddressOf(HeaderValueOf(form, values)) is { } address
            ? new TemplateHeaderFile(MediaSource.At(address), Path.GetFileName(address.AbsolutePath) is { Length: > 0 } name ? name : null)
            : null;

    private static MediaKind? HeaderKindOf(TemplateForm form) =>
        form.Parameters.FirstOrDefault(parameter => parameter.Kind == TemplateParameterKind.HeaderFile)?.FileKind;
}
