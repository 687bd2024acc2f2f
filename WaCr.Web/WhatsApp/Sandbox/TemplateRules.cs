using System.Text.Json;
using System.Text.RegularExpressions;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Validates a new or edited template. Null if valid.</summary>
internal static partial class TemplateRules
{
    private const int MaxName = 512;
    private const int MaxLine = 60;
    private const int MaxBody = 1024;
    private const int MaxLabel = 25;
    private const int MaxUrl = 2000;
    private const int MaxCode = 15;
    private const int MaxButtons = 10;
    private const int MaxUrls = 2;
    private const int WordsPerVariable = 3;
    private const int MaxApps = 5;
    private const int HashLength = 11;

    private static readonly string[] Categories = ["AUTHENTICATION", "MARKETING", "UTILITY"];
    private static readonly string[] HeaderFormats = ["TEXT", "IMAGE", "VIDEO", "GIF", "DOCUMENT", "LOCATION", "PRODUCT"];

    public static Refusal? Check(JsonElement template)
    {
        if (template.Text("name") is not { Length: <= MaxName } name || !Name.IsMatch(name))
        {
            return Refusal.Unsupported("Param name must be lower-case letters, digits and underscores, at most 512.");
        }

        if (template.Text("language") is not { } language || !Language.IsMatch(language))
        {
            return Refusal.Unsupported("Param language must be a language code such as en_US.");
        }

        if (!Categories.Contains(template.Text("category")))
        {
            return Refusal.Unsupported($"Param category must be one of {{{string.Join(", ", Categories)}}}.");
        }

        return template.Member("parameter_format") is not null
            && template.Text("parameter_format")?.ToUpperInvariant() is not ("NAMED" or "POSITIONAL")
            ? Refusal.Unsupported("Param parameter_format must be one of {NAMED, POSITIONAL}.")
            : CheckComponents(template, template.Text("category")!, template.Text("parameter_format") ?? "POSITIONAL");
    }

    public static Refusal? CheckComponents(JsonElement template, string category, string parameterFormat)
    {
        if (template.FindArray("components") is not { Count: > 0 } components)
        {
            return Refusal.Unsupported("The parameter components is required.");
        }

        if (category == "AUTHENTICATION")
        {
            return Authentication(components);
        }

        if (Part(components, "BODY") is not { } body)
        {
            return Refusal.Template(2388072, "Body is missing", "A template needs a BODY with a text.");
        }

        var (header, footer, buttons) = (Part(components, "HEADER"), Part(components, "FOOTER"), Part(components, "BUTTONS"));
        return Header(header)
            ?? Body(body)
            ?? Variables(header, parameterFormat)
            ?? Variables(body, parameterFormat)
            ?? Footer(footer)
            ?? Buttons(buttons)
            ?? TemplateCardRules.Check(components, category, parameterFormat);
    }

    /// <summary>Numbered from 1 without a gap, or named; never both.</summary>
    public static Refusal? Variables(JsonElement? part, string parameterFormat)
    {
        var names = part is { } found ? TemplateShape.VariablesOf(found.Text("text")) : [];
        var named = parameterFormat.Equals("NAMED", StringComparison.OrdinalIgnoreCase);
        return names.Any(name => name.All(char.IsAsciiDigit) == named)
            ? Refusal.Template(
                2388072,
                "Variables are formatted incorrectly",
                named ? "The variables of a NAMED template need names." : "The variables of a POSITIONAL template are numbers.")
            : !named && names.Index().Any(variable => !names.Contains(string.Create(CultureInfo.InvariantCulture, $"{variable.Index + 1}")))
                ? Refusal.Template(2388072, "Variables are not in sequence", "Variables are numbered from {{1}} without a gap.")
                : null;
    }

