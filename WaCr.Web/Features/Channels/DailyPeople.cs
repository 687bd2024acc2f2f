using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Channels;

/// <summary>How many people a portfolio may write to first in a day, and how many it has.</summary>
/// <param name="Limit">See <see cref="ChannelHealth.DailyLimit"/>.</param>
/// <param name="Used">At least as many as WhatsApp counts: it leaves out those who had written within 24 hours before.</param>
public sealed record DailyPeople(int Limit, int Used)
{
    public bool IsUnlimited => Limit == ChannelHealth.Unlimited;

    public int Left => Math.Max(0, Limit - Used);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Null while the limit is unknown.</summary>
    internal static async Task<DailyPeople?> OfAsync(
        AppDbContext db, long channelId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var own = await db.ChannelHealths.Where(health => health.ChannelId == channelId && health.DailyLimit != null)
            .Select(health => new
            {
                Limit = health.DailyLimit!.Value,
                health.PortfolioId,
                Account = db.Channels.Where(channel => channel.Id == channelId)
                    .Select(channel => channel.BusinessAccountId)
                    .FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (own is null)
        {
            return null;
        }

        if (own.Limit == ChannelHealth.Unlimited)
        {
            return new DailyPeople(own.Limit, 0);
        }

        // A portfolio's numbers share the limit; where it is unknown, its account's numbers do.
        var channels = await db.Channels
            .Where(channel => channel.Id == channelId || (own.PortfolioId == null
                ? own.Account != null && channel.BusinessAccountId == own.Account
                : db.ChannelHealths.Any(health => health.ChannelId == channel.Id && health.PortfolioId == own.PortfolioId)))
            .Select(channel => channel.Id)
            .ToListAsync(cancellationToken);
        var since = now - Day;

        // A broadcast's message may have been written days before it is sent. What was sent lately has changed lately, which has an index.
        var used = await db.Messages
            .Where(message => message.SentAt > since && message.UpdatedAt > since && message.Type == MessageType.Template
                && channels.Contains(message.ChannelId) && message.Direction == MessageDirection.Outbound
                && message.Status >= MessageStatus.Accepted && message.Status != MessageStatus.Failed)
            .Select(message => message.ContactId)
            .Distinct()
            .CountAsync(cancellationToken);
        return new DailyPeople(own.Limit, used);
    }
}
