using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Templates;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

public static class TemplateSendFields
{
    public const string Name = "template_name";
    public const string Language = "language";

    /// <summary>Value of <see cref="Language"/> that selects the contact's language.</summary>
    public const string ContactLanguage = "contact";

    public const string FallbackLanguage = "fallback_language";
    public const string HeaderDocumentName = "header_document_name";
    public const string GeneratesCode = "auto_generate_otp";
    public const string CodeNumber = "otp_field_number";

    public static readonly IReadOnlyList<string> HeaderKinds = ["image", "video", "document"];

    /// <summary>Text fields a template may have.</summary>
    public static readonly IReadOnlyList<string> Texts =
    [
        TemplateForm.HeaderField, .. Enumerable.Range(1, 10).Select(TemplateForm.BodyField), .. Enumerable.Range(0, 3)
            .Select(TemplateForm.ButtonField),
        TemplateForm.PlaceName, TemplateForm.PlaceAddress, TemplateForm.OfferField,
        TemplateForm.ProductField, TemplateForm.CatalogField, TemplateForm.ThumbnailField,
    ];

    /// <summary>Given as numbers or texts.</summary>
    public static readonly IReadOnlyList<string> Degrees = [TemplateForm.PlaceLatitude, TemplateForm.PlaceLongitude];

    /// <summary>A carousel's cards, in their order.</summary>
    public const string Cards = "cards";

    public const string CardUrl = "header_url";
    public const string CardFields = "fields";
    public const string CardButtons = "buttons";

    /// <summary>The products that a button shows.</summary>
    public const string Sections = TemplateForm.SectionsField;

    public const string SectionTitle = "title";
    public const string SectionProducts = "product_ids";

    public static string UrlOf(string kind) => $"header_{kind}_url";

    public static string FileOf(string kind) => $"header_{kind}_file";
}

/// <summary>A template message.</summary>
internal sealed class TemplateDraft : MessageDraft
{
    public const int ValueMaxLength = TemplateForm.ValueMaxLength;

    private const string DefaultLanguage = "en";
    private const int MaxCodeNumber = 10;
    private const int BeyondSixDigits = 1_000_000;

    private readonly string _name;
    private readonly string? _language;
    private readonly string? _fallback;
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly string? _codeField;
    private readonly string _code = "";

    private TemplateDraft(SendTemplate request, DraftFields fields) : base(request, fields)
    {
        _name = fields.Required(TemplateSendFields.Name, request.Name, Template.NameMaxLength, MessageErrors.TemplateNameRequired) ?? "";
        _language = fields.Text(TemplateSendFields.Language, request.Language, Template.LanguageMaxLength);
        _fallback = fields.Text(TemplateSendFields.FallbackLanguage, request.FallbackLanguage, Template.LanguageMaxLength);
        foreach (var (field, given) in request.Texts)
        {
            if (fields.Text(field, given, MaxLengthOf(field)) is { } text)
            {
                _texts[field] = text;
            }
        }

        if (request.GeneratesCode)
        {
            var number = request.CodeNumber.Or(null) ?? 1;
            if (number is < 1 or > MaxCodeNumber)
            {
                Errors.Add(TemplateSendFields.CodeNumber, MessageErrors.CodeNumberRange);
            }

            _codeField = TemplateForm.BodyField((int)Math.Clamp(number, 1, MaxCodeNumber));
            _code = RandomNumberGenerator.GetInt32(BeyondSixDigits).ToString("D6", CultureInfo.InvariantCulture);
        }

        File = ReadFile(request);
    }

    public static int MaxLengthOf(string field) => field == TemplateForm.SectionsField ? TemplateForm.SectionsMaxLength : ValueMaxLength;

    public override MessageType Type => MessageType.Template;

    public override OutgoingFile? File { get; }

    public static TemplateDraft Read(SendTemplate request, DraftFields fields) => new(request, fields) { To = fields.ReadDestination() };

    public override async Task<Result<Composed>> ComposeAsync(AppDbContext db, OpenChannel channel, Addressee to)
    {
        var language = await LanguageAsync(db, channel.Access.BusinessAccountId, to);
        var found = await TemplateFinder.FindAsync(db, channel.Access.BusinessAccountId, _name, language);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var form = found.Value;
        var texts = _texts.ToDictionary(pair => pair.Key, pair => MergeFields.Fill(pair.Value, to), StringComparer.Ordinal);
        var shown = new Dictionary<string, string>(texts, StringComparer.Ordinal);
        if (_codeField is not null)
        {
            texts[_codeField] = _code;
            shown[_codeField] = MaskedCode.Text;
        }

        var kind = File is null ? (MediaKind?)null : MediaDraft.MediaKindOf(File.Kind);
        var errors = form.Check(texts, kind);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        var header = File is null ? null : new TemplateHeaderFile(FileSource, Uploaded?.FileName);
        return new Composed(form.Fill(texts, header), form.Preview(shown))
        {
            Kept = _codeField is null ? null : form.Fill(shown, header),
            TemplateName = _name,
            TemplateLanguage = language,
            IsMarketing = SendConsent.IsMarketing(form.Category),
            Url = File?.Url,
        };
    }

    private async Task<string> LanguageAsync(AppDbContext db, string account, Addressee to)
    {
        if (_language is not (null or TemplateSendFields.ContactLanguage))
        {
            return _language;
        }

        if (_language == TemplateSendFields.ContactLanguage)
        {
            var preferred = await db.Contacts.Where(contact => contact.Id == to.ContactId).Select(contact => contact.Language)
                .SingleOrDefaultAsync();
            var translations = await TemplateFinder.TranslationsAsync(db, account, _name);
            if ((LanguageTag.Lookup(preferred, translations.ConvertAll(template => template.Language)) ?? _fallback) is { } chosen)
            {
                return chosen;
            }
        }

        return await OnlyLanguageAsync(db, account) ?? DefaultLanguage;
    }

    private async Task<string?> OnlyLanguageAsync(AppDbContext db, string account)
    {
        var languages = await db.Templates.Where(template => template.Name == _name && template.BusinessAccountId == account)
            .Select(template => template.Language).Take(2).ToListAsync();
        return languages.Count == 1 ? languages[0] : null;
    }

    private OutgoingFile? ReadFile(SendTemplate request)
    {
        OutgoingFile? file = null;
        foreach (var word in TemplateSendFields.HeaderKinds)
        {
            var kind = word switch { "image" => FileKind.Image, "video" => FileKind.Video, _ => FileKind.Document };
            var name = kind == FileKind.Document
                ? Fields.Text(TemplateSendFields.HeaderDocumentName, request.HeaderDocumentName, MessageMedia.FileNameMaxLength)
                : null;
            if (request.HeaderUrls.TryGetValue(word, out var given) && Fields.Text(TemplateSendFields.UrlOf(word), given, Message.UrlMaxLength) is { } url)
            {
                Take(new OutgoingFile(TemplateSendFields.UrlOf(word), kind, url, null, name));
            }

            if (request.HeaderFiles.TryGetValue(word, out var brought))
            {
                Take(new OutgoingFile(TemplateSendFields.FileOf(word), kind, null, brought, name));
            }
        }

        return file;

        void Take(OutgoingFile found)
        {
            if (file is not null)
            {
                Errors.Add(found.Field, MessageErrors.OneHeaderFile);
            }

            file ??= found;
        }
    }
}
