using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates;

/// <summary>
/// A template as a form: required values, missing values, the resulting message and its readable text.
/// <code>
/// var form = TemplateForm.Of(name, language, category, parameterFormat, componentsJson);
/// var errors = form.Check(texts, headerFileKind);        // missing and invalid values by field
/// var content = form.Fill(texts, headerFile);            // for IWhatsAppClient.SendAsync
/// var text = form.Preview(texts);                        // for the conversation
/// </code>
/// <c>texts</c> is keyed by the API's fields: <c>header_field_1</c>; <c>field_1</c>, <c>field_2</c> … for the body (named parameters are
/// numbered by first appearance); <c>button_0</c> … by position among all buttons, from 0. An authentication template needs
/// <c>field_1</c>, the code, which is also used for its button. A location header needs <c>header_latitude</c> and its like, an offer
/// <c>offer_expires_at</c>, products <c>header_product_id</c> or <c>product_sections</c> and their like, each card of a carousel
/// <c>card_1_header_url</c>, <c>card_1_field_1</c>, <c>card_1_button_0</c>. The caller fills in merge fields first. Other values are
/// ignored.
/// </summary>
public sealed partial class TemplateForm
{
    public const string HeaderField = "header_field_1";
    public const int CodeMaxLength = 15;
    public const int ValueMaxLength = 2000;
    public static readonly FieldError NoLineBreaks =
        new("template.no_line_breaks", "WhatsApp takes no line breaks, tabs or more than four blanks in a row in a template's value");

    private const string AuthenticationCategory = "AUTHENTICATION";
    private const string NamedFormat = "NAMED";
    private const string TextOfUnknownAuthentication = "{{1}}"; // WhatsApp may omit this text from the list

    private readonly string _name;
    private readonly string _language;
    private readonly bool _named;
    private readonly TemplateComponents _components;
    private readonly string _body;
    private readonly IReadOnlyList<string> _headerVariables;
    private readonly IReadOnlyList<string> _bodyVariables;

    /// <summary>WhatsApp's category, such as <c>MARKETING</c>.</summary>
    public string Category { get; private init; } = "";

    private TemplateForm(string name, string language, bool isAuthentication, bool named, TemplateComponents components)
    {
        _name = name;
        _language = language;
        _named = named;
        _components = components;
        _body = components.BodyText ?? (isAuthentication ? TextOfUnknownAuthentication : "");
        _headerVariables = components.HeaderFormat == TemplateHeaderFormat.Text ? TemplateVariables.Of(components.HeaderText, named) : [];
        _bodyVariables = TemplateVariables.Of(_body, named);
        IsAuthentication = isAuthentication;
        Parameters =
            [.. HeaderParameters(), .. PlaceParameters(), .. HeaderProductParameters(), .. OfferParameters(), .. BodyParameters(),
            .. ButtonParameters(), .. ProductsParameters(), .. CardParameters()];
    }

    /// <summary>WhatsApp defines its texts and its button, around a one-time code.</summary>
    public bool IsAuthentication { get; }

    /// <summary>All required values, in the order of the message.</summary>
    public IReadOnlyList<TemplateParameter> Parameters { get; }

    public int HeaderParameterCount => _headerVariables.Count;

    public int BodyParameterCount => _bodyVariables.Count;

    /// <summary>WhatsApp's term for a part that cannot be filled in (a GIF header, an order); null if there is none.</summary>
    public string? UnknownPart => _components.HeaderFormat == TemplateHeaderFormat.Other && !HasPlace && !HasProduct ? "HEADER"
        : _components.Others.Contains("CAROUSEL") && !HasKnownCards ? "CAROUSEL"
        : _components.Buttons.Select(button => button.Type).FirstOrDefault(type => type == "ORDER_DETAILS" || (type == "SPM" && !HasProduct));

    /// <param name="parameterFormat">POSITIONAL or NAMED; null if WhatsApp did not say.</param>
    public static TemplateForm Of(string name, string language, string category, string? parameterFormat, TemplateComponents components)
    {
        var named = parameterFormat is null
            ? TemplateVariables.AnyNamed(components.BodyText) || TemplateVariables.AnyNamed(components.HeaderText)
            : parameterFormat.Equals(NamedFormat, StringComparison.OrdinalIgnoreCase);
        return new(name, language, category.Equals(AuthenticationCategory, StringComparison.OrdinalIgnoreCase), named,
            components)
        { Category = category };
    }

    public static TemplateForm Of(string name, string language, string category, string? parameterFormat, string componentsJson) =>
        Of(name, language, category, parameterFormat, TemplateComponents.Read(componentsJson));

    /// <summary>Base name of the header file's field; the value is given as <c>_url</c> or <c>_file</c>.</summary>
    public static string FileField(MediaKind kind) => kind switch
    {
        MediaKind.Image => "header_image_url",
        MediaKind.Video => "header_video_url",
        MediaKind.Document => "header_document_url",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown header file kind"),
    };

