using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Features.Channels;

/// <summary>A notice to keep.</summary>
/// <param name="Word">What happened, within the field.</param>
internal sealed record NewNotice(string Field, string Word, string Details, bool IsGood, bool IsSerious, DateTimeOffset At)
{
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Earlier words of the field that it ends.</summary>
    public IReadOnlyList<string> Ends { get; init; } = [];
}

/// <summary>
/// Keeps what is known about a number's trouble, for the banner and its page, and notifies owners and admins of what is serious and new.
/// Runs inside the caller's write.
/// </summary>
internal static class ChannelNotices
{
    /// <summary>Keeps what a webhook reported, unless something newer is known already.</summary>
    public static async Task KeepAsync(AppDbContext db, long channelId, NewNotice told)
    {
        var (field, word) = (told.Field.Cut(ChannelNotice.FieldMaxLength), told.Word.Cut(ChannelNotice.WordMaxLength));
        var kept = db.ChannelNotices.Where(notice => notice.ChannelId == channelId && notice.Field == field);
        if (await kept.AnyAsync(notice => notice.At > told.At && (notice.Word == word || notice.IsGood)))
        {
            return;
        }

        if (told.Ends.Count > 0)
        {
            await kept.Where(notice => told.Ends.Contains(notice.Word)).ExecuteDeleteAsync();
        }

        var row = await kept.SingleOrDefaultAsync(notice => notice.Word == word);
        var isNew = row is null || row.At < told.At || row.IsGood;
        if (row is null)
        {
            row = new ChannelNotice { ChannelId = channelId, Field = field, Word = word };
            db.ChannelNotices.Add(row);
        }

        Write(row, told);
        row.At = told.At;
        row.DismissedAt = null;
        await SaveAsync(db, isNew ? [row] : []);
    }

    /// <summary>
    /// Makes the notices of <see cref="ChannelNotice.ReadField"/> what a read found: those that are known stay as they are, dismissed or
    /// not, and those that are over go.
    /// </summary>
    public static async Task ReplaceReadAsync(AppDbContext db, long channelId, IReadOnlyList<NewNotice> found)
    {
        var rows = await db.ChannelNotices
            .Where(notice => notice.ChannelId == channelId && notice.Field == ChannelNotice.ReadField)
            .ToListAsync();
        db.ChannelNotices.RemoveRange(rows.Where(row => found.All(told => told.Word != row.Word)));
        var added = new List<ChannelNotice>();
        foreach (var told in found)
        {
            if (rows.Find(row => row.Word == told.Word) is { } known)
            {
                Write(known, told);
                continue;
            }

            var row = new ChannelNotice { ChannelId = channelId, Field = ChannelNotice.ReadField, Word = told.Word, At = told.At };
            Write(row, told);
            db.ChannelNotices.Add(row);
            added.Add(row);
        }

        await SaveAsync(db, added);
    }

    private static void Write(ChannelNotice row, NewNotice told)
    {
        row.Details = told.Details.Cut(ChannelNotice.DetailsMaxLength);
        row.IsGood = told.IsGood;
        row.IsSerious = told.IsSerious;
        row.EndsAt = told.EndsAt;
    }

    private static async Task SaveAsync(AppDbContext db, IReadOnlyList<ChannelNotice> added)
    {
        await db.SaveChangesAsync();
        foreach (var row in added.Where(row => row is { IsSerious: true, IsGood: false }))
        {
            await NotificationWriter.AddChannelTroubleAsync(db, row);
        }

        await db.SaveChangesAsync();
    }
}
