using System.Text.Json;

namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>Rules for carousels and limited-time offers.</summary>
public static class TemplateCardRules
{
    public const int MinCards = 2;
    public const int MaxCards = TemplateForm.MaxCards;
    public const int CardTextMaxLength = 160;
    public const int OfferTextMaxLength = 16;
    public const int OfferBodyMaxLength = 600;

    private static readonly string[] CardComponents = ["HEADER", "BODY", "BUTTONS"];

    internal static void Check(TemplateRuleCheck check, TemplatePart[] parts)
    {
        var (carousel, offer) = (parts.Find("CAROUSEL"), parts.Find("LIMITED_TIME_OFFER"));
        if ((carousel ?? offer) is null)
        {
            return;
        }

        if (check.Category is not ("MARKETING" or ""))
        {
            check.Add(TemplateAuthoringFields.Category, TemplateRuleErrors.MarketingOnly);
        }

        if (carousel is not null)
        {
            CheckCarousel(check, parts, carousel);
        }
        else
        {
            CheckOffer(check, parts, offer!);
        }
    }

    private static void CheckCarousel(TemplateRuleCheck check, TemplatePart[] parts, TemplatePart carousel)
    {
        foreach (var part in parts.Where(part => part.Type is "HEADER" or "FOOTER" or "BUTTONS" or "LIMITED_TIME_OFFER"))
        {
            check.Add(part.At("type"), TemplateRuleErrors.CarouselAlone);
        }

        var cards = Array.ConvertAll(carousel.Parts("cards"), card => card.Parts("components"));
        if (cards.Length is < MinCards or > MaxCards)
        {
            check.Add(carousel.At("cards"), TemplateRuleErrors.CardsRange);
        }

        foreach (var (index, card) in cards.Index())
        {
            if (ShapeOf(card) != ShapeOf(cards[0]))
            {
                check.Add(string.Create(CultureInfo.InvariantCulture, $"{carousel.At("cards")}.{index}"), TemplateRuleErrors.CardsAlike);
            }

            CheckCard(check, card, string.Create(CultureInfo.InvariantCulture, $"{carousel.At("cards")}.{index}"));
        }
    }

    private static void CheckCard(TemplateRuleCheck check, TemplatePart[] card, string path)
    {
        TemplateRules.CheckKinds(check, card, CardComponents);
        if (card.Find("HEADER") is not { } header || header.Word("format") is not ("IMAGE" or "VIDEO"))
        {
            check.Add(card.Find("HEADER")?.At("format") ?? path, TemplateRuleErrors.CardHeader);
        }
        else
        {
            TemplateRules.CheckHeader(check, header);
        }

        if (card.Find("BODY") is { } body)
        {
            TemplateRules.CheckBody(check, body, CardTextMaxLength);
        }

        if (card.Find("BUTTONS") is { } buttons)
        {
            TemplateButtonRules.Check(check, buttons, isCard: true);
        }
        else
        {
            check.Add(path, TemplateRuleErrors.ButtonsRange(TemplateButtonRules.MaxInCard));
        }
    }

    private static void CheckOffer(TemplateRuleCheck check, TemplatePart[] parts, TemplatePart offer)
    {
        var inner = offer.Json.TryGetProperty("limited_time_offer", out var given) && given.ValueKind == JsonValueKind.Object ? given : (JsonElement?)null;
        if (inner is not { } found)
        {
            check.Add(offer.At("limited_time_offer.text"), TemplateRuleErrors.TextRequired);
        }
        else
        {
            TemplateTextRules.Line(check, new TemplatePart(found, offer.At("limited_time_offer")), OfferTextMaxLength);
        }

        if (parts.Find("FOOTER") is { } footer)
        {
            check.Add(footer.At("text"), TemplateRuleErrors.OfferFooter);
        }

        if (parts.Find("HEADER") is { } header && header.Word("format") is not ("IMAGE" or "VIDEO"))
        {
            check.Add(header.At("format"), TemplateRuleErrors.OfferHeader);
        }

        if (parts.Find("BODY") is { } body && TextRule.IsTooLong(body.Text("text"), OfferBodyMaxLength))
        {
            check.Add(body.At("text"), TextRule.TooLong(OfferBodyMaxLength));
        }

        var buttons = parts.Find("BUTTONS");
        string[] kinds = [.. (buttons?.Parts("buttons") ?? []).Select(button => button.Type)];
        if (kinds is not (["COPY_CODE", "URL"] or ["URL"]))
        {
            check.Add(buttons?.At("buttons") ?? TemplateAuthoringFields.Components, TemplateRuleErrors.OfferButtons);
        }
    }

    /// <summary>What all cards must share.</summary>
    private static string ShapeOf(TemplatePart[] card) => string.Join(
        ';', card.Select(part => $"{part.Type}:{part.Word("format")}:{string.Join(',', part.Parts("buttons").Select(button => button.Type))}"));
}
