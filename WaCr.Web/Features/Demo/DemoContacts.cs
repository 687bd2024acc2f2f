using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Demo;

/// <summary>Creates a demo tenant's contacts, spread over the last year, and their conversations.</summary>
internal sealed class DemoContacts(
    IDatabaseWriter writer, UsageGate usage, DemoConversations conversations, TenantContext tenant, TimeProvider time)
{
    // Old enough to have a conversation.
    private const int FirstHidden = 10;

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public async Task CreateAsync(DemoTenant demo, CancellationToken cancellationToken)
    {
        var files = await conversations.KeepFilesAsync(demo, cancellationToken);
        var written = await writer.WriteAsync<Done>(
            async db =>
            {
                if (await usage.TakeAsync(db, Metric.Contacts, demo.Contacts) is { } limit)
                {
                    return limit;
                }

                var statuses = await db.Statuses.OrderBy(status => status.Position).Select(status => status.Id).ToListAsync();
                var sources = await db.Sources.OrderBy(source => source.Id).Select(source => source.Id).ToListAsync();
                var groups = await db.Groups.OrderBy(group => group.Id).Select(group => group.Id).ToListAsync();
                var staff = await db.Memberships
                    .Where(member => member.Role != Role.Viewer)
                        .OrderBy(member => member.UserId)
                        .Select(member => member.UserId)
                        .ToListAsync();
                var ids = await db.ReserveIdsAsync("Contacts", demo.Contacts, CancellationToken.None);
                var auditIds = await db.ReserveIdsAsync("AuditEntries", demo.Contacts, CancellationToken.None);
                var random = new Random(demo.Seed);
                var contacts = new DemoPeople(demo.Seed, demo.OnlyCountry).Take(demo.Contacts).ToList();
                foreach (var (index, person) in DemoHiddenPerson.All.Index())
                {
                    contacts[FirstHidden + index] = person.InPlaceOf(contacts[FirstHidden + index]);
                }

                var members = new List<GroupMember>();
                var entries = new List<AuditEntry>(contacts.Count);
                foreach (var (index, contact) in contacts.Index())
                {
                    contact.Id = ids[index];
                    contact.TenantId = tenant.TenantId;
                    contact.Version = 1;
                    // Ids increase with time, as in real data.
                    contact.CreatedAt = contact.UpdatedAt = time.UtcNowInSeconds()
                        .AddSeconds(-Math.Floor(Year.TotalSeconds * (1 - ((index + 1d) / contacts.Count))));
                    contact.StatusId = statuses[(int)(random.NextDouble() * random.NextDouble() * statuses.Count)];
                    contact.SourceId = sources[random.Next(sources.Count)];
                    contact.AssignedId = random.Next(5) < 2 ? null : staff[random.Next(staff.Count)];
                    var joined = groups.Where(_ => random.Next(6) == 0).ToList();
                    members.AddRange(
                        joined.Select(group => new GroupMember { TenantId = tenant.TenantId, GroupId = group, ContactId = contact.Id }));
                    entries.Add(AuditTrail.Created(auditIds[index], contact, joined, db, tenant, contact.CreatedAt));
                }

                await db.KeepConsentAsync(contacts);
                await db.BulkInsertAsync(contacts);
                await db.BulkInsertAsync(members);
                await db.BulkInsertAsync(entries);
                await conversations.WriteAsync(db, demo, contacts, staff, files);
                return default(Done);
            },
            cancellationToken);
        written.OrThrow();
    }
}
