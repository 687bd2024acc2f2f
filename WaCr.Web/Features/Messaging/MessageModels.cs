namespace WaCr.Web.Features.Messaging;

/// <summary>Fields common to all sends. The staff app may omit the phone and send by contact id.</summary>
public abstract record SendRequest
{
    public Optional<string?> Phone { get; init; }
    public Optional<long?> ContactId { get; init; }

    /// <summary>The quoted message: our id or WhatsApp's.</summary>
    public Optional<string?> ReplyTo { get; init; }

    /// <summary>When it is sent, at most <see cref="SendTime.Latest"/> from now; null: at once.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Fields the caller could not parse, with the reason.</summary>
    public FieldErrors Unreadable { get; init; } = [];
}

/// <summary>A send of one of the product's own message types.</summary>
public abstract record SendMessage : SendRequest
{
    internal abstract MessageDraft ReadDraft(DraftFields fields);
}

public sealed record SendText : SendMessage
{
    public Optional<string?> Message { get; init; }

    internal override MessageDraft ReadDraft(DraftFields fields) => TextDraft.Read(this, fields);
}

public sealed record SendInteractive : SendMessage
{
    public Optional<string?> Type { get; init; }
    public Optional<string?> Body { get; init; }
    public Optional<string?> Header { get; init; }
    public Optional<string?> Footer { get; init; }
    public Optional<string?> ListButton { get; init; }

    /// <summary>Null if none were given.</summary>
    public IReadOnlyList<ButtonInput>? Buttons { get; init; }

    public IReadOnlyList<SectionInput>? Sections { get; init; }

    /// <summary>What the button that opens <see cref="Url"/> says.</summary>
    public Optional<string?> LinkText { get; init; }

    public Optional<string?> Url { get; init; }

    internal override MessageDraft ReadDraft(DraftFields fields) => InteractiveDraft.Read(this, fields);
}

public sealed record ButtonInput(Optional<string?> Id, Optional<string?> Title);

public sealed record SectionInput(Optional<string?> Title, IReadOnlyList<RowInput>? Rows);

public sealed record RowInput(Optional<string?> Id, Optional<string?> Title, Optional<string?> Description);

/// <summary>An uploaded file. The caller disposes the stream.</summary>
public sealed record FileInput(Stream Content, string? FileName);

public sealed record SendMedia : SendMessage
{
    public Optional<string?> MediaType { get; init; }
    public Optional<string?> Url { get; init; }
    public FileInput? File { get; init; }
    public Optional<string?> Caption { get; init; }
    public Optional<string?> FileName { get; init; }

    /// <summary>Whether audio is shown as a voice note; it must be OGG with Opus.</summary>
    public bool IsVoice { get; init; }

    /// <summary>For a new contact, like the next five fields.</summary>
    public Optional<string?> ContactFirstName { get; init; }

    public Optional<string?> ContactLastName { get; init; }
    public Optional<string?> ContactEmail { get; init; }

    /// <summary>Id, code or name.</summary>
    public Optional<string?> ContactCountry { get; init; }

    public Optional<long?> ContactAssignedId { get; init; }
    public IReadOnlyList<long> ContactGroups { get; init; } = [];

    internal override MessageDraft ReadDraft(DraftFields fields) => MediaDraft.Read(this, fields);
}

public sealed record SendLocation : SendMessage
{
    /// <summary>In degrees; null if absent.</summary>
    public decimal? Latitude { get; init; }

    public decimal? Longitude { get; init; }
    public Optional<string?> Name { get; init; }
    public Optional<string?> Address { get; init; }

    internal override MessageDraft ReadDraft(DraftFields fields) => LocationDraft.Read(this, fields);
}

public sealed record SendCards : SendMessage
{
    /// <summary>Null if none were given.</summary>
    public IReadOnlyList<CardInput>? Cards { get; init; }

    /// <summary>Whether cards are made of the tenant's contacts.</summary>
    public bool NamesContacts => Cards?.Any(card => card.ContactId is not null) == true;

    internal override MessageDraft ReadDraft(DraftFields fields) => CardsDraft.Read(this, fields);
}

/// <summary>A card, or the contact that it is made of.</summary>
public sealed record CardInput
{
    /// <summary>Then nothing else is given.</summary>
    public long? ContactId { get; init; }

