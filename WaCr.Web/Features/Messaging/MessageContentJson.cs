using System.Text.Json;

namespace WaCr.Web.Features.Messaging;

/// <summary>JSON of <see cref="MessageContent"/> for the API: members of the message's type, and those common to all.</summary>
internal static class MessageContentJson
{
    /// <summary>In the order of <see cref="CallOutcome"/>.</summary>
    public static readonly string[] CallOutcomes = ["not_answered", "answered", "missed", "rejected"];

    public static void Write(Utf8JsonWriter json, MessageContent content)
    {
        json.WriteStartObject();
        Write(json, "button", content.Button);
        Write(json, "list", content.ListRow);
        MessageInteractiveJson.Write(json, content.Interactive);
        Write(json, content.Location);
        Write(json, content.Cards);
        Write(json, content.Order);
        if (content.FlowAnswers is { } answers)
        {
            json.WriteStartObject("flow"u8);
            foreach (var answer in answers.DistinctBy(answer => answer.Name, StringComparer.Ordinal))
            {
                json.WritePropertyName(answer.Name);
                json.WriteRawValue(answer.Json);
            }

            json.WriteEndObject();
        }

        if (content.CallPermission is { } permission)
        {
            json.WriteStartObject("call_permission"u8);
            json.WriteBoolean("granted"u8, permission.IsGranted);
            json.WriteString("response"u8, permission.Response);
            json.WritePropertyName("expires_at"u8);
            json.WriteTimeOrNull(permission.ExpiresAt);
            json.WriteEndObject();
        }

        if (content.Call is { } call)
        {
            json.WriteStartObject("call"u8);
            json.WriteString("outcome"u8, CallOutcomes[(int)call.Outcome]);
            json.WritePropertyName("duration"u8);
            json.WriteNumberOrNull(call.Seconds);
            json.WritePropertyName("started_at"u8);
            json.WriteTimeOrNull(call.StartedAt);
            json.WriteEndObject();
        }

        if (content.Reaction is { } reaction)
        {
            json.WriteStartObject("reaction"u8);
            json.WriteString("message_id"u8, reaction.MessageId);
            json.WriteString("emoji"u8, reaction.Emoji);
            json.WriteEndObject();
        }

        Write(json, content.Referral, content.Product);
        WriteFlag(json, "forwarded", content.IsForwarded);
        WriteFlag(json, "frequently_forwarded", content.IsForwardedOften);
        Write(json, content.Errors);
        if (content.Raw is { } raw)
        {
            json.WritePropertyName("unknown"u8);
            json.WriteRawValue(raw);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, MessageChoice? choice)
    {
        if (choice is not null)
        {
            json.WritePropertyName(name);
            MessageChoiceJson.Write(json, choice);
        }
    }

    private static void Write(Utf8JsonWriter json, MessagePlace? place)
    {
        if (place is not null)
        {
            json.WriteStartObject("location"u8);
            WriteNumber(json, "latitude", place.Latitude);
            WriteNumber(json, "longitude", place.Longitude);
            json.WriteStringUnlessNull("name", place.Name);
            json.WriteStringUnlessNull("address", place.Address);
            json.WriteStringUnlessNull("url", place.Url);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<MessageCard> cards)
    {
        if (cards.Count == 0)
        {
            return;
        }

        json.WriteStartArray("contacts"u8);
        foreach (var card in cards)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, card.Name);
            json.WriteString("company"u8, card.Company);
            json.WriteStartArray("phones"u8);
            foreach (var phone in card.Phones)
            {
                json.WriteStartObject();
                json.WriteString("phone"u8, phone.Number);
                json.WriteString("wa_id"u8, phone.WaId);
                json.WriteString("type"u8, phone.Kind);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("emails"u8);
            foreach (var email in card.Emails)
            {
                json.WriteStringValue(email);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, MessageOrder? order)
    {
        if (order is null)
        {
            return;
        }

        json.WriteStartObject("order"u8);
        json.WriteString("catalog_id"u8, order.CatalogId);
        json.WriteString("text"u8, order.Text);
        json.WriteStartArray("product_items"u8);
        foreach (var item in order.Items)
        {
            json.WriteStartObject();
            json.WriteString("product_retailer_id"u8, item.ProductId);
            WriteNumber(json, "quantity", item.Quantity);
            WriteNumber(json, "item_price", item.Price);
            json.WriteString("currency"u8, item.Currency);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("totals"u8);
        foreach (var total in order.Totals)
        {
            json.WriteStartObject();
            json.WriteNumber("amount"u8, total.Amount);
            json.WriteString("currency"u8, total.Currency);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MessageReferral? referral, ReferredProduct? product)
    {
        if (referral is not null)
        {
            json.WriteStartObject("referral"u8);
            json.WriteStringUnlessNull("source_url", referral.SourceUrl);
            json.WriteStringUnlessNull("source_id", referral.SourceId);
            json.WriteStringUnlessNull("source_type", referral.SourceType);
            json.WriteStringUnlessNull("headline", referral.Headline);
            json.WriteStringUnlessNull("body", referral.Body);
            json.WriteStringUnlessNull("media_type", referral.MediaType);
            json.WriteStringUnlessNull("media_url", referral.MediaUrl);
            json.WriteStringUnlessNull("ctwa_clid", referral.ClickId);
            json.WriteEndObject();
        }

        if (product is not null)
        {
            json.WriteStartObject("referred_product"u8);
            json.WriteStringUnlessNull("catalog_id", product.CatalogId);
            json.WriteString("product_retailer_id"u8, product.ProductId);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<MessageFault> errors)
    {
        if (errors.Count == 0)
        {
            return;
        }

        json.WriteStartArray("errors"u8);
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteNumber("code"u8, error.Code);
            json.WriteString("title"u8, error.Title);
            json.WriteString("details"u8, error.Details);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFlag(Utf8JsonWriter json, string name, bool isSet)
    {
        if (isSet)
        {
            json.WriteBoolean(name, true);
        }
    }

    // WhatsApp has sent degrees both as numbers and as strings.
    private static void WriteNumber(Utf8JsonWriter json, string name, string degrees) =>
        WriteNumber(
            json, name, decimal.TryParse(degrees, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null);

    private static void WriteNumber(Utf8JsonWriter json, string name, decimal? number)
    {
        json.WritePropertyName(name);
        if (number is { } given)
        {
            json.WriteNumberValue(given);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
