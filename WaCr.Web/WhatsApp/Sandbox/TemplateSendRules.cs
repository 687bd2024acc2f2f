using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Validates a template message: first its own shape, then against its template.</summary>
internal static class TemplateSendRules
{
    private const int MaxRendered = 1024;
    private const int MaxCode = 15;
    private const string SubTypes = "BOOKING_CONFIRMATION, CATALOG, COPY_CODE, FLOW, MPM, ORDER_DETAILS, QUICK_REPLY, REMINDER, URL, VOICE_CALL";

    private static readonly string[] MediaFormats = ["IMAGE", "VIDEO", "DOCUMENT"];

    public static Refusal? CheckShape(JsonElement template)
    {
        if (template.Text("name") is null or "")
        {
            return Refusal.Missing("template['name']");
        }

        if (template.Child("language")?.Text("code") is null or "")
        {
            return Refusal.Missing("template['language']['code']");
        }

        if (template.Member("components") is not null && template.FindArray("components") is null)
        {
            return Refusal.Unsupported("Param template['components'] must be an array.");
        }

        foreach (var component in template.FindArray("components") ?? [])
        {
            if (component.Text("type")?.ToUpperInvariant() is not ("HEADER" or "BODY" or "BUTTON" or "CAROUSEL" or "LIMITED_TIME_OFFER"))
            {
                return Refusal.Unsupported("Param template['components'][..]['type'] must be one of {HEADER, BODY, BUTTON, CAROUSEL, LIMITED_TIME_OFFER}.");
            }

            if (IsA(component, "BUTTON") && !SubTypes.Split(", ").Contains(component.Text("sub_type")?.ToUpperInvariant()))
            {
                return Refusal.Unsupported($"Param template['components'][..]['sub_type'] must be one of {{{SubTypes}}} - got \"{component.Text("sub_type")}\".");
            }
        }

        return null;
    }

    public static Refusal? Check(JsonElement sent, SandboxTemplate template)
    {
        var components = sent.FindArray("components") ?? [];
        var shape = TemplateShape.Of(template.Components);
        return Status(template)
            ?? Header(components, shape, template)
            ?? Texts("body", ParametersOf(components, "BODY"), TemplateShape.VariablesOf(shape.Body), template)
            ?? Buttons(components, shape.Buttons)
            ?? Offer(components, shape)
            ?? Carousel(components, shape, template)
            ?? Code(components, template)
            ?? (Json.Length(Render(sent, template)) > MaxRendered
                ? new Refusal(132005, string.Create(CultureInfo.InvariantCulture, $"body: the text with its values is longer than {MaxRendered} characters"))
                : null);
    }

    /// <summary>The body as the customer reads it.</summary>
    public static string Render(JsonElement sent, SandboxTemplate template) =>
        Render(sent, template, "BODY", TemplateShape.Of(template.Components).Body);

    /// <param name="part"><c>HEADER</c> or <c>BODY</c>.</param>
    public static string Render(JsonElement sent, SandboxTemplate template, string part, string text)
    {
        var values = ParametersOf(sent.FindArray("components") ?? [], part);
        return TemplateShape.Fill(text, name => IsNamed(template)
            ? ValueOf(values.FirstOrDefault(value => value.Text("parameter_name") == name))
            : int.TryParse(name, CultureInfo.InvariantCulture, out var index) && index >= 1 && index <= values.Count ? ValueOf(values[index - 1]) : null);
    }

    private static Refusal? Status(SandboxTemplate template) => template.Status switch
    {
        "APPROVED" => null,
        "PAUSED" => new Refusal(132015, RefusalTitles.DetailsOf(132015)),
        "DISABLED" => new Refusal(132016, RefusalTitles.DetailsOf(132016)),
        _ => new Refusal(132001, $"template name ({template.Name}) does not exist in {template.Language}"),
    };

