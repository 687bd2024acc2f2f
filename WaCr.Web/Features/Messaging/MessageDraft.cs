using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>Content for one recipient. <paramref name="Text"/> is its readable text.</summary>
internal sealed record Composed(OutboundContent Content, string Text)
{
    /// <summary>The content to store, if it differs: a one-time code must not be stored.</summary>
    public OutboundContent? Kept { get; init; }

    public string? TemplateName { get; init; }
    public string? TemplateLanguage { get; init; }

    /// <summary>Whether it is a marketing template.</summary>
    public bool IsMarketing { get; init; }

    public string? Url { get; init; }

    /// <summary>Content without a text of its own; its words are made of what it holds.</summary>
    public static Composed WithText(OutboundContent content) => new(content, MessageContent.Read(StoredContent.Of(content).Json).Words ?? "");
}

/// <summary>A send request after the checks that need no database: trimmed, parsed, with its errors.</summary>
internal abstract class MessageDraft
{
    protected MessageDraft(SendRequest request, DraftFields fields)
    {
        Fields = fields;
        ReplyTo = fields.Text(MessageFields.ReplyTo, request.ReplyTo, Message.WamidMaxLength);
        SendAt = request.SendAt;
    }

    public FieldErrors Errors => Fields.Errors;

    public required Destination To { get; init; }

    /// <summary>The quoted message: our id or WhatsApp's.</summary>
    public string? ReplyTo { get; }

    /// <summary>Null: at once.</summary>
    public DateTimeOffset? SendAt { get; }

    public abstract MessageType Type { get; }

    /// <summary>Only a template may start a conversation.</summary>
    public bool NeedsOpenWindow => Type != MessageType.Template;

    public NewContact? NewContact { get; protected init; }

    /// <summary>The attached file; null if none.</summary>
    public virtual OutgoingFile? File => null;

    public virtual bool IsVoice => false;

    /// <summary>The message that it concerns, which also tells whom it goes to; null for all but reactions.</summary>
    public virtual string? Target => null;

    /// <summary>The file after its upload to WhatsApp; null during a dry run.</summary>
    public UploadedFile? Uploaded { get; set; }

    protected MediaSource FileSource => MediaSource.Uploaded(Uploaded?.WhatsAppId ?? "not uploaded yet");

    protected DraftFields Fields { get; }

    /// <summary>Builds the content; needs the contact and the database.</summary>
    public abstract Task<Result<Composed>> ComposeAsync(AppDbContext db, OpenChannel channel, Addressee to);
}

/// <param name="Phone">Null if only the contact is named.</param>
/// <param name="Digits">The phone as given; empty if only the contact is named.</param>
internal sealed record Destination(PhoneNumber? Phone, string Digits, long? ContactId)
{
    /// <summary>The phone for the answer; empty if the contact hides it.</summary>
    public string DigitsFor(Addressee to) => Digits.Length > 0 || PhoneNumber.IsNone(to.PhoneKey) ? Digits : TextKey.Digits(to.Phone);
}

/// <summary>Reads the fields of a send request and collects their errors.</summary>
internal sealed class DraftFields(SendRequest request, string homeCountry, bool phoneIsOptional)
{
    public const int PhoneMinLength = 10;
    public const int PhoneMaxLength = 20;

    public FieldErrors Errors { get; } = new FieldErrors().AddAll(request.Unreadable);

    /// <param name="isOptional">Whether somebody else tells whom it goes to.</param>
    public Destination ReadDestination(int phoneMaxLength = PhoneMaxLength, bool isOptional = false)
    {
        var contactId = request.ContactId.Or(null);
        if (phoneIsOptional && (contactId is not null || isOptional) && request.Phone.Or(null) is null)
        {
            return new Destination(null, "", contactId);
        }

        var text = Required(MessageFields.Phone, request.Phone, phoneMaxLength, MessageErrors.PhoneRequired);
        if (text is null)
        {
            return new Destination(null, "", contactId);
        }

        if (text.Length < PhoneMinLength)
        {
            Errors.Add(MessageFields.Phone, TextRule.TooShort(PhoneMinLength));
        }
        else if (!text.All(letter => char.IsAsciiDigit(letter) || letter is '+' or '-' or ' ' or '(' or ')') || !PhoneNumber.TryParse(text, homeCountry, out var phone))
        {
            Errors.Add(MessageFields.Phone, MessageErrors.PhoneInvalid);
        }
        else
        {
            return new Destination(phone, TextKey.Digits(text), contactId);
        }

        return new Destination(null, "", contactId);
    }

    /// <summary>Null if missing or invalid, with an error added.</summary>
    public string? Required(string field, Optional<string?> given, int max, FieldError missing) =>
        Errors.Has(field) ? null : TextRule.Check(Errors, field, given.Or(null), max, missing);

    /// <summary>Null if absent, blank or invalid.</summary>
    public string? Text(string field, Optional<string?> given, int max) => TextRule.Check(Errors, field, given.Or(null), max);
}
