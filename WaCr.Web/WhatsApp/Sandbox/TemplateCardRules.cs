using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Validates carousels and limited-time offers. Null if valid, or if the template is neither.</summary>
internal static class TemplateCardRules
{
    private const int MinCards = 2;
    private const int MaxCards = 10;
    private const int MaxCardText = 160;
    private const int MaxCardButtons = 2;
    private const int MaxOfferBody = 600;
    private const int MaxOfferText = 16;

    private static readonly string[] NotWithCards = ["HEADER", "FOOTER", "BUTTONS", "LIMITED_TIME_OFFER"];

    public static Refusal? Check(IReadOnlyList<JsonElement> components, string category, string parameterFormat)
    {
        var (carousel, offer) = (TemplateRules.Part(components, "CAROUSEL"), TemplateRules.Part(components, "LIMITED_TIME_OFFER"));
        return (carousel ?? offer) is null ? null
            : category != "MARKETING" ? Refusal.Unsupported("Carousels and limited-time offers must be of the category MARKETING.")
            : carousel is { } cards ? Carousel(components, cards, parameterFormat)
            : Offer(components, offer!.Value);
    }

    private static Refusal? Carousel(IReadOnlyList<JsonElement> components, JsonElement carousel, string parameterFormat)
    {
        if (NotWithCards.Any(type => TemplateRules.Part(components, type) is not null))
        {
            return Refusal.Unsupported("A carousel template has a BODY and a CAROUSEL alone.");
        }

        var cards = carousel.FindArray("cards") ?? [];
        if (cards.Count is < MinCards or > MaxCards)
        {
            return Refusal.Unsupported($"A carousel needs {MinCards} to {MaxCards} cards.");
        }

        var parts = cards.Select(card => card.FindArray("components") ?? []).ToList();
        return parts.Select(ShapeOf).Distinct(StringComparer.Ordinal).Count() > 1
            ? Refusal.Unsupported("All cards of a carousel must have the same components.")
            : parts.Select(part => Card(part, parameterFormat)).FirstOrDefault(refusal => refusal is not null);
    }

    private static Refusal? Card(IReadOnlyList<JsonElement> card, string parameterFormat)
    {
        if (TemplateRules.Part(card, "HEADER") is not { } header
            || header.Text("format")?.ToUpperInvariant() is not ("IMAGE" or "VIDEO" or "PRODUCT"))
        {
            return Refusal.Template(2388047, "Header format is incorrect", "A card needs a HEADER of format IMAGE, VIDEO or PRODUCT.");
        }

        var body = TemplateRules.Part(card, "BODY");
        var buttons = TemplateRules.Part(card, "BUTTONS");
        string[] kinds = header.Text("format")!.Equals("PRODUCT", StringComparison.OrdinalIgnoreCase)
            ? ["SPM", "URL"]
            : ["QUICK_REPLY", "URL", "PHONE_NUMBER"];
        return TemplateRules.Header(header)
            ?? (body is { } text ? TemplateRules.Body(text, MaxCardText) ?? TemplateRules.Variables(body, parameterFormat) : null)
            ?? (buttons?.FindArray("buttons") is not { Count: >= 1 and <= MaxCardButtons } found ? Refusal.Unsupported($"A card needs 1 to {MaxCardButtons} buttons.")
                : found.Any(button => !kinds.Contains(TemplateRules.KindOf(button)))
                    ? Refusal.Unsupported($"The buttons of such a card must be of type {string.Join(", ", kinds[..^1])} or {kinds[^1]}.")
                : TemplateRules.Buttons(buttons));
    }

    private static Refusal? Offer(IReadOnlyList<JsonElement> components, JsonElement part)
    {
        var offer = part.Child("limited_time_offer");
        var buttons = (TemplateRules.Part(components, "BUTTONS")?.FindArray("buttons") ?? []).Select(TemplateRules.KindOf).ToList();
        return offer?.Text("text") is not { Length: > 0 } text ? Refusal.Unsupported("limited_time_offer needs a text.")
            : Json.Length(text) > MaxOfferText ? TemplateRules.TooLong("limited_time_offer", MaxOfferText)
            : TemplateRules.Part(components, "FOOTER") is not null ? Refusal.Unsupported("A limited-time offer has no FOOTER.")
            : TemplateRules.Part(components, "HEADER")?.Text("format")?.ToUpperInvariant() is not (null or "IMAGE" or "VIDEO")
                ? Refusal.Template(2388047, "Header format is incorrect", "The header of a limited-time offer is an IMAGE or a VIDEO.")
            : Json.Length(TemplateRules.Part(components, "BODY")?.Text("text") ?? "") > MaxOfferBody ? TemplateRules.TooLong("body", MaxOfferBody)
            : buttons is not (["COPY_CODE", "URL"] or ["URL"]) ? Refusal.Unsupported("A limited-time offer has a button of type URL, and COPY_CODE before it if it has a code.")
            : null;
    }

    /// <summary>What all cards must share.</summary>
    private static string ShapeOf(IReadOnlyList<JsonElement> card) => string.Join(';', card.Select(part =>
        $"{part.Text("type")}:{part.Text("format")}:{string.Join(',', (part.FindArray("buttons") ?? []).Select(TemplateRules.KindOf))}".ToUpperInvariant()));
}
