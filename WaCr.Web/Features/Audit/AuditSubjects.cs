using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Audit;

/// <summary>Names of the audited entities. Contacts stay as ids; their names are in the entry's changes.</summary>
internal sealed class AuditSubjects
{
    private readonly Dictionary<(string Type, long Id), string> _names = [];

    public static async Task<AuditSubjects> LoadAsync(
        AppDbContext db, IReadOnlyCollection<AuditEntry> rows, CancellationToken cancellationToken)
    {
        var subjects = new AuditSubjects();
        foreach (var type in rows.GroupBy(row => row.EntityType, row => row.EntityId, StringComparer.Ordinal))
        {
            var ids = type.Distinct().ToList();
            var named = type.Key switch
            {
                AuditEntry.AccountType or "membership" =>
                    db.Memberships.Where(m => ids.Contains(m.UserId)).Select(m => new Named(m.UserId, m.User!.Name)),
                AuditEntry.ApiTokenType =>
                    db.ApiTokens.Where(token => ids.Contains(token.Id)).Select(token => new Named(token.Id, token.Name)),
                AuditEntry.ChannelType =>
                    db.Channels.Where(channel => ids.Contains(channel.Id)).Select(channel => new Named(channel.Id, channel.Name)),
                AuditEntry.TemplateType =>
                    db.Templates.Where(template => ids.Contains(template.Id)).Select(template => new Named(template.Id, template.Name)),
                "group" => db.Groups.Where(group => ids.Contains(group.Id)).Select(group => new Named(group.Id, group.Name)),
                "status" => db.Statuses.Where(status => ids.Contains(status.Id)).Select(status => new Named(status.Id, status.Name)),
                "source" => db.Sources.Where(source => ids.Contains(source.Id)).Select(source => new Named(source.Id, source.Name)),
                _ => null,
            };
            foreach (var one in named is null ? [] : await named.ToListAsync(cancellationToken))
            {
                subjects._names[(type.Key, one.Id)] = one.Name;
            }
        }

        return subjects;
    }

    public string? Of(AuditEntry row) => _names.GetValueOrDefault((row.EntityType, row.EntityId));

    private sealed record Named(long Id, string Name);
}
