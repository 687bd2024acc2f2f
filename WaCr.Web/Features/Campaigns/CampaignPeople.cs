using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Contacts as people of a campaign, those included that were deleted since.</summary>
internal static class CampaignPeople
{
    /// <param name="ids">Of contacts; the result has their order.</param>
    public static async Task<List<CampaignPerson>> ReadAsync(
        AppDbContext db, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var known = await db.Contacts.AsNoTracking()
            .Where(c => ids.Contains(c.Id))
            .Select(c => new { c.Id, c.FirstName, c.LastName, c.PhoneKey, c.Username })
            .ToDictionaryAsync(c => c.Id, cancellationToken);
        return [.. ids.Select(id => known.TryGetValue(id, out var c)
            ? new CampaignPerson(id, $"{c.FirstName} {c.LastName}".Trim(), PersonHandle.Of(c.PhoneKey, c.Username))
            : new CampaignPerson(id, "", ""))];
    }
}
