using System.Text.Json;

namespace WaCr.Web.Features.Messaging;

/// <summary>JSON of <see cref="MessageInteractive"/>, with the names that <c>POST /messages/interactive</c> takes.</summary>
internal static class MessageInteractiveJson
{
    public static void Write(Utf8JsonWriter json, MessageInteractive? sent)
    {
        if (sent is null)
        {
            return;
        }

        json.WriteStartObject("interactive"u8);
        json.WriteString(InteractiveFields.Type, sent.Kind);
        WriteGiven(json, InteractiveFields.Body, sent.Body);
        WriteGiven(json, InteractiveFields.Header, sent.Header);
        WriteGiven(json, InteractiveFields.Footer, sent.Footer);
        WriteChoices(json, InteractiveFields.Buttons, sent.Buttons);
        WriteGiven(json, InteractiveFields.ListButton, sent.ListButton);
        WriteSections(json, sent.Sections);
        WriteGiven(json, InteractiveFields.LinkText, sent.LinkText);
        WriteGiven(json, InteractiveFields.Url, sent.Url);
        if (sent.Product is { } product)
        {
            WriteGiven(json, "catalog_id", product.CatalogId);
            json.WriteString("product_retailer_id"u8, product.ProductId);
        }

        json.WriteEndObject();
    }

    private static void WriteSections(Utf8JsonWriter json, IReadOnlyList<MessageSection> sections)
    {
        if (sections.Count == 0)
        {
            return;
        }

        json.WriteStartArray(InteractiveFields.Sections);
        foreach (var section in sections)
        {
            json.WriteStartObject();
            WriteGiven(json, "title", section.Title);
            WriteChoices(json, "rows", section.Rows);
            if (section.ProductIds.Count > 0)
            {
                json.WriteStartArray("product_items"u8);
                foreach (var product in section.ProductIds)
                {
                    json.WriteStartObject();
                    json.WriteString("product_retailer_id"u8, product);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteChoices(Utf8JsonWriter json, string name, IReadOnlyList<MessageChoice> choices)
    {
        if (choices.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var choice in choices)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, choice.Id);
            json.WriteString("title"u8, choice.Title);
            WriteGiven(json, "description", choice.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGiven(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
