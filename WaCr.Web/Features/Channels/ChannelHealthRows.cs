using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Features.Channels;

/// <summary>What a webhook tells of a number's health; null where it does not.</summary>
internal sealed record HealthChange(int? DailyLimit, string? NameStatus, string? Throughput);

/// <summary>Statements on <see cref="ChannelHealth"/> inside the caller's write.</summary>
internal static class ChannelHealthRows
{
    /// <summary>Takes over what a webhook told, and has the numbers read at once for the rest.</summary>
    /// <param name="isOfAccount">All numbers of the channel's account are concerned.</param>
    public static async Task ApplyAsync(AppDbContext db, long channelId, bool isOfAccount, HealthChange change, DateTimeOffset now)
    {
        var account = db.Channels.Where(channel => channel.Id == channelId).Select(channel => channel.BusinessAccountId);
        var rows = db.ChannelHealths.Where(health => health.ChannelId == channelId
            || (isOfAccount && db.Channels.Any(other => other.Id == health.ChannelId && account.Contains(other.BusinessAccountId))));
        var (limit, name, throughput) = (change.DailyLimit, change.NameStatus, change.Throughput);

        // Ends a read that runs: it may have asked before the change.
        db.NoteChange(ChangeKind.ChannelReads);
        await rows.ExecuteUpdateAsync(set => set
            .SetProperty(health => health.DailyLimit, health => limit ?? health.DailyLimit)
            .SetProperty(health => health.NameStatus, health => name ?? health.NameStatus)
            .SetProperty(health => health.Throughput, health => throughput ?? health.Throughput)
            .SetProperty(health => health.LeaseOwner, (Guid?)null)
            .SetProperty(health => health.DueAt, health => health.DueAt == null ? null : now));
    }

    /// <summary>Begins or ends the daily read, as the channel has a token or not.</summary>
    /// <param name="isOther">The channel has another number or account: what is known goes, and it is read at once.</param>
    public static async Task FollowAsync(AppDbContext db, Channel channel, bool isOther, DateTimeOffset now)
    {
        var row = await db.ChannelHealths.SingleOrDefaultAsync(health => health.ChannelId == channel.Id);
        if (row is null)
        {
            row = new ChannelHealth { ChannelId = channel.Id };
            db.ChannelHealths.Add(row);
        }

        if (isOther)
        {
            row.Clear();
            await db.ChannelNotices.Where(notice => notice.ChannelId == channel.Id).ExecuteDeleteAsync();
            db.NoteChange(ChangeKind.ChannelReads);
        }

        // The first connection is checked, which reads it.
        row.DueAt = channel.AccessToken is null ? null
            : isOther ? now
            : row.DueAt ?? now + ChannelHealth.ReadEvery;
        await db.SaveChangesAsync();
    }
}
