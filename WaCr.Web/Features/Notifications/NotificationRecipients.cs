using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Notifications;

/// <param name="Ways">How they want to be told of the kind now; never none.</param>
internal sealed record NotificationRecipient(long UserId, NotificationWays Ways);

/// <summary>Which users of a workspace want to be told of something, and how.</summary>
internal static class NotificationRecipients
{
    public static async Task<List<NotificationRecipient>> FindAsync(
        AppDbContext db, NotificationKind kind, Expression<Func<Membership, bool>> who)
    {
        var members = db.Memberships.AsNoTracking().Where(member => member.IsActive).Where(who);
        if (NotificationSettings.DefaultOf(kind) == NotificationWays.None)
        {
            // Most chose nothing: a message that came in asks no further.
            members = members.Where(member => db.UserPreferences.Any(kept => kept.UserId == member.UserId && kept.Key == NotificationSettings.Key));
        }

        var rows = await members
            .Select(member => new
            {
                member.UserId,
                TimeZone = member.User!.TimeZone ?? member.Tenant!.TimeZone,
                Chosen = db.UserPreferences.Where(kept => kept.UserId == member.UserId && kept.Key == NotificationSettings.Key)
                    .Select(kept => kept.Value).FirstOrDefault(),
            })
            .ToListAsync();
        return
        [
            .. rows.Select(row => new NotificationRecipient(row.UserId, Read(row.Chosen).WaysAt(kind, db.Now, row.TimeZone)))
                .Where(recipient => recipient.Ways != NotificationWays.None)
                .OrderBy(recipient => recipient.UserId),
        ];
    }

    /// <summary>What an earlier version wrote and this one cannot read counts as no choice.</summary>
    private static NotificationSettings Read(string? json)
    {
        try
        {
            return json is null ? new() : JsonSerializer.Deserialize<NotificationSettings>(json) ?? new();
        }
        catch (JsonException)
        {
            return new();
        }
    }
}
