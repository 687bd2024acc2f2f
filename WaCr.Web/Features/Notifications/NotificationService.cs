using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Notifications;

/// <summary>The current user's notifications; nobody else can read them.</summary>
public sealed class NotificationService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    public const int Shown = 30;

    /// <summary>Maximum count; the screen shows "99+".</summary>
    public const int MaxCounted = 100;

    private long UserId => tenant.Actor is { Kind: ActorKind.User, Id: { } id } ? id : 0;

    public async Task<Result<int>> CountUnreadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var me = UserId;
        return await db.Notifications.Where(n => n.UserId == me && n.ReadAt == null && !n.IsHidden).Take(MaxCounted).CountAsync(cancellationToken)
            + await NoticesOf(db, me).Where(n => n.ReadAt == null && !n.IsHidden).Take(MaxCounted).CountAsync(cancellationToken);
    }

    /// <summary>Newest first.</summary>
    public async Task<Result<IReadOnlyList<NotificationItem>>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var me = UserId;
        var rows = await db.Notifications.AsNoTracking().Where(n => n.UserId == me && !n.IsHidden).OrderByDescending(n => n.Id).Take(Shown)
            .Select(n => new
            {
                Row = n,
                From = db.Users.Where(user => user.Id == n.FromId).Select(user => user.Name).FirstOrDefault(),
                About = db.Contacts
                    .Where(contact => db.Conversations.Any(c => c.Id == n.ConversationId && c.ContactId == contact.Id))
                    .Select(contact => contact.FirstName + " " + contact.LastName).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        var notices = await NoticesOf(db, me).AsNoTracking().Where(n => !n.IsHidden).OrderByDescending(n => n.Id).Take(Shown)
            .Select(n => new
            {
                Row = n,
                About = db.Users.Where(user => user.Id == n.AboutId).Select(user => user.Name).FirstOrDefault(),
                Channel = db.Channels.Where(channel => channel.Id == n.ChannelId).Select(channel => channel.Name).FirstOrDefault(),
                Campaign = db.Campaigns.Where(campaign => campaign.Id == n.CampaignId).Select(campaign => campaign.Name).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        var about = notices.Select(n => new NotificationItem(
            -n.Row.Id, n.Row.Kind, null, n.About, n.Channel ?? n.Campaign ?? "",
            n.Row.Text ?? n.Row.Change.ToString(), n.Row.CreatedAt, n.Row.ReadAt is not null)
        {
            CampaignId = n.Row.CampaignId,
            Trouble = n.Row is { Field: { } field, Word: { } word } ? new NumberTrouble(field, word) : null,
        });
        var ofWorkspace = rows.ConvertAll(row => new NotificationItem(
            row.Row.Id, row.Row.Kind, row.Row.ConversationId, row.From, row.About?.Trim()
                ?? "", row.Row.Text, row.Row.CreatedAt, row.Row.ReadAt is not null));
        return about.Concat(ofWorkspace).OrderByDescending(item => item.CreatedAt).ThenByDescending(item => item.Id).Take(Shown).ToList();
    }

    public Task<Result<Done>> ReadAllAsync(CancellationToken cancellationToken) => ReadAsync(null, cancellationToken);

    /// <summary>Marks all notifications of this conversation as read, because the user has it open.</summary>
    public Task<Result<Done>> ReadOfAsync(long conversationId, CancellationToken cancellationToken) =>
        ReadAsync(conversationId, cancellationToken);

    /// <summary>Notifies an owner about API tokens of a user who may make none any more.</summary>
    public void AddTokensLeft(AppDbContext db, long ownerId, long makerId, string tokens) => db.AccountNotices.Add(new AccountNotice
    {
        UserId = ownerId,
        WorkspaceId = tenant.TenantId,
        Change = AuditAction.Updated,
        AboutId = makerId,
        Text = NotificationWriter.Beginning(tokens),
        CreatedAt = time.UtcNowInSeconds(),
    });

    /// <summary>Notifies the workspace's owners that a webhook was disabled, inside the caller's write.</summary>
    public static async Task AddWebhookDisabledAsync(AppDbContext db, Webhook webhook, DateTimeOffset now)
    {
        var owners = await db.Memberships.Where(owner => owner.Role == Role.Owner && owner.IsActive).Select(owner => owner.UserId)
            .ToListAsync();
        owners.ForEach(owner => db.AccountNotices.Add(new AccountNotice
        {
            UserId = owner,
            WorkspaceId = webhook.TenantId,
            Change = AuditAction.Updated,
            Text = NotificationWriter.Beginning(webhook.Description is { Length: > 0 } description ? description : webhook.Url),
            CreatedAt = now,
        }));
    }

    private async Task<Result<Done>> ReadAsync(long? conversationId, CancellationToken cancellationToken)
    {
        var (me, now) = (UserId, time.GetUtcNow());
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (!await Unread(db).AnyAsync(cancellationToken)
                && !(conversationId is null && await UnreadNotices(db).AnyAsync(cancellationToken)))
            {
                return default(Done); // nothing to mark, so no write
            }
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                db.NoteChange(ChangeKind.Notifications, me);
                await Unread(db).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now));
                if (conversationId is null)
                {
                    await UnreadNotices(db).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now));
                }

                return default(Done);
            },
            cancellationToken);

        IQueryable<AccountNotice> UnreadNotices(AppDbContext db) => NoticesOf(db, me).Where(n => n.ReadAt == null);

        IQueryable<Notification> Unread(AppDbContext db) =>
            db.Notifications.Where(n => n.UserId == me
                && n.ReadAt == null
                && (conversationId == null || n.ConversationId == conversationId));
    }

    private IQueryable<AccountNotice> NoticesOf(AppDbContext db, long userId)
    {
        var tenantId = tenant.TenantId;
        return db.AccountNotices.Where(n => n.UserId == userId && (n.WorkspaceId == null || n.WorkspaceId == tenantId));
    }
}
