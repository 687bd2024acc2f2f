using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>Sends a stored message to WhatsApp while the caller waits, and records the result.</summary>
public sealed partial class DirectDelivery(
    IWhatsAppClient whatsApp, DirectSends direct, MessageOutcomes outcomes, ChannelDirectory channels, ILogger<DirectDelivery> logger)
{
    /// <summary>Sends now, even if the caller disconnects. The error is a <see cref="MessageSendFailedError"/>.</summary>
    internal async Task<Result<AcceptedMessage>> SendAsync(OpenChannel channel, SendingMessage message, OutboundMessage outbound)
    {
        direct.Note(channel.Id);
        var answer = await whatsApp.SendAsync(channel.Access, outbound, CancellationToken.None);
        if (answer.Error is { } error)
        {
            await TryRecordAsync(() => outcomes.FailAsync(message, error));
            return error is WhatsAppUncertain uncertain ? Unclear(message, uncertain) : MessageSendFailedError.NotSent(message.Id, error);
        }

        var isAccepted = false;
        return !await TryRecordAsync(async () => isAccepted = await AcceptAsync(channel, message, answer.Value!))
            ? new MessageSendFailedError(message.Id, null, "Not recorded", MessageErrors.NotRecorded, IsUncertain: true)
            : isAccepted ? answer : Unclear(message, new WhatsAppUncertain());
    }

    private static MessageSendFailedError Unclear(SendingMessage message, WhatsAppUncertain error) =>
        new(message.Id, null, "No answer", error.Message, IsUncertain: true);

    private async Task<bool> AcceptAsync(OpenChannel channel, SendingMessage message, AcceptedMessage accepted)
    {
        var isAccepted = await outcomes.AcceptAsync(message, accepted);
        await channels.NoteAsync(channel, null);
        return isAccepted;
    }

    // If the database is unavailable by now, WhatsApp's answer is still returned.
    private async Task<bool> TryRecordAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (Exception failure) when (failure is WriteContentionException || Outage.IsCauseOf(failure))
        {
            Log.NotRecorded(logger, failure);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5361, Level = LogLevel.Error, Message = "Could not record the outcome of a send.")]
        public static partial void NotRecorded(ILogger logger, Exception failure);
    }
}
