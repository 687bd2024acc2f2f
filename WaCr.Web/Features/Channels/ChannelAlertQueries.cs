using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Channels;

/// <summary>What is wrong with the workspace's numbers, for the banner that everybody sees; so it asks for no permission.</summary>
public sealed class ChannelAlertQueries(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>Channels whose token WhatsApp refuses.</summary>
    public async Task<IReadOnlyList<RefusedChannel>> ListRefusedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Channels
            .Where(channel => channel.CredentialRefusedAt != null)
            .OrderBy(channel => channel.Id)
            .Select(channel => new RefusedChannel(channel.Id, channel.Name, channel.CredentialRefusedAt!.Value))
            .ToListAsync(cancellationToken);
    }

    /// <summary>WhatsApp's notices about numbers and accounts, until dismissed.</summary>
    public async Task<IReadOnlyList<ChannelNoticeItem>> ListNoticesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        return await NoticeItemsOf(
            db,
            db.ChannelNotices.Where(notice => !notice.IsGood && notice.DismissedAt == null
                && (notice.EndsAt == null || notice.EndsAt > now)))
            .ToListAsync(cancellationToken);
    }

    internal static IQueryable<ChannelNoticeItem> NoticeItemsOf(AppDbContext db, IQueryable<ChannelNotice> notices) => notices
        .OrderByDescending(notice => notice.At).ThenByDescending(notice => notice.Id)
        .Select(notice => new ChannelNoticeItem(
            notice.Id, db.Channels.Where(channel => channel.Id == notice.ChannelId).Select(channel => channel.Name).FirstOrDefault() ?? "",
            notice.Field, notice.Word, notice.Details, notice.IsGood, notice.IsSerious, !notice.IsGood
                && notice.DismissedAt == null, notice.At, notice.EndsAt));
}
