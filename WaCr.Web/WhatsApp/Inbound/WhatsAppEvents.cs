namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>One event from WhatsApp: the parsed content of a <see cref="WebhookPart"/>.</summary>
public abstract record WhatsAppEvent;

/// <summary>
/// A WhatsApp user. People who hide their phone have no <paramref name="WaId"/>; older accounts send no <paramref name="UserId"/>.
/// </summary>
public sealed record Person(string? WaId, string? UserId, string? Name)
{
    public const int WaIdMaxLength = 32;
    public const int UserIdMaxLength = 160;
    public const int NameMaxLength = 255;

    public const int UsernameMaxLength = 64;

    /// <summary>The id that all portfolios of a parent business know the person by.</summary>
    public string? ParentUserId { get; init; }

    /// <summary>Without the @.</summary>
    public string? Username { get; init; }

    public bool IsKnown => WaId is not null || UserId is not null;

    /// <summary>Ids longer than any of WhatsApp's are ignored.</summary>
    public static Person Of(string? waId, string? userId, string? name, string? parentUserId = null, string? username = null) => new(
        waId?.Length <= WaIdMaxLength ? waId : null,
        userId?.Length <= UserIdMaxLength ? userId : null,
        name.Cut(NameMaxLength))
    {
        ParentUserId = parentUserId?.Length <= UserIdMaxLength ? parentUserId : null,
        Username = username?.TrimStart('@') is { Length: > 0 and <= UsernameMaxLength } known ? known : null,
    };

    public override string ToString() => nameof(Person);
}

/// <summary>A contact wrote.</summary>
public sealed record MessageReceived(Person From, InboundMessage Message) : WhatsAppEvent;

/// <summary>The business wrote from its own phone, if number and app are used together.</summary>
public sealed record MessageEchoed(Person To, InboundMessage Message) : WhatsAppEvent;

/// <summary>A person's id changed, reported separately from messages.</summary>
public sealed record PersonChanged(Person Person, PersonChange Change) : WhatsAppEvent;

/// <summary>Somebody in the address book of the business's own phone, if number and app are used together.</summary>
public sealed record PersonNamed(Person Person) : WhatsAppEvent;

/// <summary>The person's number or id changed.</summary>
public sealed record PersonChange(string Kind, string? NewWaId, string? NewUserId, string? PreviousUserId)
{
    public string? NewParentUserId { get; init; }

    public override string ToString() => nameof(PersonChange);
}

/// <param name="Status">WhatsApp's word: sent, delivered, read, played, failed.</param>
/// <param name="Reference">Our reference (<see cref="OutboundMessage.Reference"/>).</param>
public sealed record StatusReported(
    string MessageId, string Status, DateTimeOffset At, string? Reference, Person Recipient, WebhookError? Error,
    StatusPricing? Pricing) : WhatsAppEvent;

/// <summary>What WhatsApp charges for a message, in its own words.</summary>
/// <param name="Type"><c>regular</c>, or one that begins with <c>free_</c>.</param>
/// <param name="Model"><c>PMP</c>: by the message.</param>
public sealed record StatusPricing(bool? Billable, string? Category, string? Type, string? Model)
{
    /// <summary>Whether it is charged; null if WhatsApp says neither.</summary>
    public bool? IsBillable => Billable ?? (Type is null ? null : !Type.StartsWith("free_", StringComparison.Ordinal));
}

public sealed record WebhookError(int Code, string Title, string? Details);

/// <summary><paramref name="Event"/> is WhatsApp's word: APPROVED, REJECTED, PAUSED, DISABLED and so on.</summary>
public sealed record TemplateStatusChanged(TemplateName Template, string Event, string? Reason) : WhatsAppEvent;

public sealed record TemplateQualityChanged(TemplateName Template, string Quality) : WhatsAppEvent;

public sealed record TemplateCategoryChanged(TemplateName Template, string Category) : WhatsAppEvent;

/// <summary>The language always has an underscore, however WhatsApp wrote it.</summary>
public sealed record TemplateName(string? Id, string Name, string Language);

/// <summary>A person stopped, resumed or signed up for messages: <c>stop</c>, <c>resume</c>, <c>signup</c>.</summary>
public sealed record PreferenceChanged(Person Person, string Category, string Value) : WhatsAppEvent
{
    /// <summary>WhatsApp's id of the sign-up; null for a switch.</summary>
    public string? SignUpId { get; init; }
}

/// <summary>The template's content was changed at WhatsApp.</summary>
public sealed record TemplateContentChanged(TemplateName Template) : WhatsAppEvent;

/// <summary>An event of the account or the number.</summary>
/// <param name="Event">WhatsApp's word; empty where it has none.</param>
public sealed record AccountChanged(string Field, string Event) : WhatsAppEvent
{
    public const int DetailsMaxLength = 500;

    /// <summary>All other members, by WhatsApp's names.</summary>
    public string Details { get; init; } = "";

    /// <summary>A problem has ended, or there was none.</summary>
    public bool IsGood { get; init; }

    /// <summary>Something is restricted, refused or taken away.</summary>
    public bool IsSerious { get; init; }

    /// <summary>The earlier words of its field that it ends.</summary>
    public IReadOnlyList<string> Ends { get; init; } = [];

    /// <summary>When a restriction ends by itself; of several, the last.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The new limit of people a day; see <see cref="MessagingLimit"/>.</summary>
    public int? DailyLimit { get; init; }

    /// <summary>The display name's state, in the words of a read of the number.</summary>
    public string? NameStatus { get; init; }

    /// <summary>The number's new throughput, in the words of a read of the number.</summary>
    public string? Throughput { get; init; }

    /// <summary>The account has signed the terms of the Marketing Messages API.</summary>
    public bool SignsMarketingTerms => (Field, Event) is (AccountEventNames.Account, AccountEventNames.TermsSigned);

    /// <summary>The number may send more messages a second.</summary>
    public bool RaisesThroughput => (Field, Event) is (AccountEventNames.Quality, AccountEventNames.ThroughputRaised);

    public DateTimeOffset? At { get; init; }

    /// <summary>The number; null if the event is about the account.</summary>
    public string? DisplayPhoneNumber { get; init; }
}

/// <summary>An event that we do not know; stored unchanged.</summary>
public sealed record UnknownEvent(string Field) : WhatsAppEvent;