    public static string BodyField(int number) => string.Create(CultureInfo.InvariantCulture, $"field_{number}");

    public static string ButtonField(int index) => string.Create(CultureInfo.InvariantCulture, $"button_{index}");

    /// <summary>Errors that prevent sending, by field; empty if there are none.</summary>
    /// <param name="headerFile">Kind of the given header file, from URL or upload.</param>
    public FieldErrors Check(IReadOnlyDictionary<string, string> texts, MediaKind? headerFile = null)
    {
        var errors = new FieldErrors();
        if (UnknownPart is { } part)
        {
            errors.Add("template_name", UnknownPartOf(part));
        }

        foreach (var parameter in Parameters.Where(parameter => !parameter.IsOptional || ValueOf(texts, parameter) is not null))
        {
            if (parameter.Kind == TemplateParameterKind.HeaderFile ? headerFile != parameter.FileKind : ValueOf(texts, parameter) is null)
            {
                errors.Add(parameter.Field, Missing(parameter));
            }
            else if (parameter.Kind != TemplateParameterKind.HeaderFile)
            {
                CheckPart(parameter, ValueOf(texts, parameter)!, errors);
                CheckText(parameter, ValueOf(texts, parameter)!, errors);
            }
        }

        return errors;
    }

    /// <summary>The same for a header file known to be of the right kind.</summary>
    public FieldErrors Check(IReadOnlyDictionary<string, string> texts, bool hasHeaderFile) =>
        Check(texts, hasHeaderFile ? Parameters.FirstOrDefault(parameter => parameter.Kind == TemplateParameterKind.HeaderFile)?.FileKind : null);

    /// <summary>
    /// Builds the message from values that <see cref="Check(IReadOnlyDictionary{string, string}, MediaKind?)"/> accepted.
    /// </summary>
    public TemplateContent Fill(IReadOnlyDictionary<string, string> texts, TemplateHeaderFile? headerFile = null) => new(
        _name,
        _language,
        Header(texts, headerFile),
        [.. Parameters.Where(parameter => parameter.Kind == TemplateParameterKind.BodyText).Select(parameter => Text(texts, parameter))],
        [.. FilledButtons(texts, _components.Buttons, ButtonField), .. FilledProducts(texts)])
    {
        OfferEndsAt = OfferEnd(texts),
        Cards = [.. FilledCards(texts)],
        Snapshot = TakeSnapshot(texts),
    };

