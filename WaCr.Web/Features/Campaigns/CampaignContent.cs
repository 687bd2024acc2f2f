using System.Linq.Expressions;
using System.Text.RegularExpressions;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Templates;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Campaigns;

/// <summary>The contact columns a campaign needs.</summary>
/// <param name="Fields">In the order of <see cref="ContactFields.Variables"/>.</param>
internal sealed record CampaignContact(Addressee Addressee, string?[] Fields)
{
    /// <summary>Loads only the text columns that a variable can use.</summary>
    public static readonly Expression<Func<Contact, CampaignContact>> Projection = Project();

    private static readonly Dictionary<string, int> Places =
        ContactFields.Variables.Select((field, index) => (field.Name, index)).ToDictionary(StringComparer.Ordinal);

    public long Id => Addressee.ContactId;

    public bool HasPhone => !PhoneNumber.IsNone(Addressee.PhoneKey);

    public string Name => $"{Addressee.FirstName} {Addressee.LastName}".Trim();

    public string? Read(string source) => source switch
    {
        CampaignSource.FirstName => Addressee.FirstName,
        CampaignSource.LastName => Addressee.LastName,
        CampaignSource.FullName => Name,
        CampaignSource.Phone => HasPhone ? PhoneNumber.Display(Addressee.PhoneKey) : null,
        _ => Places.TryGetValue(source, out var index) ? Fields[index] : null,
    };

    private static Expression<Func<Contact, CampaignContact>> Project()
    {
        Expression<Func<Contact, Addressee>> addressee =
            c => new Addressee(c.Id, c.FirstName, c.LastName, c.Email, c.Phone, c.PhoneKey, c.IsOptedOut, c.OptedOutOf, c.AssignedId);
        var contact = addressee.Parameters[0];
        var fields = Expression.NewArrayInit(
            typeof(string), ContactFields.Variables.Select(field =>
                Expression.Property(contact, ((MemberExpression)field.Column.Body).Member.Name)));
        return Expression.Lambda<Func<Contact, CampaignContact>>(
            Expression.New(
                typeof(CampaignContact).GetConstructor([typeof(Addressee), typeof(string[])])!, addressee.Body, fields), contact);
    }
}

/// <param name="Language">The template's language in WhatsApp's code.</param>
/// <param name="Translation">Null if it is the chosen template itself.</param>
/// <param name="File">The header's file, if it is kept here.</param>
internal sealed record FilledTemplate(
    IReadOnlyDictionary<string, string> Values, OutboundContent Content, string Text, string Language, TemplateDetails? Translation,
    CampaignFile? File);

/// <summary>A template with its values, filled in per contact.</summary>
/// <param name="form">The chosen template; also used for contacts whose language has no translation.</param>
/// <param name="language">The chosen template's language, in WhatsApp's code.</param>
/// <param name="translations">Translations that take the same values, for contacts who prefer their languages.</param>
/// <param name="values">By the template's fields.</param>
internal sealed partial class CampaignContent(
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
        var errors = Check(form.Value, values);
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
                    .Where(other => !Check(other.Form, values).Any)
            ], values);
    }

    /// <summary>The same template with other values.</summary>
    public CampaignContent With(IReadOnlyDictionary<string, CampaignValue> others) =>
        new(form, language, [.. _translations.Values], others);

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
        var text = Tidy(
            parameter, value.Source == CampaignSource.Text ? MergeFields.Fill(value.Text, contact.Addressee) : contact.Read(value.Source));
        return text.Length > 0 ? text : Tidy(parameter, value.Fallback);
    }

    // WhatsApp rejects line breaks and repeated spaces in a value; postal addresses have them.
    private static string Tidy(TemplateParameter parameter, string? text) =>
        (parameter.HasLines ? text ?? "" : Blanks().Replace(text ?? "", " ")).Trim().Cut(TemplateDraft.MaxLengthOf(parameter.Field));

    // The part's own reason; a text that WhatsApp refuses is an unprintable one, since line breaks are taken out anyway.
    private static FieldError? InvalidValue(TemplateForm form, TemplateParameter parameter, string text)
    {
        var errors = text.Length == 0 ? []
            : form.Check(
                new Dictionary<string, string>(StringComparer.Ordinal) { [parameter.Field] = Tidy(parameter, text) })[parameter.Field];
        return errors.Count == 0 ? null : parameter.IsFixed ? errors[0] : TextRule.Unprintable;
    }

    private static CampaignValue? HeaderValueOf(TemplateForm form, IReadOnlyDictionary<string, CampaignValue> values) =>
        form.Parameters.FirstOrDefault(parameter => parameter.Kind == TemplateParameterKind.HeaderFile) is { } header
            ? values.GetValueOrDefault(header.Field)
            : null;

    // A preview has no id yet; the runner fills nothing before the file is uploaded.
    private static TemplateHeaderFile? HeaderOf(TemplateForm form, IReadOnlyDictionary<string, CampaignValue> values) =>
        HeaderValueOf(form, values) is { File: { } file }
            ? new TemplateHeaderFile(MediaSource.Uploaded(file.WhatsAppId ?? "not uploaded yet"), file.Name)
        : AddressOf(HeaderValueOf(form, values)) is { } address
            ? new TemplateHeaderFile(MediaSource.At(address), Path.GetFileName(address.AbsolutePath) is { Length: > 0 } name ? name : null)
            : null;

    private static Uri? AddressOf(CampaignValue? value) =>
        value is { Source: CampaignSource.Text } ? TemplateForm.AddressOf(value.Text) : null;

    private static MediaKind? HeaderKindOf(TemplateForm form) =>
        form.Parameters.FirstOrDefault(parameter => parameter.Kind == TemplateParameterKind.HeaderFile)?.FileKind;

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();
}
