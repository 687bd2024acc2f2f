using System.Text.Json;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// What a message holds beside its text: read from what is kept of it in WhatsApp's words, for screens and the API alike. What is not
/// understood is left out.
/// </summary>
public sealed record MessageContent
{
    public static readonly MessageContent Empty = new();

    /// <summary>WhatsApp's word for the kind; null for what the business sent as plain text.</summary>
    public string? Kind { get; init; }

    /// <summary>The button that was tapped, of a message or of a template.</summary>
    public MessageChoice? Button { get; init; }

    /// <summary>The row of a list that was chosen.</summary>
    public MessageChoice? ListRow { get; init; }

    public MessagePlace? Location { get; init; }
    public IReadOnlyList<MessageCard> Cards { get; init; } = [];
    public MessageOrder? Order { get; init; }

    /// <summary>What was filled in in a form of WhatsApp's (a Flow); null where the message is no such answer.</summary>
    public IReadOnlyList<FlowAnswer>? FlowAnswers { get; init; }

    /// <summary>Whether the business may call; null where the message says nothing of it.</summary>
    public CallConsent? CallPermission { get; init; }

    public MessageReaction? Reaction { get; init; }

    /// <summary>The ad or the post that the customer came from.</summary>
    public MessageReferral? Referral { get; init; }

    /// <summary>The product that the customer asks about.</summary>
    public ReferredProduct? Product { get; init; }

    public bool IsForwarded { get; init; }
    public bool IsForwardedOften { get; init; }

    /// <summary>Why WhatsApp could not hand it over whole.</summary>
    public IReadOnlyList<MessageFault> Errors { get; init; } = [];

    /// <summary>JSON of a kind that is not understood.</summary>
    public string? Raw { get; init; }

    /// <summary>What its members say, in no language; null for kinds that have a text of their own, or none.</summary>
    public string? Words => MessageContentLabels.Of(this);

    public static MessageContent Read(string? json)
    {
        if (json is null)
        {
            return Empty;
        }

        try
        {
            using var content = JsonDocument.Parse(json);
            return MessageContentReader.Read(content.RootElement);
        }
        catch (JsonException)
        {
            return Empty; // kept as it came, whatever it is; the text is shown all the same
        }
    }
}

public sealed record MessageChoice(string? Id, string Title, string? Description = null);

/// <param name="Latitude">As it came, and so is the longitude.</param>
public sealed record MessagePlace(string Latitude, string Longitude, string? Name, string? Address, string? Url);

/// <summary>A contact card.</summary>
/// <param name="Name">Null where the card names nobody.</param>
public sealed record MessageCard(string? Name, string? Company, IReadOnlyList<CardPhone> Phones, IReadOnlyList<string> Emails);

/// <param name="WaId">Where the number is on WhatsApp.</param>
public sealed record CardPhone(string Number, string? WaId, string? Kind);

public sealed record MessageOrder(string? CatalogId, string? Text, IReadOnlyList<OrderItem> Items)
{
    /// <summary>One sum for each currency; empty where an item has no price.</summary>
    public IReadOnlyList<OrderTotal> Totals => Items.All(item => item is { Price: not null, Quantity: not null })
        ? [.. Items.GroupBy(item => item.Currency, (currency, items) => new OrderTotal(items.Sum(item => item.Price!.Value * item.Quantity!.Value), currency))]
        : [];
}

/// <param name="Price">Of one piece, in units of the currency.</param>
public sealed record OrderItem(string ProductId, decimal? Quantity, decimal? Price, string? Currency);

public sealed record OrderTotal(decimal Amount, string? Currency);

/// <param name="Json">The value as it came.</param>
public sealed record FlowAnswer(string Name, string Text, string Json);

public sealed record CallConsent(bool IsGranted, string Response, DateTimeOffset? ExpiresAt);

/// <param name="Emoji">Empty where the reaction was taken back.</param>
public sealed record MessageReaction(string? MessageId, string Emoji);

public sealed record MessageReferral(
    string? SourceUrl, string? SourceId, string? SourceType, string? Headline, string? Body, string? MediaType, string? MediaUrl, string? ClickId);

public sealed record ReferredProduct(string? CatalogId, string ProductId);

public sealed record MessageFault(int Code, string? Title, string? Details);