    /// <summary>Header, body and footer as the contact reads them. Missing values stay as variables.</summary>
    public string Preview(IReadOnlyDictionary<string, string> texts)
    {
        string?[] parts =
        [
            HeaderTextOf(texts),
            Written(_body, _bodyVariables, at => BodyField(at + 1), texts),
            _components.FooterText,
            .. CardPreviews(texts),
        ];
        return string.Join("\n\n", parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    private string? HeaderTextOf(IReadOnlyDictionary<string, string> texts) =>
        _components.HeaderFormat == TemplateHeaderFormat.Text
            ? Written(_components.HeaderText, _headerVariables, _ => HeaderField, texts)
            : null;

    private IEnumerable<TemplateParameter> HeaderParameters()
    {
        var examples = _components.HeaderExamples;
        switch (_components.HeaderFormat)
        {
            case TemplateHeaderFormat.Text when _headerVariables.Count > 0: // WhatsApp allows one
                yield return new(HeaderField, TemplateParameterKind.HeaderText, _headerVariables[0], examples.Count > 0 ? examples[0] : null);
                break;
            case TemplateHeaderFormat.Image:
                yield return File(MediaKind.Image);
                break;
            case TemplateHeaderFormat.Video:
                yield return File(MediaKind.Video);
                break;
            case TemplateHeaderFormat.Document:
                yield return File(MediaKind.Document);
                break;
            default:
                break;
        }

        TemplateParameter File(MediaKind kind) =>
            new(FileField(kind), TemplateParameterKind.HeaderFile, kind.ToString().ToLowerInvariant(), _components.HeaderFileUrl, kind);
    }

    private IEnumerable<TemplateParameter> BodyParameters() => _bodyVariables.Select((name, i) => new TemplateParameter(
        BodyField(i + 1), TemplateParameterKind.BodyText, name, i < _components.BodyExamples.Count ? _components.BodyExamples[i] : null));

    private IEnumerable<TemplateParameter> ButtonParameters()
    {
        foreach (var button in _components.Buttons)
        {
            if (button.Type == "COPY_CODE")
            {
                yield return new(ButtonField(button.Index), TemplateParameterKind.ButtonCode, button.Text ?? "");
            }
            else if (button.Type == "OTP" || (button.Type == "URL" && (IsAuthentication || button.HasVariable)))
            {
                yield return new(ButtonField(button.Index), TemplateParameterKind.ButtonUrl, button.Text ?? "");
            }
        }
    }

    private static FieldError UnknownPartOf(string part) =>
        new("template.unknown_part", $"This template has a part that cannot be filled in here: {part}");

    private static FieldError Missing(TemplateParameter parameter) => new(
        parameter.FileKind is not null ? "template.file_missing" : "template.value_missing",
        $"The template asks for {Describe(parameter)}");

    private static string Describe(TemplateParameter parameter) => parameter.Kind switch
    {
        TemplateParameterKind.HeaderFile => $"a header {parameter.Name}",
        TemplateParameterKind.HeaderText => $"its header's value {{{{{parameter.Name}}}}}",
        TemplateParameterKind.BodyText => $"its body's value {{{{{parameter.Name}}}}}",
        TemplateParameterKind.HeaderPlace => $"the {parameter.Name} of its header's place",
        TemplateParameterKind.OfferEnd => "the end of its offer",
        TemplateParameterKind.HeaderProduct => $"the {parameter.Name} of its header",
        TemplateParameterKind.ButtonThumbnail => "the product whose picture it shows",
        TemplateParameterKind.ButtonSections => "the products that it shows",
        TemplateParameterKind.CardFile => $"a header {parameter.Name} for card {parameter.Card}",
        TemplateParameterKind.CardText => $"the value {{{{{parameter.Name}}}}} of card {parameter.Card}",
        _ => $"a value for its button \"{parameter.Name}\"",
    };

    private static void CheckText(TemplateParameter parameter, string text, FieldErrors errors)
    {
        if (TextRule.BrokenBy(text, parameter.Kind == TemplateParameterKind.ButtonCode ? CodeMaxLength : int.MaxValue) is { } broken)
        {
            errors.Add(parameter.Field, broken);
        }
        else if (!parameter.HasLines && (text.AsSpan().ContainsAny('\n', '\r', '\t') || text.Contains("     ", StringComparison.Ordinal)))
        {
            errors.Add(parameter.Field, NoLineBreaks);
        }
    }

    /// <summary>
    /// Whitespace alone is no value, because WhatsApp rejects it. The button of an authentication template takes the code from the body.
    /// </summary>
    private string? ValueOf(IReadOnlyDictionary<string, string> texts, TemplateParameter parameter)
    {
        if (texts.GetValueOrDefault(parameter.Field) is { } given && !string.IsNullOrWhiteSpace(given))
        {
            return given;
        }

        return IsAuthentication && parameter.Kind is (TemplateParameterKind.ButtonUrl or TemplateParameterKind.ButtonCode)
            && texts.GetValueOrDefault(BodyField(1)) is { } code && !string.IsNullOrWhiteSpace(code)
                ? code
                : null;
    }

    private TemplateHeader? Header(IReadOnlyDictionary<string, string> texts, TemplateHeaderFile? headerFile)
    {
        var parameter = Parameters.FirstOrDefault(parameter => parameter.Kind is TemplateParameterKind.HeaderText or TemplateParameterKind.HeaderFile);
        return parameter switch
        {
            null => HasPlace ? PlaceHeader(texts) : HasProduct ? ProductHeader(texts) : null,
            { Kind: TemplateParameterKind.HeaderText } => new TemplateTextHeader(Text(texts, parameter)),
            { FileKind: { } kind } when headerFile is { } file => new TemplateMediaHeader(kind, file.Source, kind == MediaKind.Document ? file.FileName : null),
            _ => throw new InvalidOperationException("The header's file was not given."),
        };
    }

    private TemplateText Text(IReadOnlyDictionary<string, string> texts, TemplateParameter parameter) => new(
        ValueOf(texts, parameter) ?? throw new InvalidOperationException($"{parameter.Field} was not given."),
        _named ? parameter.Name : null);

    private IEnumerable<TemplateButton> FilledButtons(
        IReadOnlyDictionary<string, string> texts, IReadOnlyList<TemplateButtonPart> buttons, Func<int, string> fieldOf)
    {
        foreach (var button in buttons)
        {
            var parameter = Parameters.FirstOrDefault(parameter => parameter.Field == fieldOf(button.Index));
            if (parameter is not null)
            {
                var kind = parameter.Kind == TemplateParameterKind.ButtonCode ? TemplateButtonKind.CopyCode : TemplateButtonKind.Url;
                yield return new(button.Index, kind, Text(texts, parameter).Value);
            }
            else if (button.Type == "QUICK_REPLY" && texts.GetValueOrDefault(fieldOf(button.Index)) is { Length: > 0 } payload)
            {
                yield return new(button.Index, TemplateButtonKind.QuickReply, payload); // optional, used if given
            }
        }
    }

    private static string? Written(
        string? text, IReadOnlyList<string> variables, Func<int, string> fieldOf, IReadOnlyDictionary<string, string> texts) =>
        text is null ? null : TemplateVariables.Replace(text, name =>
            variables.Index().Where(variable => variable.Item == name)
                .Select(variable => texts.GetValueOrDefault(fieldOf(variable.Index))).FirstOrDefault());
}
