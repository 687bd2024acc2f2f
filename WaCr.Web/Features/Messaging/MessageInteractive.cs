using System.Text.Json;

namespace WaCr.Web.Features.Messaging;

/// <summary>Buttons, a list, a link, products or a request that the business sent.</summary>
/// <param name="Kind">As <see cref="SendInteractive.Type"/>; WhatsApp's word for a kind that is not sent from here.</param>
/// <param name="Header">Null if it is no text.</param>
/// <param name="ListButton">What opens the list.</param>
/// <param name="LinkText">What the button says that opens <paramref name="Url"/>.</param>
/// <param name="CatalogId">Of the one product, or of those in the sections.</param>
/// <param name="ProductId">The one product.</param>
public sealed record MessageInteractive(
    string Kind, string? Body, string? Header, string? Footer, IReadOnlyList<MessageChoice> Buttons, string? ListButton,
    IReadOnlyList<MessageSection> Sections, string? LinkText, string? Url, string? CatalogId, string? ProductId)
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["button"] = InteractiveDraft.Button,
        ["list"] = InteractiveDraft.List,
        ["cta_url"] = InteractiveDraft.Link,
        ["location_request_message"] = InteractiveDraft.LocationRequest,
        ["request_contact_info"] = InteractiveDraft.NumberRequest,
        ["product"] = "product",
        ["product_list"] = "product_list",
        ["catalog_message"] = "catalog_message",
    };

    /// <summary>Null for an answer, and for a kind that is not known.</summary>
    internal static MessageInteractive? Read(JsonElement? interactive)
    {
        if (interactive.Text("type") is not { } type || !Kinds.TryGetValue(type, out var kind))
        {
            return null;
        }

        var (action, link) = (interactive.Child("action"), interactive.Child("action").Child("parameters"));
        return new MessageInteractive(
            kind,
            interactive.Child("body").Text("text"),
            interactive.Child("header").Text("text"),
            interactive.Child("footer").Text("text"),
            [.. action.Items("buttons").Select(button => MessageChoiceJson.Read(button.Child("reply"))).OfType<MessageChoice>()],
            action.Text("button"),
            [.. action.Items("sections").Select(Section)],
            link.Text("display_text"),
            link.Text("url"),
            action.Text("catalog_id"),
            action.Text("product_retailer_id"));
    }

    private static MessageSection Section(JsonElement section) => new(
        section.Text("title"),
        [.. section.Items("rows").Select(row => MessageChoiceJson.Read(row)).OfType<MessageChoice>()],
        [.. section.Items("product_items").Select(item => item.Text("product_retailer_id")).OfType<string>()]);
}

public sealed record MessageSection(string? Title, IReadOnlyList<MessageChoice> Rows, IReadOnlyList<string> ProductIds);
