using WaCr.Web.Data;
using WaCr.Web.Features.Channels;

namespace WaCr.Web.Features.Messaging;

/// <summary>A message that is ready to be stored: recipient, content, conversation.</summary>
/// <param name="ReplyToWamid">WhatsApp's id of the message that it quotes or reacts to.</param>
internal sealed record PreparedMessage(
    Addressee To, Composed Composed, Conversation Conversation, MessageRoute Route, string? ReplyToWamid);

/// <summary>
/// The checks of a send that need the database, in the order of the API's contract; the same whether it goes now or later.
/// </summary>
public sealed class SendPreparation(ContactResolver contacts, ConversationService conversations, TimeProvider time)
{
    /// <summary>Runs inside the caller's write: a contact that it makes goes with it if something stands in the way.</summary>
    /// <param name="isAnswer">See <see cref="SendConsent"/>.</param>
    internal async Task<Result<PreparedMessage>> PrepareAsync(
        AppDbContext db, OpenChannel channel, MessageDraft draft, bool isAnswer = false)
    {
        var target = draft.Target is { } named ? await MessageTargets.FindAsync(db, named) : null;
        var found = await FindContactAsync(db, channel, draft, target);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var to = found.Value;
        if (SendConsent.Refusal(to, isMarketing: false, isAnswer) is { } unwanted)
        {
            return unwanted;
        }

        if (target is not null && draft is ReactionDraft reaction && reaction.Aim(target, time.GetUtcNow()) is { } unfit)
        {
            return new ValidationError(ReactionFields.MessageId, unfit);
        }

        var composed = await draft.ComposeAsync(db, channel, to);
        if (!composed.Succeeded)
        {
            return composed.Error;
        }

        if (SendConsent.Refusal(to, composed.Value.IsMarketing, isAnswer) is { } noMarketing)
        {
            return noMarketing;
        }

        if (composed.Value.IsMarketing && channel.MarketingIsStopped)
        {
            return new MarketingStoppedError();
        }

        var conversation = await conversations.FindOrCreateAsync(db, to, channel.Id);
        if (target is not null && target.ConversationId != conversation.Id)
        {
            return new ValidationError(ReactionFields.MessageId, MessageErrors.TargetOfAnother);
        }

        var quoted = draft.ReplyTo is { } replyTo ? await MessageTargets.FindAsync(db, replyTo) : target;
        if (draft.ReplyTo is not null && (quoted?.Wamid is null || quoted.ConversationId != conversation.Id))
        {
            return new ValidationError(
                MessageFields.ReplyTo, quoted?.ConversationId == conversation.Id ? MessageErrors.ReplyToUnsent : MessageErrors.ReplyToUnknown);
        }

        return to.RouteIn(conversation, draft.To.Phone) is { } route
            ? new PreparedMessage(to, composed.Value, conversation, route, quoted?.Wamid)
            : new ValidationError(MessageFields.ContactId, MessageErrors.NoAddress);
    }

    private async Task<Result<Addressee>> FindContactAsync(AppDbContext db, OpenChannel channel, MessageDraft draft, MessageTarget? target)
    {
        if (draft.Target is not null && target is null)
        {
            return MessageErrors.NotFound;
        }

        if ((draft.To.ContactId ?? target?.ContactId) is not { } id)
        {
            return await contacts.FindOrCreateAsync(db, channel, draft.To.Phone!, draft.NewContact);
        }

        if (await PersonResolver.FindAddresseeAsync(db, id) is not { } known)
        {
            return MessageErrors.ContactNotFound;
        }

        return draft.To.Phone is { } phone && phone.Key != known.PhoneKey
            && await PersonResolver.FindByPhoneAsync(db, phone) != known.ContactId
            ? new ValidationError(MessageFields.Phone, MessageErrors.PhoneOfAnother)
            : known;
    }
}