    private static Refusal? Header(IReadOnlyList<JsonElement> components, TemplateShape shape, SandboxTemplate template)
    {
        var given = ParametersOf(components, "HEADER");
        if (shape.HeaderFormat == "LOCATION")
        {
            return given is [var place] && place.Child("location") is { } location
                && location.Number("latitude") is >= -90 and <= 90 && location.Number("longitude") is >= -180 and <= 180
                ? null
                : new Refusal(132012, "header: Format mismatch, expected LOCATION with latitude and longitude");
        }

        if (shape.HeaderFormat == "PRODUCT")
        {
            return given is [var goods] && goods.Child("product") is { } product
                && product.Text("product_retailer_id") is { Length: > 0 } && product.Text("catalog_id") is { Length: > 0 }
                    ? null
                    : new Refusal(132012, "header: Format mismatch, expected PRODUCT with product_retailer_id and catalog_id");
        }

        if (!MediaFormats.Contains(shape.HeaderFormat))
        {
            return Texts("header", given, TemplateShape.VariablesOf(shape.HeaderText), template);
        }

        if (given is not [var media])
        {
            return given.Count == 0
                ? new Refusal(132012, $"header: Format mismatch, expected {shape.HeaderFormat}, received UNKNOWN")
                : Count("header", given.Count, 1);
        }

        var type = media.Text("type")?.ToUpperInvariant();
        return type != shape.HeaderFormat ? new Refusal(132012, $"header: Format mismatch, expected {shape.HeaderFormat}, received {type ?? "UNKNOWN"}")
            : media.Child(type!.ToLowerInvariant()) is { } file ? SendRules.Media(type.ToLowerInvariant(), file)
            : Refusal.Missing($"header {type.ToLowerInvariant()}");
    }

