using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Files;

namespace WaCr.Web.Features.Messaging;

/// <summary>Sends a message's content to another conversation, as a new message.</summary>
public sealed class MessageForwarder(
    IDbContextFactory<AppDbContext> contexts, TenantContext tenant, MessageSender sender, FileQueries files)
{
    public static readonly FieldError UnfitError = new("message.forward_unfit", "This kind of message cannot be forwarded");

    /// <summary>WhatsApp lets nobody mark a message as forwarded: it arrives as one of the business's own.</summary>
    public async Task<Result<SentMessage>> ForwardAsync(long messageId, long conversationId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var message = await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId, cancellationToken);
        var contactId = await db.Conversations.Where(c => c.Id == conversationId).Select(c => (long?)c.ContactId)
            .SingleOrDefaultAsync(cancellationToken);
        if (message is null || contactId is not { } to)
        {
            return MessageErrors.NotFound;
        }

        // What is forwarded answers nobody.
        if (await PersonResolver.FindAddresseeAsync(db, to) is { } addressee
            && SendConsent.Refusal(addressee, isMarketing: false) is { } unwanted)
        {
            return unwanted;
        }

        var media = await db.MessageMedia.AsNoTracking().SingleOrDefaultAsync(m => m.MessageId == messageId, cancellationToken);
        if (media?.MediaFileId is not { } fileId || message.Type == MessageType.Template)
        {
            return RequestOf(message) is { } request
                ? await sender.SendAsync(request with { ContactId = to }, cancellationToken)
                : new ValidationError(MessageFields.Message, UnfitError);
        }

        var opened = await files.OpenAsync(fileId, messageId, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        await using var content = opened.Value.Content;
        return await sender.SendAsync(FileRequestOf(message, media, new FileInput(content, opened.Value.Name)) with { ContactId = to }, cancellationToken);
    }

    private static SendMessage? RequestOf(Message message)
    {
        var content = MessageContent.Read(message.Content);
        return content switch
        {
            { Location: { } place } => LocationOf(place),
            { Cards: { Count: > 0 } cards } => new SendCards { Cards = [.. cards.Take(CardsDraft.MaxCards).Select(CardOf)] },
            _ when message.Type == MessageType.Reaction || message.Type.IsEvent() || message.Text.Length == 0 || MaskedCode.IsIn(message.Text) => null,
            _ => new SendText { Message = message.Text },
        };
    }

    private static SendLocation? LocationOf(MessagePlace place) =>
        decimal.TryParse(place.Latitude, CultureInfo.InvariantCulture, out var latitude) && decimal.TryParse(place.Longitude, CultureInfo.InvariantCulture, out var longitude)
            ? new SendLocation { Latitude = latitude, Longitude = longitude, Name = place.Name, Address = place.Address }
            : null;

    private static CardInput CardOf(MessageCard card) => new()
    {
        Name = card.Name ?? card.Company ?? card.Phones.Select(phone => phone.Number).FirstOrDefault(),
        Company = card.Company,
        Phones = [.. card.Phones.Select(phone => new CardPhoneInput(phone.Number, phone.WaId, phone.Kind))],
        Emails = [.. card.Emails.Where(TextRule.IsEmail)],
    };

    private static SendMessage FileRequestOf(Message message, MessageMedia media, FileInput file) => message.Type == MessageType.Sticker
        ? new SendSticker { File = file }
        : new SendMedia
        {
            MediaType = message.Type switch
            {
                MessageType.Image => "image",
                MessageType.Video => "video",
                MessageType.Audio => "audio",
                _ => "document",
            },
            File = file,
            FileName = file.FileName,
            Caption = message.Text.Length > 0 && message.Type != MessageType.Audio ? message.Text : default(Optional<string?>),
            IsVoice = message.Type == MessageType.Audio && media.IsVoice,
        };
}
