namespace WaCr.Web.WhatsApp;

/// <summary>
/// The recipient: a phone as digits in international form or, for people who hide theirs, WhatsApp's business-scoped id (BSUID).
/// </summary>
public sealed record Recipient
{
    private Recipient(string? phone, string? userId) => (Phone, UserId) = (phone, userId);

    public string? Phone { get; }

    public string? UserId { get; }

    public static Recipient ByPhone(string digits) => new(digits, null);

    public static Recipient ByUserId(string userId) => new(null, userId);
}

/// <summary>
/// A message to send. <paramref name="Reference"/> is our own id, which WhatsApp repeats in every status: it identifies a send whose answer
/// was lost.
/// </summary>
public sealed record OutboundMessage(Recipient To, OutboundContent Content, string Reference, string? ReplyTo = null)
{
    /// <summary>A broadcast of marketing, which may go through the Marketing Messages API.</summary>
    public bool IsMarketing { get; init; }
}

public abstract record OutboundContent;

/// <summary>Content as stored with a message, in WhatsApp's format; it can be sent again unchanged.</summary>
public sealed record StoredContent(string Json) : OutboundContent
{
    public static StoredContent Of(OutboundContent content) => content as StoredContent ?? new StoredContent(OutboundJson.Keep(content));
}

public sealed record TextContent(string Body, bool PreviewUrl = false) : OutboundContent;

public enum MediaKind
{
    Image,
    Document,
    Video,
    Audio,
    Sticker,
}

/// <summary>A file uploaded to WhatsApp (<see cref="Id"/>), or one that it downloads (<see cref="Link"/>).</summary>
public sealed record MediaSource
{
    private MediaSource(string? id, Uri? link) => (Id, Link) = (id, link);

    public string? Id { get; }

    public Uri? Link { get; }

    public static MediaSource Uploaded(string id) => new(id, null);

    public static MediaSource At(Uri link) => new(null, link);
}

/// <param name="IsVoice">Shown as a voice note; only for audio in OGG with Opus.</param>
public sealed record MediaContent(MediaKind Kind, MediaSource Source, string? Caption = null, string? FileName = null, bool IsVoice = false)
    : OutboundContent;

/// <param name="Latitude">In degrees, like the longitude.</param>
public sealed record LocationContent(decimal Latitude, decimal Longitude, string? Name = null, string? Address = null) : OutboundContent;

/// <param name="Name">What is shown; never empty.</param>
public sealed record ContactCard(
    string Name, string? FirstName, string? LastName, string? Company, IReadOnlyList<ContactCardPhone> Phones, IReadOnlyList<string> Emails)
{
    public override string ToString() => nameof(ContactCard);
}

/// <param name="WaId">Digits; null if it is not known to be on WhatsApp.</param>
public sealed record ContactCardPhone(string Phone, string? WaId, string? Type)
{
    public override string ToString() => nameof(ContactCardPhone);
}

public sealed record ContactsContent(IReadOnlyList<ContactCard> Cards) : OutboundContent;

/// <param name="MessageId">WhatsApp's id of the message.</param>
/// <param name="Emoji">Empty takes the reaction back.</param>
public sealed record ReactionContent(string MessageId, string Emoji) : OutboundContent;

public sealed record ReplyButton(string Id, string Title);

public sealed record ButtonsContent(string Body, IReadOnlyList<ReplyButton> Buttons, string? Header = null, string? Footer = null)
    : OutboundContent;

public sealed record ListRow(string Id, string Title, string? Description = null);

public sealed record ListSection(string Title, IReadOnlyList<ListRow> Rows);

public sealed record ListContent(
    string Body, string ButtonText, IReadOnlyList<ListSection> Sections, string? Header = null, string? Footer = null) : OutboundContent;

/// <summary>A button that opens a page.</summary>
public sealed record LinkContent(string Body, string ButtonText, Uri Url, string? Header = null, string? Footer = null) : OutboundContent;

/// <summary>Asks where the customer is.</summary>
public sealed record LocationRequestContent(string Body) : OutboundContent;

/// <summary>Asks somebody who hides their number for it.</summary>
public sealed record NumberRequestContent(string Body) : OutboundContent;
