using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Lookups;

internal static class LookupUse
{
    /// <summary>Clears the lookup as default of channels that would give it to new contacts.</summary>
    public static async Task ForgetAsDefaultAsync<TLookup>(AppDbContext db, long id)
        where TLookup : Lookup
    {
        if (typeof(TLookup) == typeof(Source))
        {
            await db.Channels.Where(channel => channel.DefaultSourceId == id)
                .ExecuteUpdateAsync(set => set.SetProperty(channel => channel.DefaultSourceId, (long?)null));
            await db.Channels.Where(channel => channel.AdSourceId == id)
                .ExecuteUpdateAsync(set => set.SetProperty(channel => channel.AdSourceId, (long?)null));
        }
        else if (typeof(TLookup) == typeof(Status))
        {
            await db.Channels.Where(channel => channel.DefaultStatusId == id)
                .ExecuteUpdateAsync(set => set.SetProperty(channel => channel.DefaultStatusId, (long?)null));
        }
    }

    /// <summary>Number of contacts by lookup id; unused lookups are absent.</summary>
    public static Task<Dictionary<long, long>> CountAsync<TLookup>(
        AppDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
        where TLookup : Lookup
    {
        var users = typeof(TLookup) == typeof(Group) ? db.GroupMembers.Where(m => ids.Contains(m.GroupId)).Select(m => m.GroupId)
            : typeof(TLookup) == typeof(Source) ? db.Contacts.Where(c => ids.Contains(c.SourceId)).Select(c => c.SourceId)
            : db.Contacts.Where(c => ids.Contains(c.StatusId)).Select(c => c.StatusId);
        return users.GroupBy(id => id).Select(group => new { group.Key, Count = group.LongCount() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }
}