    public static Refusal? Header(JsonElement? header)
    {
        if (header is not { } part)
        {
            return null;
        }

        var format = part.Text("format")?.ToUpperInvariant();
        if (!HeaderFormats.Contains(format))
        {
            return Refusal.Template(
                2388047, "Header format is incorrect", $"format must be one of {{{string.Join(", ", HeaderFormats)}}}.");
        }

        if (format != "TEXT")
        {
            return format is "LOCATION" or "PRODUCT" ? null
                : part.Child("example")?.FindArray("header_handle") is not [{ ValueKind: JsonValueKind.String } handle, ..]
                    ? Refusal.Template(2388047, "Header example is missing", "A header with a file needs example.header_handle.")
                : GraphSamples.IsHandle(handle.GetString()!) ? null
                : Refusal.Template(
                    2388047, "Header example is incorrect", "example.header_handle must be a handle of the Resumable Upload API.");
        }

        var text = part.Text("text") ?? "";
        var variables = TemplateShape.VariablesOf(text);
        return text.Length == 0 ? Refusal.Template(2388047, "Header text is missing", "A TEXT header needs a text.")
            : Json.Length(text) > MaxLine ? TooLong("header", MaxLine)
            : variables.Count > 1 ? Refusal.Template(2388047, "Header has too many variables", "A header takes one variable at most.")
            : variables.Count > 0
                && part.Child("example") is null ? Refusal.Template(
                    2388047, "Header example is missing", "Each variable needs an example.")
            : null;
    }

    public static Refusal? Body(JsonElement body, int longest = MaxBody)
    {
        var text = body.Text("text") ?? "";
        var variables = TemplateShape.VariablesOf(text);
        var words = text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
        return text.Length == 0 ? Refusal.Template(2388072, "Body text is missing", "A BODY needs a text.")
            : Json.Length(text) > longest ? TooLong("body", longest)
            : text.TrimStart().StartsWith("{{", StringComparison.Ordinal) || text.TrimEnd().EndsWith("}}", StringComparison.Ordinal)
                ? Refusal.Template(2388299, "Leading or trailing variable", "Variables can't be at the start or the end of the body.")
            : variables.Count > 0 && words < variables.Count * WordsPerVariable
                ? Refusal.Template(
                    2388293, "Too many variables for the length", "The body has too many variables in relation to its length.")
            : variables.Count > 0
                && body.Child("example") is null ? Refusal.Template(
                    2388072, "Body example is missing", "Each variable needs an example.")
            : null;
    }

    private static Refusal? Footer(JsonElement? footer) => footer is not { } part ? null
        : part.Text("text") is not { Length: > 0 } text ? Refusal.Template(2388073, "Footer text is missing", "A FOOTER needs a text.")
        : Json.Length(text) > MaxLine ? TooLong("footer", MaxLine)
        : TemplateShape.VariablesOf(text).Count > 0 ? Refusal.Template(2388073, "Footer has variables", "A footer takes no variables.")
        : null;

    public static Refusal? Buttons(JsonElement? part)
    {
        if (part is not { } found)
        {
            return null;
        }

        var buttons = found.FindArray("buttons") ?? [];
        var kinds = buttons.Select(KindOf).ToList();
        return buttons.Count is < 1 or > MaxButtons ? Refusal.Unsupported($"There must be 1 to {MaxButtons} buttons.")
            : kinds.Count(kind => kind == "URL") > MaxUrls ? Refusal.Unsupported($"There can be {MaxUrls} buttons of type URL at most.")
            : kinds.Count(kind => kind == "PHONE_NUMBER") > 1 ? Refusal.Unsupported("There can be one button of type PHONE_NUMBER at most.")
            : kinds.Count(kind => kind == "COPY_CODE") > 1 ? Refusal.Unsupported("There can be one button of type COPY_CODE at most.")
            : kinds.Select((kind, i) => kind == "QUICK_REPLY" && i > 0 && kinds[i - 1] != "QUICK_REPLY")
                .Count(starts => starts) + (kinds[0] == "QUICK_REPLY" ? 1 : 0) > 1
                ? Refusal.Unsupported("Quick replies must be grouped together.")
            : buttons.Select(Button).FirstOrDefault(refusal => refusal is not null);
    }