    private static Refusal? Texts(string part, List<JsonElement> given, IReadOnlyList<string> variables, SandboxTemplate template)
    {
        if (given.Count != variables.Count)
        {
            return Count(part, given.Count, variables.Count);
        }

        foreach (var (index, parameter) in given.Index())
        {
            if (IsNamed(template))
            {
                if (parameter.Text("parameter_name") is null or "")
                {
                    return Refusal.Unsupported($"{part}: Parameter name is missing or empty");
                }

                if (!variables.Contains(parameter.Text("parameter_name")))
                {
                    return Refusal.Unsupported($"{part}: Parameter name \"{parameter.Text("parameter_name")}\" is not in the template");
                }
            }

            if (Value($"{part}: parameter {(index + 1).ToString(CultureInfo.InvariantCulture)}", parameter) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static Refusal? Value(string where, JsonElement parameter)
    {
        switch (parameter.Text("type")?.ToLowerInvariant())
        {
            case "text":
                return parameter.Text("text") switch
                {
                    null => Refusal.Missing($"{where} text"),
                    "" => new Refusal(132012, $"{where} must not be empty"),
                    var text when text.AsSpan().IndexOfAny('\n', '\t') >= 0 || text.Contains("     ", StringComparison.Ordinal) =>
                        Refusal.Unsupported($"{where}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces"),
                    _ => null,
                };
            case "currency":
                return parameter.Child("currency") is { } money && money.Text("fallback_value") is not null && money.Text("code") is not null && money.Number("amount_1000") is not null
                    ? null
                    : new Refusal(132012, $"{where} of type currency needs fallback_value, code and amount_1000");
            case "date_time":
                return parameter.Child("date_time")?.Text("fallback_value") is not null
                    ? null
                    : new Refusal(132012, $"{where} of type date_time needs fallback_value");
            case var type:
                return new Refusal(132012, $"{where}: Format mismatch, expected TEXT, received {type?.ToUpperInvariant() ?? "UNKNOWN"}");
        }
    }

    private static Refusal? Offer(IReadOnlyList<JsonElement> components, TemplateShape shape) =>
        shape.OfferExpires && ParametersOf(components, "LIMITED_TIME_OFFER") is not [var offer, ..]
            ? new Refusal(131008, "limited_time_offer: the component requires a parameter")
            : shape.OfferExpires && ParametersOf(components, "LIMITED_TIME_OFFER")[0].Child("limited_time_offer")?.Number("expiration_time_ms") is not > 0
                ? new Refusal(131009, "limited_time_offer: expiration_time_ms must be a time in milliseconds")
                : null;

    private static Refusal? Carousel(IReadOnlyList<JsonElement> components, TemplateShape shape, SandboxTemplate template)
    {
        var given = components.Where(component => IsA(component, "CAROUSEL")).SelectMany(component => component.FindArray("cards") ?? []).ToList();
        if (given.Count != shape.Cards.Count)
        {
            return Count("carousel", given.Count, shape.Cards.Count);
        }

        foreach (var (index, card) in shape.Cards.Index())
        {
            if (given.FirstOrDefault(each => each.Number("card_index") == index) is not { ValueKind: JsonValueKind.Object } found)
            {
                return new Refusal(132012, string.Create(CultureInfo.InvariantCulture, $"carousel: there is no card at index {index}"));
            }

            var parts = found.FindArray("components") ?? [];
            if ((Header(parts, card, template) ?? Texts("body", ParametersOf(parts, "BODY"), TemplateShape.VariablesOf(card.Body), template) ?? Buttons(parts, card.Buttons))
                is { } refusal)
            {
                return refusal with { Details = string.Create(CultureInfo.InvariantCulture, $"carousel card {index}: {refusal.Details}") };
            }
        }

        return null;
    }

    private static Refusal? Buttons(IReadOnlyList<JsonElement> components, IReadOnlyList<JsonObject> buttons)
    {
        var given = components.Where(component => IsA(component, "BUTTON")).ToList();
        foreach (var button in given)
        {
            var index = button.Number("index");
            if (index is null || index < 0 || index >= buttons.Count || index != Math.Floor(index.Value))
            {
                return new Refusal(132012, $"buttons: there is no button at index {button.Member("index")?.ToString() ?? "(none)"}");
            }

            var kind = KindOf(buttons[(int)index]);
            if (!string.Equals(kind, button.Text("sub_type"), StringComparison.OrdinalIgnoreCase))
            {
                return new Refusal(132012, string.Create(CultureInfo.InvariantCulture, $"buttons: Button at index {index} is of type {kind}, received {button.Text("sub_type")}"));
            }
        }

        foreach (var (i, button) in buttons.Index())
        {
            var kind = KindOf(button);
            var parameter = given.Where(component => component.Number("index") == i).SelectMany(component => component.FindArray("parameters") ?? []).ToList();
            if (kind == "URL" && TemplateShape.VariablesOf(button["url"].Text()).Count == 0)
            {
                if (parameter.Count > 0)
                {
                    return new Refusal(132000, string.Create(CultureInfo.InvariantCulture, $"buttons: Button at index {i} of type Url takes no parameter"));
                }
            }
            else if (kind == "URL" && (parameter is not [var text] || text.Text("text") is null or ""))
            {
                return new Refusal(131008, string.Create(CultureInfo.InvariantCulture, $"buttons: Button at index {i} of type Url requires a parameter"));
            }
            else if (kind == "COPY_CODE" && (parameter is not [var coupon] || coupon.Text("coupon_code") is null or ""))
            {
                return new Refusal(131008, string.Create(CultureInfo.InvariantCulture, $"buttons: Button at index {i} of type CopyCode requires a parameter"));
            }
            else if (TemplateProductRules.Check(kind, parameter, i) is { } refusal)
            {
                return refusal;
            }
            else if (kind == "COPY_CODE" && parameter[0].Text("coupon_code")!.Length > MaxCode)
            {
                return new Refusal(132018, string.Create(CultureInfo.InvariantCulture, $"buttons: the coupon code must be at most {MaxCode} characters long"));
            }
        }

        return null;
    }

    private static Refusal? Code(IReadOnlyList<JsonElement> components, SandboxTemplate template) =>
        template.Category == "AUTHENTICATION" && ParametersOf(components, "BODY").Any(parameter => parameter.Text("text")?.Length > MaxCode)
            ? new Refusal(132018, string.Create(CultureInfo.InvariantCulture, $"body: the code must be at most {MaxCode} characters long"))
            : null;

    private static Refusal Count(string part, int given, int expected) => new(
        132000, string.Create(CultureInfo.InvariantCulture, $"{part}: number of localizable_params ({given}) does not match the expected number of params ({expected})"));

    private static List<JsonElement> ParametersOf(IReadOnlyList<JsonElement> components, string type) =>
        [.. components.Where(component => IsA(component, type)).SelectMany(component => component.FindArray("parameters") ?? [])];

    private static string? ValueOf(JsonElement parameter) => parameter.ValueKind != JsonValueKind.Object ? null
        : parameter.Text("text") ?? parameter.Child("currency")?.Text("fallback_value") ?? parameter.Child("date_time")?.Text("fallback_value");

    private static bool IsA(JsonElement component, string type) =>
        string.Equals(component.Text("type"), type, StringComparison.OrdinalIgnoreCase);

    private static bool IsNamed(SandboxTemplate template) => template.ParameterFormat == "NAMED";

    private static string KindOf(JsonObject button) => button["type"].Text()?.ToUpperInvariant() ?? "";
}