    public Optional<string?> Name { get; init; }
    public Optional<string?> FirstName { get; init; }
    public Optional<string?> LastName { get; init; }
    public Optional<string?> Company { get; init; }
    public IReadOnlyList<CardPhoneInput> Phones { get; init; } = [];
    public IReadOnlyList<string> Emails { get; init; } = [];

    public override string ToString() => nameof(CardInput);
}

public sealed record CardPhoneInput(Optional<string?> Phone, Optional<string?> WaId, Optional<string?> Type)
{
    public override string ToString() => nameof(CardPhoneInput);
}

public sealed record SendReaction : SendMessage
{
    /// <summary>Our id of the message, or WhatsApp's.</summary>
    public Optional<string?> MessageId { get; init; }

    /// <summary>Empty takes the reaction back.</summary>
    public Optional<string?> Emoji { get; init; }

    internal override MessageDraft ReadDraft(DraftFields fields) => ReactionDraft.Read(this, fields);
}

public sealed record SendSticker : SendMessage
{
    public Optional<string?> Url { get; init; }
    public FileInput? File { get; init; }

    internal override MessageDraft ReadDraft(DraftFields fields) => StickerDraft.Read(this, fields);
}

public sealed record SendTemplate : SendMessage
{
    public Optional<string?> Name { get; init; }

    /// <summary>If absent, the template's only language; <see cref="TemplateSendFields.ContactLanguage"/> for the contact's.</summary>
    public Optional<string?> Language { get; init; }

    /// <summary>Used if the template lacks the contact's language.</summary>
    public Optional<string?> FallbackLanguage { get; init; }

    /// <summary>Keyed by API field: <c>header_field_1</c>, <c>field_1</c> and so on, <c>button_0</c> and so on.</summary>
    public IReadOnlyDictionary<string, Optional<string?>> Texts { get; init; } = new Dictionary<string, Optional<string?>>(
        StringComparer.Ordinal);

    /// <summary>Keyed by <c>image</c>, <c>video</c>, <c>document</c>.</summary>
    public IReadOnlyDictionary<string, Optional<string?>> HeaderUrls { get; init; } = new Dictionary<string, Optional<string?>>(
        StringComparer.Ordinal);

    public IReadOnlyDictionary<string, FileInput> HeaderFiles { get; init; } = new Dictionary<string, FileInput>(StringComparer.Ordinal);
    public Optional<string?> HeaderDocumentName { get; init; }

    /// <summary>Puts six random digits into body value number <see cref="CodeNumber"/>.</summary>
    public bool GeneratesCode { get; init; }

    public Optional<long?> CodeNumber { get; init; }

    internal override MessageDraft ReadDraft(DraftFields fields) => TemplateDraft.Read(this, fields);
}

/// <summary>A message that WhatsApp accepted, or that is scheduled.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Wamid">Null while it is scheduled, like <paramref name="SentAt"/>.</param>
/// <param name="Phone">Digits as given.</param>
/// <param name="Text">After filling in merge fields.</param>
public sealed record SentMessage(
    long Id, string? Wamid, long ContactId, long ConversationId, string Phone, string Text, DateTimeOffset? SentAt)
{
    /// <summary>When it will be sent; null once it was.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>URL of its file.</summary>
    public string? Url { get; init; }

    public string? FileName { get; init; }

    /// <summary>Language of the template sent.</summary>
    public string? Language { get; init; }
}

/// <summary>A message as shown.</summary>
public sealed record MessageDetails
{
    public required long Id { get; init; }
    public required long ConversationId { get; init; }
    public required long ContactId { get; init; }
    public required MessageDirection Direction { get; init; }
    public required MessageType Type { get; init; }
    public required MessageStatus Status { get; init; }
    public required string Text { get; init; }
    public string? Wamid { get; init; }
    public string? ReplyToWamid { get; init; }
    public string? Url { get; init; }
    public string? Error { get; init; }
    public int? ErrorCode { get; init; }
    public long? StaffId { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When the contact deleted it.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it will be sent; null if it is not scheduled.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Cancelled before it was sent.</summary>
    public bool IsCancelled { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Empty if not requested.</summary>
    public MessageContent Content { get; init; } = MessageContent.Empty;

    /// <summary>The sending number: the tenant's or the contact's.</summary>
    public string? SenderId { get; init; }
}
