using System.Text.Json;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// A message's content beside its text, read from the stored WhatsApp JSON for screens and API. Unknown parts are left out.
/// </summary>
public sealed record MessageContent
{
    public static readonly MessageContent Empty = new();

    /// <summary>WhatsApp's type name; null for plain text sent by the business.</summary>
    public string? Kind { get; init; }

    /// <summary>The button the contact tapped.</summary>
    public MessageChoice? Button { get; init; }

    /// <summary>The list row the contact chose.</summary>
    public MessageChoice? ListRow { get; init; }

    /// <summary>The buttons, list or request of the business.</summary>
    public MessageInteractive? Interactive { get; init; }

    public MessagePlace? Location { get; init; }
    public IReadOnlyList<MessageCard> Cards { get; init; } = [];
    public MessageOrder? Order { get; init; }

    /// <summary>Answers of a WhatsApp form (Flow); null if the message is not one.</summary>
    public IReadOnlyList<FlowAnswer>? FlowAnswers { get; init; }

    /// <summary>Whether the business may call; null if the message does not say.</summary>
    public CallConsent? CallPermission { get; init; }

    /// <summary>The contact called; null if the message is no call.</summary>
    public MessageCall? Call { get; init; }

    public MessageReaction? Reaction { get; init; }

    /// <summary>The ad or post the contact came from.</summary>
    public MessageReferral? Referral { get; init; }

    /// <summary>The product the contact asks about.</summary>
    public ReferredProduct? Product { get; init; }

    public bool IsForwarded { get; init; }
    public bool IsForwardedOften { get; init; }

    /// <summary>Why WhatsApp could not deliver all of it.</summary>
    public IReadOnlyList<MessageFault> Errors { get; init; } = [];

    /// <summary>JSON of an unknown type.</summary>
    public string? Raw { get; init; }

    /// <summary>WhatsApp's name of a type that cannot be shown; null for all others.</summary>
    public string? UnknownKind { get; init; }

    /// <summary>A language-neutral summary; null for types with their own text, or none.</summary>
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
            return Empty; // stored as received; the text is shown anyway
        }
    }
}

public sealed record MessageChoice(string? Id, string Title, string? Description = null);

/// <param name="Latitude">As received, like the longitude.</param>
public sealed record MessagePlace(string Latitude, string Longitude, string? Name, string? Address, string? Url);

/// <summary>A contact card.</summary>
/// <param name="Name">Null if the card has no name.</param>
public sealed record MessageCard(string? Name, string? Company, IReadOnlyList<CardPhone> Phones, IReadOnlyList<string> Emails);

/// <param name="WaId">Null if the number is not on WhatsApp.</param>
public sealed record CardPhone(string Number, string? WaId, string? Kind);

public sealed record MessageOrder(string? CatalogId, string? Text, IReadOnlyList<OrderItem> Items)
{
    /// <summary>One sum per currency; empty if any item lacks a price.</summary>
    public IReadOnlyList<OrderTotal> Totals => Items.All(item => item is { Price: not null, Quantity: not null })
        ?
        [
            .. Items.GroupBy(
                item => item.Currency,
                (currency, items) => new OrderTotal(items.Sum(item => item.Price!.Value * item.Quantity!.Value), currency))
        ]
        : [];
}

/// <param name="Price">Per piece, in units of the currency.</param>
public sealed record OrderItem(string ProductId, decimal? Quantity, decimal? Price, string? Currency);

public sealed record OrderTotal(decimal Amount, string? Currency);

/// <param name="Json">The value as received.</param>
public sealed record FlowAnswer(string Name, string Text, string Json);

public sealed record CallConsent(bool IsGranted, string Response, DateTimeOffset? ExpiresAt);

/// <param name="Seconds">How long they spoke; null if WhatsApp does not say.</param>
/// <param name="StartedAt">Null if WhatsApp told only when it ended.</param>
public sealed record MessageCall(CallOutcome Outcome, int? Seconds, DateTimeOffset? StartedAt);

public enum CallOutcome
{
    NotAnswered,
    Answered,
    Missed,
    Rejected,
}

/// <param name="Emoji">Empty if the reaction was removed.</param>
public sealed record MessageReaction(string? MessageId, string Emoji);

public sealed record MessageReferral(
    string? SourceUrl, string? SourceId, string? SourceType, string? Headline, string? Body, string? MediaType, string? MediaUrl,
    string? ClickId);

public sealed record ReferredProduct(string? CatalogId, string ProductId);

public sealed record MessageFault(int Code, string? Title, string? Details);
