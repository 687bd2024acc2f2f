using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>What goes out, once it is known to whom. <paramref name="Text"/> is what a reader sees of it.</summary>
internal sealed record Composed(OutboundContent Content, string Text)
{
    /// <summary>What is kept of <paramref name="Content"/>, where that is not all of it: a one-time code is nobody's to read later.</summary>
    public OutboundContent? Kept { get; init; }

    public string? TemplateName { get; init; }
    public string? TemplateLanguage { get; init; }
    public string? Url { get; init; }
}

/// <summary>A request to send after the rules that need no database: trimmed, parsed, and with its errors.</summary>
internal abstract class MessageDraft
{
    protected MessageDraft(SendRequest request, DraftFields fields)
    {
        Fields = fields;
        ReplyTo = request.ReplyTo;
    }

    public FieldErrors Errors => Fields.Errors;

    public required Destination To { get; init; }

    public string? ReplyTo { get; }

    public abstract MessageType Type { get; }

    /// <summary>Only a template may open a conversation.</summary>
    public bool NeedsOpenWindow => Type != MessageType.Template;

    public NewContact? NewContact { get; protected init; }

    /// <summary>The file that goes with it; null where none does.</summary>
    public virtual OutgoingFile? File => null;

    /// <summary>That file once WhatsApp has it; null while it is only found out whether there is anything in the way of sending.</summary>
    public UploadedFile? Uploaded { get; set; }

    protected MediaSource FileSource => MediaSource.Uploaded(Uploaded?.WhatsAppId ?? "not uploaded yet");

    protected DraftFields Fields { get; }

    /// <summary>What depends on the contact, and what needs the database.</summary>
    public abstract Task<Result<Composed>> ComposeAsync(AppDbContext db, OpenChannel channel, Addressee to);
}

/// <param name="Phone">Null where the contact alone is named.</param>
/// <param name="Digits">The phone as it was given; empty where the contact alone is named.</param>
internal sealed record Destination(PhoneNumber? Phone, string Digits, long? ContactId)
{
    /// <summary>The phone as the answer tells it; empty of somebody who shows none.</summary>
    public string DigitsFor(Addressee to) => Digits.Length > 0 || PhoneNumber.IsNone(to.PhoneKey) ? Digits : TextKey.Digits(to.Phone);
}

/// <summary>Reads fields of a send and collects what is wrong with them.</summary>
internal sealed class DraftFields(SendRequest request, string homeCountry, bool phoneIsOptional)
{
    public const int PhoneMinLength = 10;
    public const int PhoneMaxLength = 20;

    public FieldErrors Errors { get; } = new FieldErrors().AddAll(request.Unreadable);

    public Destination ReadDestination(int phoneMaxLength = PhoneMaxLength)
    {
        var contactId = request.ContactId.Or(null);
        if (phoneIsOptional && contactId is not null && request.Phone.Or(null) is null)
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

    /// <summary>Null where it is missing or wrong; then an error says so.</summary>
    public string? Required(string field, Optional<string?> given, int max, FieldError missing) =>
        Errors.Has(field) ? null : TextRule.Check(Errors, field, given.Or(null), max, missing);

    /// <summary>Null where it is absent, blank or wrong.</summary>
    public string? Text(string field, Optional<string?> given, int max) => TextRule.Check(Errors, field, given.Or(null), max);
}
