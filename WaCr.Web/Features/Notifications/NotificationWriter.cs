using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Notifications.Push;

namespace WaCr.Web.Features.Notifications;

/// <summary>
/// Adds notifications inside another feature's write, for those who want them and in the ways that they chose. The users' pages see them
/// after the commit.
/// </summary>
public static class NotificationWriter
{
    /// <summary>Of a kind that cannot be chosen: it is always in the bell.</summary>
    public static void Add(AppDbContext db, NewNotification notification) => db.Notifications.Add(new Notification
    {
        UserId = notification.UserId,
        Kind = notification.Kind,
        ConversationId = notification.ConversationId,
        FromId = notification.FromId,
        Text = Beginning(notification.Text),
    });

    /// <param name="userIds">The colleagues mentioned.</param>
    /// <param name="fromId">The author; null if no user wrote it.</param>
    public static async Task AddMentionsAsync(
        AppDbContext db, IReadOnlyCollection<long> userIds, long conversationId, long? fromId, string text)
    {
        var recipients = await NotificationRecipients.FindAsync(db, NotificationKind.Mention, member => userIds.Contains(member.UserId));
        recipients.ForEach(recipient => AddTo(db, recipient, NotificationKind.Mention, conversationId, fromId, text));
        await PushQueue.AddAsync(db, NotificationKind.Mention, conversationId, recipients);
    }

    /// <summary>
    /// A contact wrote: tells whom the conversation is assigned to, or everyone if it is nobody. A user has one unread of a conversation,
    /// however much is written.
    /// </summary>
    public static async Task AddMessageAsync(AppDbContext db, long conversationId)
    {
        var assignedId = await db.Conversations.Where(c => c.Id == conversationId).Select(c => c.AssignedId).SingleAsync();
        var kind = assignedId is null ? NotificationKind.MessageUnassigned : NotificationKind.MessageInMine;
        var recipients = await NotificationRecipients.FindAsync(
            db, kind, member => assignedId == null || member.UserId == assignedId);
        if (recipients.Count == 0)
        {
            return;
        }

        var ids = recipients.ConvertAll(recipient => recipient.UserId);
        await db.Notifications
            .Where(n => n.ConversationId == conversationId && n.Kind == kind && n.ReadAt == null && ids.Contains(n.UserId))
            .ExecuteDeleteAsync();
        foreach (var recipient in recipients)
        {
            // Without words: an edit or a deletion would not reach them.
            AddTo(db, recipient, kind, conversationId, fromId: null, text: "");
        }

        await PushQueue.AddAsync(db, kind, conversationId, recipients);

        await db.SaveChangesAsync();
    }

    /// <summary>Somebody has the conversation now: that it was nobody's is no news to the others any more.</summary>
    public static async Task RemoveUnassignedAsync(AppDbContext db, long conversationId, long assignedId)
    {
        var unread = db.Notifications.Where(n => n.ConversationId == conversationId && n.UserId != assignedId
            && n.Kind == NotificationKind.MessageUnassigned && n.ReadAt == null);
        foreach (var userId in await unread.Select(n => n.UserId).Distinct().ToListAsync())
        {
            db.NoteChange(ChangeKind.Notifications, userId);
        }

        await unread.ExecuteDeleteAsync();
    }

    /// <param name="userId">Whom it is assigned to now.</param>
    /// <param name="fromId">Who assigned it; null if no user did.</param>
    public static async Task AddAssignedAsync(AppDbContext db, long conversationId, long userId, long? fromId)
    {
        var recipients = await NotificationRecipients.FindAsync(db, NotificationKind.Assigned, member => member.UserId == userId);
        recipients.ForEach(recipient => AddTo(db, recipient, NotificationKind.Assigned, conversationId, fromId, text: ""));
        await PushQueue.AddAsync(db, NotificationKind.Assigned, conversationId, recipients);

        await db.SaveChangesAsync();
    }

    /// <summary>Tells who started the broadcast; if that was no user of the workspace, or one who left, its owners and admins.</summary>
    /// <param name="by">The user who paused it, who knows; null if nobody did.</param>
    public static async Task AddCampaignPausedAsync(AppDbContext db, long campaignId, long? by)
    {
        var campaign = await db.Campaigns.AsNoTracking().SingleAsync(row => row.Id == campaignId);
        var starter = campaign.ActorKind == ActorKind.User
            && await db.Memberships.AnyAsync(member => member.UserId == campaign.ActorId && member.IsActive)
                ? campaign.ActorId
                : null;
        var recipients = await NotificationRecipients.FindAsync(
            db, NotificationKind.CampaignPaused,
            member => member.UserId != by
                && (starter == null ? member.Role == Role.Owner || member.Role == Role.Admin : member.UserId == starter));
        recipients.ForEach(recipient => db.AccountNotices.Add(NoticeTo(db, recipient, notice => notice.CampaignId = campaignId)));
        await PushQueue.AddAsync(db, NotificationKind.CampaignPaused, campaignId, recipients);
        await db.SaveChangesAsync();
    }

    /// <summary>Tells the workspace's owners and admins of trouble with a number.</summary>
    public static async Task AddChannelTroubleAsync(AppDbContext db, ChannelNotice trouble)
    {
        var recipients = await NotificationRecipients.FindAsync(
            db, NotificationKind.ChannelTrouble, member => member.Role == Role.Owner || member.Role == Role.Admin);
        recipients.ForEach(recipient => db.AccountNotices.Add(NoticeTo(
            db, recipient,
            notice => (notice.ChannelId, notice.Field, notice.Word) = (trouble.ChannelId, trouble.Field, trouble.Word))));
        await PushQueue.AddAsync(db, NotificationKind.ChannelTrouble, trouble.ChannelId, recipients);
    }

    internal static string Beginning(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Notification.TextMaxLength ? line : line.Cut(Notification.TextMaxLength - 1) + "…";
    }

    private static void AddTo(
        AppDbContext db, NotificationRecipient recipient, NotificationKind kind, long conversationId, long? fromId, string text) =>
        db.Notifications.Add(new Notification
        {
            UserId = recipient.UserId,
            Kind = kind,
            ConversationId = conversationId,
            FromId = fromId,
            Text = Beginning(text),
            IsHidden = !recipient.Ways.HasFlag(NotificationWays.Bell),
        });

    private static AccountNotice NoticeTo(AppDbContext db, NotificationRecipient recipient, Action<AccountNotice> about)
    {
        var notice = new AccountNotice
        {
            UserId = recipient.UserId,
            WorkspaceId = db.CurrentTenantId,
            Change = AuditAction.Updated,
            IsHidden = !recipient.Ways.HasFlag(NotificationWays.Bell),
            CreatedAt = db.Now,
        };
        about(notice);
        return notice;
    }
}
