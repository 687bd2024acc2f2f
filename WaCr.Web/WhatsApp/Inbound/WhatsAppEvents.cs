using System.Text.Json;
using WaCr.Web.Common;

namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>One thing that WhatsApp tells: what a <see cref="WebhookPart"/> holds, read.</summary>
public abstract record WhatsAppEvent;

/// <summary>Somebody on WhatsApp. People who hide their phone have no <paramref name="WaId"/>; older accounts send no <paramref name="UserId"/>.</summary>
public sealed record Person(string? WaId, string? UserId, string? Name)
{
    public const int WaIdMaxLength = 32;
    public const int UserIdMaxLength = 160;
    public const int NameMaxLength = 255;

    public bool IsKnown => WaId is not null || UserId is not null;

    /// <summary>Ids that are longer than any of WhatsApp's are none.</summary>
    public static Person Of(string? waId, string? userId, string? name) => new(
        waId?.Length <= WaIdMaxLength ? waId : null,
        userId?.Length <= UserIdMaxLength ? userId : null,
        name.Cut(NameMaxLength));
}

/// <summary>A customer wrote.</summary>
public sealed record MessageReceived(Person From, InboundMessage Message) : WhatsAppEvent;

/// <summary>The business wrote from its own phone, where number and app are used together.</summary>
public sealed record MessageEchoed(Person To, InboundMessage Message) : WhatsAppEvent;

/// <summary>A person goes on under another id, told beside the messages.</summary>
public sealed record PersonChanged(Person Person, PersonChange Change) : WhatsAppEvent;

/// <param name="Type">WhatsApp's word, also one that we do not know.</param>
/// <param name="Content">The part of the raw message that belongs to its type, or the whole of it where the type is unknown.</param>
/// <param name="ReplyTo">The message that is answered, reacted to, edited or taken back.</param>
public sealed record InboundMessage(string Id, DateTimeOffset SentAt, string Type, string? Text, JsonElement Content, string? ReplyTo)
{
    public InboundMedia? Media { get; init; }

    /// <summary>The group that it was written in; null for a private message.</summary>
    public string? GroupId { get; init; }

    /// <summary>Of an earlier time, told now (field <c>history</c>): it asks for no answer.</summary>
    public bool IsHistory { get; init; }

    /// <summary>The message that it answers, and how it was forwarded; null where there is nothing of it.</summary>
    public JsonElement? Context { get; init; }

    /// <summary>The ad or the post that the customer came from.</summary>
    public JsonElement? Referral { get; init; }

    /// <summary>Why WhatsApp could not hand it over, as it came.</summary>
    public JsonElement? Errors { get; init; }

    /// <summary>For <c>system</c>: what changed about the person.</summary>
    public PersonChange? Change { get; init; }

    /// <summary>For <c>edit</c>: what the message says now.</summary>
    public InboundMessage? Edited { get; init; }

    public WebhookError? Error { get; init; }
}

/// <summary>A file to fetch by its id, within a week.</summary>
public sealed record InboundMedia(string Id, string? ContentType, string? FileName);

/// <summary>The person goes on under another number or id.</summary>
public sealed record PersonChange(string Kind, string? NewWaId, string? NewUserId, string? PreviousUserId);

/// <param name="Status">WhatsApp's word: sent, delivered, read, played, failed.</param>
/// <param name="Reference">What we sent along (<see cref="OutboundMessage.Reference"/>).</param>
public sealed record StatusReported(
    string MessageId, string Status, DateTimeOffset At, string? Reference, Person Recipient, WebhookError? Error, StatusPricing? Pricing) : WhatsAppEvent;

public sealed record StatusPricing(bool? Billable, string? Category, string? Type);

public sealed record WebhookError(int Code, string Title, string? Details);

/// <summary><paramref name="Event"/> is WhatsApp's word: APPROVED, REJECTED, PAUSED, DISABLED and so on.</summary>
public sealed record TemplateStatusChanged(TemplateName Template, string Event, string? Reason) : WhatsAppEvent;

public sealed record TemplateQualityChanged(TemplateName Template, string Quality) : WhatsAppEvent;

public sealed record TemplateCategoryChanged(TemplateName Template, string Category) : WhatsAppEvent;

/// <summary>The language is written with an underscore, however WhatsApp wrote it.</summary>
public sealed record TemplateName(string? Id, string Name, string Language);

/// <summary>What a person lets the business send: <c>stop</c> and <c>resume</c> of <c>marketing_messages</c>.</summary>
public sealed record PreferenceChanged(Person Person, string Category, string Value) : WhatsAppEvent;

/// <summary>What the template says was changed at WhatsApp.</summary>
public sealed record TemplateContentChanged(TemplateName Template) : WhatsAppEvent;

/// <summary>Something about the account or the number.</summary>
/// <param name="Event">WhatsApp's word; empty where it has none.</param>
public sealed record AccountChanged(string Field, string Event) : WhatsAppEvent
{
    public const int DetailsMaxLength = 500;

    /// <summary>All else that it says, by WhatsApp's names.</summary>
    public string Details { get; init; } = "";

    /// <summary>A trouble is over, or there was none.</summary>
    public bool IsGood { get; init; }

    /// <summary>Something is restricted, refused or taken away.</summary>
    public bool IsSerious { get; init; }

    /// <summary>The words of its field that are past with it.</summary>
    public IReadOnlyList<string> Ends { get; init; } = [];

    public DateTimeOffset? At { get; init; }

    /// <summary>The number that it is about; null where it is the account.</summary>
    public string? DisplayPhoneNumber { get; init; }
}

/// <summary>Nothing that we know; kept as it came.</summary>
public sealed record UnknownEvent(string Field) : WhatsAppEvent;
