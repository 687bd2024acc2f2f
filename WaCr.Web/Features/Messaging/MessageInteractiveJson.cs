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
        json.WriteStringUnlessNull(InteractiveFields.Body, sent.Body);
        json.WriteStringUnlessNull(InteractiveFields.Header, sent.Header);
        json.WriteStringUnlessNull(InteractiveFields.Footer, sent.Footer);
        WriteChoices(json, InteractiveFields.Buttons, sent.Buttons);
        json.WriteStringUnlessNull(InteractiveFields.ListButton, sent.ListButton);
        WriteSections(json, sent.Sections);
        json.WriteStringUnlessNull(InteractiveFields.LinkText, sent.LinkText);
        json.WriteStringUnlessNull(InteractiveFields.Url, sent.Url);
        json.WriteStringUnlessNull("catalog_id", sent.CatalogId);
        json.WriteStringUnlessNull("product_retailer_id", sent.ProductId);
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
            json.WriteStringUnlessNull("title", section.Title);
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
            MessageChoiceJson.Write(json, choice);
        }

        json.WriteEndArray();
    }
}
