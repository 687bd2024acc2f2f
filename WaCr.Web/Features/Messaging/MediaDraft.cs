using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

public static class MediaFields
{
    public const string MediaType = "media_type";
    public const string Url = "media_url";
    public const string File = "media_file";
    public const string Caption = "caption";
    public const string FileName = "filename";
    public const string Voice = "voice";
    public const string ContactFirstName = "contact.firstname";
    public const string ContactLastName = "contact.lastname";
    public const string ContactCountry = "contact.country";
}

/// <summary>A picture, video, audio or document message.</summary>
internal sealed class MediaDraft : MessageDraft
{
    public const int PhoneMaxLength = 15;

    private readonly FileKind? _kind;
    private readonly string? _caption;

    private MediaDraft(SendMedia request, DraftFields fields) : base(request, fields)
    {
        _kind = ReadKind(request.MediaType);
        var url = fields.Text(MediaFields.Url, request.Url, Message.UrlMaxLength);
        if (url is null && request.File is null && !Errors.Has(MediaFields.Url))
        {
            Errors.Add(MediaFields.Url, MessageErrors.FileRequired);
        }
        else if (url is not null && request.File is not null)
        {
            Errors.Add(MediaFields.File, MessageErrors.OneFile);
        }

        _caption = fields.Text(MediaFields.Caption, request.Caption, Message.CaptionMaxLength);
        if (_caption is not null && _kind == FileKind.Audio)
        {
            Errors.Add(MediaFields.Caption, MessageErrors.NoCaption);
        }

        var name = fields.Text(MediaFields.FileName, request.FileName, MessageMedia.FileNameMaxLength);
        IsVoice = request.IsVoice;
        if (IsVoice && _kind is not null and not FileKind.Audio)
        {
            Errors.Add(MediaFields.Voice, MessageErrors.VoiceOnlyAudio);
        }

        File = _kind is { } kind
            ? new OutgoingFile(request.File is null ? MediaFields.Url : MediaFields.File, kind, url, request.File, name) { IsVoice = IsVoice }
            : null;
        NewContact = ReadContact(request);
    }

    public override MessageType Type => _kind switch
    {
        FileKind.Image => MessageType.Image,
        FileKind.Video => MessageType.Video,
        FileKind.Audio => MessageType.Audio,
        _ => MessageType.Document,
    };

    public override OutgoingFile? File { get; }

    public override bool IsVoice { get; }

    public static MediaDraft Read(SendMedia request, DraftFields fields) =>
        new(request, fields) { To = fields.ReadDestination(PhoneMaxLength) };

    public static MediaKind MediaKindOf(FileKind kind) => kind switch
    {
        FileKind.Image => MediaKind.Image,
        FileKind.Video => MediaKind.Video,
        FileKind.Audio => MediaKind.Audio,
        FileKind.Sticker => MediaKind.Sticker,
        _ => MediaKind.Document,
    };

    public override Task<Result<Composed>> ComposeAsync(AppDbContext db, OpenChannel channel, Addressee to)
    {
        var caption = _caption is null ? null : MergeFields.Fill(_caption, to);
        if (TextRule.IsTooLong(caption, Message.CaptionMaxLength))
        {
            return Task.FromResult<Result<Composed>>(new ValidationError(MediaFields.Caption, TextRule.TooLong(Message.CaptionMaxLength)));
        }

        var name = _kind == FileKind.Document ? Uploaded?.FileName : null;
        return Task.FromResult<Result<Composed>>(
            new Composed(new MediaContent(MediaKindOf(_kind!.Value), FileSource, caption, name, IsVoice), caption ?? "") { Url = File!.Url });
    }

    private FileKind? ReadKind(Optional<string?> given)
    {
        switch (given.Or(null)?.Trim())
        {
            case "image": return FileKind.Image;
            case "document": return FileKind.Document;
            case "video": return FileKind.Video;
            case "audio": return FileKind.Audio;
            default:
                if (!Errors.Has(MediaFields.MediaType))
                {
                    Errors.Add(MediaFields.MediaType, MessageErrors.MediaTypeInvalid);
                }

                return null;
        }
    }

    private NewContact ReadContact(SendMedia request)
    {
        var email = Fields.Text(MessageFields.ContactEmail, request.ContactEmail, Contact.EmailMaxLength);
        if (email is not null && !TextRule.IsEmail(email))
        {
            Errors.Add(MessageFields.ContactEmail, MessageErrors.EmailInvalid);
        }

        var country = request.ContactCountry.Or(null)?.Trim();
        var found = string.IsNullOrEmpty(country) ? null : Country.Shipped.FirstOrDefault(known =>
            known.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == country
            || country.Equals(known.Code, StringComparison.OrdinalIgnoreCase)
            || country.Equals(known.Code3, StringComparison.OrdinalIgnoreCase)
            || country.Equals(known.Name, StringComparison.OrdinalIgnoreCase));
        if (found is null && !string.IsNullOrEmpty(country))
        {
            Errors.Add(MediaFields.ContactCountry, MessageErrors.CountryUnknown);
        }

        return new NewContact
        {
            FirstName = Fields.Text(MediaFields.ContactFirstName, request.ContactFirstName, Contact.NameMaxLength),
            LastName = Fields.Text(MediaFields.ContactLastName, request.ContactLastName, Contact.NameMaxLength),
            Email = email,
            CountryId = found?.Id,
            AssignedId = request.ContactAssignedId.Or(null),
            Groups = [.. request.ContactGroups.Distinct()],
        };
    }
}