    private static Refusal? Button(JsonElement button)
    {
        var kind = KindOf(button);
        if (kind is not ("COPY_CODE" or "REQUEST_CONTACT_INFO") && button.Text("text") is null or "")
        {
            return Refusal.Unsupported("A button needs a text.");
        }

        if (button.Text("text") is { } label && Json.Length(label) > MaxLabel)
        {
            return TooLong("button", MaxLabel);
        }

        switch (kind)
        {
            case "URL":
                var url = button.Text("url") ?? "";
                var variables = TemplateShape.VariablesOf(url);
                return url.Length is 0 or > MaxUrl ? TooLong("url", MaxUrl)
                    : variables.Count > 1
                        || (variables.Count == 1
                            && !url.EndsWith("}}", StringComparison.Ordinal)) ? Refusal.Unsupported("A url takes one variable, at its end.")
                    : variables.Count == 1
                        && button.FindArray("example") is null ? Refusal.Unsupported("A url with a variable needs an example.")
                    : null;
            case "PHONE_NUMBER":
                return button.Text("phone_number") is { } phone && WaIds.Digits(phone) is not null
                    ? null
                    : Refusal.Unsupported("A button of type PHONE_NUMBER needs a phone_number.");
            case "COPY_CODE":
                return button.Member("example") is { ValueKind: JsonValueKind.String } code && code.GetString()!.Length > MaxCode
                    ? TooLong("code", MaxCode)
                    : null;
            default:
                return null;
        }
    }

    private static Refusal? Authentication(IReadOnlyList<JsonElement> components)
    {
        if (Part(components, "HEADER") is not null || Part(components, "BODY") is not { } body || body.Text("text") is not null)
        {
            return Refusal.Template(
                2388072,
                "Body format is incorrect",
                "The body of an AUTHENTICATION template is fixed by Meta: it takes no text, and there is no header.");
        }

        if (Part(components, "FOOTER")?.Member("code_expiration_minutes") is { } minutes
            && (minutes.ValueKind != JsonValueKind.Number || minutes.GetDouble() is < 1 or > 90))
        {
            return Refusal.Template(2388073, "Footer format is incorrect", "code_expiration_minutes must be between 1 and 90.");
        }

        if (Part(components, "BUTTONS")?.FindArray("buttons") is not [var button] || KindOf(button) is not ("OTP" or "URL"))
        {
            return Refusal.Unsupported("An AUTHENTICATION template needs one button of type OTP.");
        }

        var type = button.Text("otp_type")?.ToUpperInvariant() ?? "COPY_CODE";
        return type is not ("COPY_CODE" or "ONE_TAP" or "ZERO_TAP") ? Refusal.Unsupported(
            "otp_type must be one of {COPY_CODE, ONE_TAP, ZERO_TAP}.")
            : type == "COPY_CODE" ? null
            : button.FindArray("supported_apps") is not { Count: >= 1 and <= MaxApps } apps
                || apps.Any(app => app.Text("package_name") is null or "" || app.Text("signature_hash") is not { Length: HashLength })
                ? Refusal.Unsupported(
                    $"supported_apps must be 1 to {MaxApps} apps, each with package_name and a signature_hash of {HashLength} characters.")
            : type == "ZERO_TAP"
                && button.Flag("zero_tap_terms_accepted") != true ? Refusal.Unsupported("zero_tap_terms_accepted must be true.")
            : null;
    }

    public static JsonElement? Part(IReadOnlyList<JsonElement> components, string type) =>
        components.FirstOrDefault(component =>
            string.Equals(component.Text("type"), type, StringComparison.OrdinalIgnoreCase)) is { ValueKind: JsonValueKind.Object } found
            ? found
            : null;

    public static string KindOf(JsonElement button) => button.Text("type")?.ToUpperInvariant() ?? "";

    public static Refusal TooLong(string part, int longest) => Refusal.Template(
        2388040, "Character limit exceeded", string.Create(
            CultureInfo.InvariantCulture, $"The {part} has more than {longest} characters, or none."));

    [GeneratedRegex(@"^[a-z0-9_]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }

    [GeneratedRegex(@"^[a-z]{2,3}(_[A-Z]{2})?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Language { get; }
}
