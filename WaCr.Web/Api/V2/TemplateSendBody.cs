using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Api.V2;

/// <summary>The values of a template in a request: texts by field, a place, products, and the cards of a carousel.</summary>
internal static class TemplateSendBody
{
    public static Dictionary<string, Optional<string?>> Texts(ObjectReader reader)
    {
        var texts = TemplateSendFields.Texts.ToDictionary(field => field, reader.Text, StringComparer.Ordinal);
        foreach (var field in TemplateSendFields.Degrees)
        {
            texts[field] = reader.TextOrNumber(field);
        }

        var cards = reader.Objects(TemplateSendFields.Cards, card => (
            Url: card.Text(TemplateSendFields.CardUrl), Fields: card.Texts(TemplateSendFields.CardFields),
            Buttons: card.Texts(TemplateSendFields.CardButtons)));
        foreach (var (index, card) in (cards ?? []).Take(TemplateForm.MaxCards).Index())
        {
            texts[TemplateForm.CardFileField(index + 1)] = card.Url;
            foreach (var (number, text) in card.Fields.Index())
            {
                texts[TemplateForm.CardBodyField(index + 1, number + 1)] = text;
            }

            foreach (var (number, text) in card.Buttons.Index())
            {
                texts[TemplateForm.CardButtonField(index + 1, number)] = text;
            }
        }

        if (reader.Objects(TemplateSendFields.Sections, ReadSection) is { } sections)
        {
            texts[TemplateSendFields.Sections] = TemplateForm.SectionsText(sections);
        }

        return texts;
    }

    private static (string, IReadOnlyList<string>) ReadSection(ObjectReader section)
    {
        var title = section.Text(TemplateSendFields.SectionTitle).Or(null) ?? "";
        var products = section.Texts(TemplateSendFields.SectionProducts);
        if (string.IsNullOrWhiteSpace(title) || products.Any(string.IsNullOrWhiteSpace))
        {
            section.Unreadable.Add(TemplateSendFields.SectionTitle, TemplateForm.SectionsInvalid);
        }

        return (title, products);
    }

    private static (string What, string Example) AboutText(string field) => field switch
    {
        TemplateForm.OfferField => ("When a limited-time offer ends, ISO 8601.", "2026-12-24T18:00:00Z"),
        TemplateForm.ProductField => ("The product of a product header, by its content id in Commerce Manager.", "tea-250"),
        TemplateForm.CatalogField => ("The catalog of a product header, by its id in Commerce Manager.", "194836987003835"),
        TemplateForm.ThumbnailField =>
            ("The product whose picture a button for products shows; optional for a CATALOG button, required for an MPM button.", "tea-250"),
        _ => ("A value that the template asks for; merge fields are filled in.", "Asha"),
    };

    public static IEnumerable<(string, JsonObject)> Schema()
    {
        foreach (var field in TemplateSendFields.Texts)
        {
            var (what, example) = AboutText(field);
            yield return (field, Schemas.Text(what, example, TemplateDraft.ValueMaxLength).OrNull());
        }

        foreach (var field in TemplateSendFields.Degrees)
        {
            yield return (field, Schemas.Number("Of a location header, in degrees.", 22.3072m).OrNull());
        }

        yield return (TemplateSendFields.Cards, Schemas.ArrayOf(
            Schemas.Object(
                (TemplateSendFields.CardUrl, Schemas.Text("Where the card's picture or video is.", "https://example.com/a.jpg", Message.UrlMaxLength)),
                (TemplateSendFields.CardFields, Schemas.ArrayOf(Schemas.Text("A value of the card's text.", "Tea", TemplateDraft.ValueMaxLength), "The values of its text.")),
                (TemplateSendFields.CardButtons, Schemas.ArrayOf(
                    Schemas.Text("A link's ending, or a quick reply's payload.", "tea", TemplateDraft.ValueMaxLength), "One for each of its buttons."))),
            "The cards of a carousel, all of them, in their order."));

        yield return (TemplateSendFields.Sections, Schemas.ArrayOf(
            Schemas.Object(
                (TemplateSendFields.SectionTitle, Schemas.Text("The section's title.", "Tea", TemplateForm.SectionTitleMaxLength)),
                (TemplateSendFields.SectionProducts, Schemas.ArrayOf(
                    Schemas.Text("A product's content id in Commerce Manager.", "tea-250", TemplateDraft.ValueMaxLength), "The products."))),
            $"What an MPM button shows: 1 to {TemplateForm.MaxSections} sections, {TemplateForm.MaxProducts} products in all."));
    }
}
