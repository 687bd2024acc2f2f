using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Messaging;

/// <summary>What every send has in common. People in the staff app may leave the phone out: they send to a contact that they see.</summary>
public abstract record SendRequest
{
    public Optional<string?> Phone { get; init; }
    public Optional<long?> ContactId { get; init; }

    /// <summary>The wamid of the message that this one quotes.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Fields that the door could not read, with the reason.</summary>
    public FieldErrors Unreadable { get; init; } = [];
}

/// <summary>A send of one of the product's own kinds: it knows how it is read.</summary>
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

    /// <summary>Null where none were given.</summary>
    public IReadOnlyList<ButtonInput>? Buttons { get; init; }

    public IReadOnlyList<SectionInput>? Sections { get; init; }

    internal override MessageDraft ReadDraft(DraftFields fields) => InteractiveDraft.Read(this, fields);
}

public sealed record ButtonInput(Optional<string?> Id, Optional<string?> Title);

public sealed record SectionInput(Optional<string?> Title, IReadOnlyList<RowInput>? Rows);

public sealed record RowInput(Optional<string?> Id, Optional<string?> Title, Optional<string?> Description);

/// <summary>A file that came with a request. Its stream belongs to the door.</summary>
public sealed record FileInput(Stream Content, string? FileName);

public sealed record SendMedia : SendMessage
{
    public Optional<string?> MediaType { get; init; }
    public Optional<string?> Url { get; init; }
    public FileInput? File { get; init; }
    public Optional<string?> Caption { get; init; }
    public Optional<string?> FileName { get; init; }

    /// <summary>For a contact that is not there yet, as are the next five.</summary>
    public Optional<string?> ContactFirstName { get; init; }

    public Optional<string?> ContactLastName { get; init; }
    public Optional<string?> ContactEmail { get; init; }

    /// <summary>Its id, its code or its name.</summary>
    public Optional<string?> ContactCountry { get; init; }

    public Optional<long?> ContactAssignedId { get; init; }
    public IReadOnlyList<long> ContactGroups { get; init; } = [];

    internal override MessageDraft ReadDraft(DraftFields fields) => MediaDraft.Read(this, fields);
}

public sealed record SendTemplate : SendMessage
{
    public Optional<string?> Name { get; init; }

    /// <summary>Left out, the only one that the template has; <see cref="TemplateSendFields.ContactLanguage"/> for the contact's.</summary>
    public Optional<string?> Language { get; init; }

    /// <summary>Where the template has no translation for the contact's language.</summary>
    public Optional<string?> FallbackLanguage { get; init; }

    /// <summary>By the API's fields: <c>header_field_1</c>, <c>field_1</c> and so on, <c>button_0</c> and so on.</summary>
    public IReadOnlyDictionary<string, Optional<string?>> Texts { get; init; } = new Dictionary<string, Optional<string?>>(StringComparer.Ordinal);

    /// <summary>By <c>image</c>, <c>video</c>, <c>document</c>.</summary>
    public IReadOnlyDictionary<string, Optional<string?>> HeaderUrls { get; init; } = new Dictionary<string, Optional<string?>>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, FileInput> HeaderFiles { get; init; } = new Dictionary<string, FileInput>(StringComparer.Ordinal);
    public Optional<string?> HeaderDocumentName { get; init; }

    /// <summary>Puts six random digits into the body's value number <see cref="CodeNumber"/>.</summary>
    public bool GeneratesCode { get; init; }

    public Optional<long?> CodeNumber { get; init; }

    internal override MessageDraft ReadDraft(DraftFields fields) => TemplateDraft.Read(this, fields);
}

/// <summary>A message that WhatsApp took.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Phone">Digits, as they were given.</param>
/// <param name="Text">After merging.</param>
public sealed record SentMessage(long Id, string Wamid, long ContactId, long ConversationId, string Phone, string Text, DateTimeOffset SentAt)
{
    /// <summary>Of its file.</summary>
    public string? Url { get; init; }

    public string? FileName { get; init; }

    /// <summary>Of a template: the language that was chosen.</summary>
    public string? Language { get; init; }
}

/// <summary>A message as doors show it.</summary>
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

    /// <summary>When the customer took it back.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Empty where it was not asked for.</summary>
    public MessageContent Content { get; init; } = MessageContent.Empty;

    /// <summary>The number that it came from: the tenant's own, or the customer's.</summary>
    public string? SenderId { get; init; }
}
