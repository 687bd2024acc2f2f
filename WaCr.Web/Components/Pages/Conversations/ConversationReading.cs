using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Comments;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>An open conversation: its newest part, or the part around a message found by search.</summary>
public sealed class ConversationReading(
    InboxQueries inbox, ConversationHistoryQueries history, ConversationActions actions,
    CommentService comments, NotificationService notifications, MessageReceipts receipts, TimeProvider time,
    ILogger<ConversationReading> logger)
{
    private const int MaxPages = 10;
    private static readonly TimeSpan WritingShown = TimeSpan.FromSeconds(20);

    private long _id;
    private long? _until;
    private readonly NewestRead _newest = new(logger);
    private readonly List<Outgoing> _sending = [];
    private readonly HashSet<long> _arrived = [];
    private bool _isLeftUnread;
    private DateTimeOffset _toldWritingAt;
    private int _size = ConversationHistoryQueries.PageSize;

    /// <summary>Null until loaded.</summary>
    public OpenConversation? Conversation { get; private set; }

    /// <inheritdoc cref="Conversation"/>
    public ConversationHistoryPage? History { get; private set; }

    /// <summary>The contact's newest message; null if there is none, or it is not loaded.</summary>
    public ConversationMessage? LastOfTheirs => IsOfThePast ? null : History?.Messages.LastOrDefault(message => message.Direction == MessageDirection.Inbound);

    /// <summary>Why it could not be loaded.</summary>
    public AppError? Failure { get; private set; }

    /// <summary>Whether newer messages exist that are not shown.</summary>
    public bool IsOfThePast => _until is not null;

    /// <summary>Messages of this page on their way that <see cref="History"/> does not include yet.</summary>
    public IReadOnlyList<PendingMessage> Sending => _sending.ConvertAll(outgoing => outgoing.Message);

    /// <param name="id">The conversation's.</param>
    /// <param name="messageId">The message to open it at; null for the end.</param>
    /// <param name="cancellationToken">Cancelled when the page closes.</param>
    public async Task OpenAsync(long id, long? messageId, CancellationToken cancellationToken)
    {
        _id = id;
        _until = messageId is { } sought
            ? (await Attempt.RunAsync(() => history.FindEndAroundAsync(id, sought, cancellationToken), logger, cancellationToken)).Value
            : null;
    }

    /// <summary>
    /// Returns whether it was loaded. What is shown stays if the database fails for a moment: it holds an unsent message.
    /// </summary>
    public async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var sent = _sending.FindAll(outgoing => outgoing.IsSent);
        if (await _newest.RunAsync(FindAsync, cancellationToken) is not { } found)
        {
            return false;
        }

        Failure = found.Error is OutageError && Conversation is not null ? null : found.Error;
        if (!found.Succeeded)
        {
            return false;
        }

        (Conversation, History) = found.Value;
        _sending.RemoveAll(outgoing => HasArrived(outgoing, History) || sent.Contains(outgoing));
        return true;
    }

    /// <summary>The user sees what was loaded. Returns whether it was unread and is now read.</summary>
    public async Task<bool> ReadAsync()
    {
        if (_isLeftUnread || Conversation is not { } conversation || History is not { } page)
        {
            return false;
        }

        await Attempt.RunAsync(() => notifications.ReadOfAsync(_id, CancellationToken.None), logger);
        if (_isLeftUnread || conversation.Unread == 0 || page.Messages.Count == 0)
        {
            return false;
        }

        await Attempt.RunAsync(() => actions.MarkReadAsync(_id, page.Messages[^1].Id, CancellationToken.None), logger);
        return true;
    }

    /// <summary>Takes effect with the next load.</summary>
    public void ShowMore() =>
        _size = Math.Min(_size + ConversationHistoryQueries.PageSize, ConversationHistoryQueries.PageSize * MaxPages);

    /// <summary>
    /// Returns the error. A message that was stored is among <see cref="Sending"/> until the history has it, at the latest until a load that
    /// began after it was sent.
    /// </summary>
    public async Task<Result<Done>> SendAsync(PendingMessage message)
    {
        var newest = History?.Messages.Select(known => known.Id).DefaultIfEmpty().Max() ?? 0;
        var outgoing = new Outgoing(message, newest);
        _sending.Add(outgoing);
        var sent = await Attempt.RunAsync(message.Send, logger);
        outgoing.IsSent = true;
        if (sent.Error is not null and not MessageSendFailedError { MessageId: not null })
        {
            _sending.Remove(outgoing);
        }

        return sent;
    }

    /// <summary>Returns the error; null if saved.</summary>
    public async Task<AppError?> CommentAsync(string text) =>
        (await Attempt.RunAsync(() => comments.AddAsync(_id, text, CancellationToken.None), logger)).Error;

    /// <summary>
    /// Leaves this message of the contact, and what came after it, unread; a load does not mark it read any more. Returns the error or null.
    /// </summary>
    public async Task<AppError?> LeaveUnreadAsync(long messageId)
    {
        _isLeftUnread = true;
        var left = await Attempt.RunAsync(() => actions.MarkUnreadAsync(_id, messageId, CancellationToken.None), logger);
        _isLeftUnread = left.Succeeded;
        return left.Error;
    }

    /// <summary>The contact is being written to: they see it for 25 seconds, so it is told again before that, however fast somebody
    /// types.</summary>
    public void NotifyTyping()
    {
        if (_toldWritingAt + WritingShown < time.GetUtcNow())
        {
            _toldWritingAt = time.GetUtcNow();
            _ = NotifyAsync(isWriting: true);
        }
    }

    /// <summary>
    /// Shows the contact that their messages were read, and that somebody writes, where the number does so. Nobody waits for it, and a tick
    /// that stays grey is no news: what is wrong with the token is recorded with the number.
    /// </summary>
    public async Task NotifyAsync(bool isWriting)
    {
        if (Conversation?.SendsReadReceipts == true && History?.Messages.LastOrDefault(IsTheirs) is { } last)
        {
            var id = last.Id.ToString(CultureInfo.InvariantCulture);
            await Attempt.RunAsync(() => receipts.MarkReadAsync(id, isWriting, CancellationToken.None), logger);
        }
    }

    // It is stored, and shown by any refresh, before WhatsApp has answered; its id is known only then.
    private bool HasArrived(Outgoing outgoing, ConversationHistoryPage page) =>
        page.Messages.FirstOrDefault(message => message.Direction == MessageDirection.Outbound && message.Id > outgoing.After
            && message.Text == outgoing.Message.Text && !_arrived.Contains(message.Id)) is { } stored
        && _arrived.Add(stored.Id);

    private static bool IsTheirs(ConversationMessage message) =>
        message is { Direction: MessageDirection.Inbound, Wamid: not null, IsEvent: false };

    private async Task<Result<(OpenConversation, ConversationHistoryPage)>> FindAsync(CancellationToken cancellationToken)
    {
        var conversation = await inbox.GetAsync(_id, cancellationToken);
        if (!conversation.Succeeded)
        {
            return conversation.Error;
        }

        var page = await history.ListAsync(_id, _until, _size, cancellationToken);
        return page.Succeeded ? (conversation.Value, page.Value) : page.Error;
    }

    /// <param name="message">What is sent.</param>
    /// <param name="after">The newest message that was shown when it was sent.</param>
    private sealed class Outgoing(PendingMessage message, long after)
    {
        public PendingMessage Message { get; } = message;

        public long After { get; } = after;

        public bool IsSent { get; set; }
    }
}
