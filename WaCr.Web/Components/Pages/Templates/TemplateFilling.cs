using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Components.Pages.Templates;

/// <summary>
/// A template being filled in: the input, its errors, and the request built from it. Independent of any page. Texts may hold merge fields,
/// which the sender fills for each recipient.
/// </summary>
public sealed class TemplateFilling
{
    private readonly Dictionary<string, string> _texts;

    /// <param name="texts">By form field; null for the values of <see cref="Suggest"/>.</param>
    public TemplateFilling(TemplateDetails template, IReadOnlyDictionary<string, string>? texts = null)
    {
        Template = template;
        _texts = new Dictionary<string, string>(texts ?? Suggest(template), StringComparer.Ordinal);
    }

    public TemplateDetails Template { get; }

    /// <summary>The parameters that a user must fill in; a one-time code's button takes the code by itself.</summary>
    public IReadOnlyList<TemplateParameter> Parameters => [.. Template.Form.Parameters.Where(parameter =>
        !(Template.Form.IsAuthentication && parameter.Kind is TemplateParameterKind.ButtonUrl or TemplateParameterKind.ButtonCode))];

    public TemplateParameter? HeaderFile =>
        Template.Form.Parameters.FirstOrDefault(parameter => parameter.Kind == TemplateParameterKind.HeaderFile);

    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>URL of the header's file; empty if the file was uploaded.</summary>
    public string HeaderUrl { get; private set; } = "";

    public PickedFile? File { get; private set; }

    public FileKind HeaderKind => FileKindOf(HeaderFile);

    public static FileKind FileKindOf(TemplateParameter? header) => header?.Name switch
    {
        "image" => FileKind.Image,
        "video" => FileKind.Video,
        _ => FileKind.Document,
    };

    /// <summary>Suggests merge fields for parameters that ask for a name or an address.</summary>
    public static IReadOnlyDictionary<string, string> Suggest(TemplateDetails template)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in template.Form.Parameters.Where(parameter => parameter.Kind is TemplateParameterKind.HeaderText
            or TemplateParameterKind.BodyText))
        {
            if (!template.Form.IsAuthentication && FieldFor(parameter) is { } name)
            {
                texts[parameter.Field] = MergeFields.Token(name);
            }
        }

        return texts;
    }

    /// <summary>Those that are asked for: a named variable that stands in several places is asked for once.</summary>
    public IEnumerable<TemplateParameter> Asked =>
        Parameters.Where(parameter =>
            Parameters.FirstOrDefault(other => IsSameVariable(other, parameter)) is not { } first || first == parameter);

    public void Set(string field, string text)
    {
        _texts[field] = text;
        if (Parameters.FirstOrDefault(parameter => parameter.Field == field) is { } typed)
        {
            foreach (var same in Parameters.Where(parameter => IsSameVariable(parameter, typed)))
            {
                _texts[same.Field] = text;
            }
        }
    }

    public void SetUrl(string url) => (HeaderUrl, File) = (url.Trim(), null);

    /// <summary>The caller still owns the file's stream.</summary>
    public void SetFile(PickedFile? file) => (HeaderUrl, File) = ("", file);

    /// <summary>The current input with merge fields filled, for the preview.</summary>
    public IReadOnlyDictionary<string, string> Filled(IReadOnlyDictionary<string, string> values) =>
        _texts.ToDictionary(text => text.Key, text => MergeFields.Fill(text.Value, values), StringComparer.Ordinal);

    /// <summary>The errors for a recipient with these values, by field.</summary>
    public FieldErrors Check(IReadOnlyDictionary<string, string> values)
    {
        var errors = Template.Form.Check(Filled(values), File is not null || HeaderUrl.Length > 0);
        if (HeaderUrl.Length > 0 && HeaderFile is { } header && TemplateForm.AddressOf(HeaderUrl) is null)
        {
            errors.Add(header.Field, TemplateErrors.NotAnAddress);
        }

        return errors;
    }

    public SendTemplate ToRequest(long contactId)
    {
        var kind = HeaderFile?.Name ?? "";
        return new SendTemplate
        {
            ContactId = contactId,
            Name = Template.Name,
            Language = Template.Language,
            Texts = _texts.Where(text => text.Value.Length > 0)
                .ToDictionary(text => text.Key, text => (Optional<string?>)text.Value, StringComparer.Ordinal),
            HeaderUrls = HeaderUrl.Length == 0 ? Nothing<Optional<string?>>() : new(StringComparer.Ordinal) { [kind] = HeaderUrl },
            HeaderFiles = File is null
                ? Nothing<FileInput>()
                : new(StringComparer.Ordinal) { [kind] = new FileInput(File.Content, File.Name) },
        };

        static Dictionary<string, T> Nothing<T>() => new(StringComparer.Ordinal);
    }

    // A number is counted anew in each part, a name is the message's.
    private static bool IsSameVariable(TemplateParameter one, TemplateParameter other) =>
        IsText(one) && IsText(other) && one.Name == other.Name && !one.Name.All(char.IsAsciiDigit);

    private static bool IsText(TemplateParameter parameter) =>
        parameter.Kind is TemplateParameterKind.HeaderText or TemplateParameterKind.BodyText;

    // {{first_name}} names its field; {{1}} does if its example is a word and not a number.
    private static string? FieldFor(TemplateParameter parameter) => parameter.Name.ToLowerInvariant() switch
    {
        "1" when parameter is { Kind: TemplateParameterKind.BodyText, Example: { Length: > 0 } example } && example.All(char.IsLetter) =>
            MergeFields.FirstName,
        "first_name" or "firstname" or "name" or "customer" or "customer_name" or "contact_name" => MergeFields.FirstName,
        "last_name" or "lastname" or "surname" => MergeFields.LastName,
        "email" or "customer_email" => MergeFields.Email,
        "phone" or "phone_number" => MergeFields.Phone,
        _ => null,
    };
}
