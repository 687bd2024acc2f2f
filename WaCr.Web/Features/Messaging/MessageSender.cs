using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// Sends while the caller waits: stores the message first, so that every send is recorded, then calls WhatsApp outside any write, then
/// records the result. A scheduled message is stored only; the outbox sends it.
/// </summary>
public sealed class MessageSender(
    TenantContext tenant, PlanFeatures plan, ChannelDirectory channels, OutgoingFiles files, DirectMessageWriter rows,
    ScheduledMessageWriter later, DirectDelivery delivery, SendReplay replay, TimeProvider time)
{
    public async Task<Result<SentMessage>> SendAsync(SendMessage request, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        // A card tells what the contact's own page tells.
        if (request is SendCards { NamesContacts: true } && tenant.Require(Permissions.ContactsRead) is { } unread)
        {
            return unread;
        }

        return await SendAsync(request.ReadDraft(new DraftFields(request, tenant.Tenant.Country, phoneIsOptional: true)), cancellationToken);
    }

    /// <summary>Sends for other features, which check their own permissions.</summary>
    internal async Task<Result<SentMessage>> SendAsync(MessageDraft draft, CancellationToken cancellationToken)
    {
        if (draft.SendAt is { } at && !draft.Errors.Has(MessageFields.SendAt) && SendTime.BrokenBy(at, time.GetUtcNow()) is { } broken)
        {
            draft.Errors.Add(MessageFields.SendAt, broken);
        }

        if (draft.Errors.Any)
        {
            return new ValidationError(draft.Errors);
        }

        // A repeated request is answered from its message, without sending again.
        if (await replay.RecallAsync(draft.To.Digits, cancellationToken) is { } known)
        {
            return known;
        }

        if (draft.File is { } file && await OutgoingFiles.CheckAsync(file, cancellationToken) is { } unfit)
        {
            return unfit;
        }

        if (draft is TemplateDraft && await plan.MissingAsync(FeatureNames.WhatsAppTemplates, cancellationToken) is { } missing)
        {
            return missing;
        }

        var opened = await channels.OpenAsync(cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        if (draft.File is { } wanted && await AttachAsync(opened.Value, draft, wanted, cancellationToken) is { } refused)
        {
            return refused;
        }

        return draft.SendAt is null
            ? await SendAsync(opened.Value, draft, cancellationToken)
            : await replay.WriteAsync(
                db => later.WriteAsync(db, opened.Value, draft), message => new StoredSend(message.Id, message.SendAt), cancellationToken);
    }

    /// <summary>Downloads and uploads the file, after all other checks have passed; null on success.</summary>
    private async Task<AppError?> AttachAsync(
        OpenChannel channel, MessageDraft draft, OutgoingFile file, CancellationToken cancellationToken)
    {
        if (await rows.DryRunAsync(db => TryAsync(db, channel, draft), cancellationToken) is { } inTheWay)
        {
            return inTheWay;
        }

        var failure = await files.AttachAsync(channel, draft, file, cancellationToken);
        return failure is null or ValidationError ? failure : MessageSendFailedError.NotSent(null, failure);
    }

    private async Task<AppError?> TryAsync(AppDbContext db, OpenChannel channel, MessageDraft draft) =>
        draft.SendAt is null ? (await rows.WriteAsync(db, channel, draft)).Error : (await later.WriteAsync(db, channel, draft)).Error;

    private async Task<Result<SentMessage>> SendAsync(OpenChannel channel, MessageDraft draft, CancellationToken cancellationToken)
    {
        var written = await replay.WriteAsync(db => rows.WriteAsync(db, channel, draft), sent => new StoredSend(sent.Row.Id), cancellationToken);
        if (!written.Succeeded)
        {
            return written.Error;
        }

        var message = written.Value;
        var answer = await delivery.SendAsync(channel, message.Row, message.Outbound);
        if (!answer.Succeeded)
        {
            if (answer.Error is MessageSendFailedError { IsUncertain: false })
            {
                replay.Free(); // nothing was sent: the request may be repeated
            }

            return answer.Error;
        }

        return new SentMessage(
            message.Row.Id, answer.Value.MessageId, message.Row.ContactId, message.Row.ConversationId, draft.To.DigitsFor(message.To),
            message.Composed.Text, time.UtcNowInSeconds())
        {
            Url = message.Url,
            FileName = draft.Uploaded?.FileName,
            Language = message.Composed.TemplateLanguage,
        };
    }
}
