using Microsoft.EntityFrameworkCore;
using Npgsql;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Domain;

namespace WaCr.Web.Data.Postgres;

public sealed class PostgresAppDbContext(DbContextOptions<PostgresAppDbContext> options) : AppDbContext(options)
{
    // Byte order, not a language's: the keys are already folded, and so both engines sort alike.
    private const string ByBytes = "C";

    public override bool HasQueryPlanner => true;

    public override bool HasReplicas => true;

    public override ContactTextIndex? TextIndex => null;

    /// <summary>All contacts: the trigram index speeds up the caller's check itself.</summary>
    public override IQueryable<ContactMatch> FindCandidates(IReadOnlyList<string> needles, IReadOnlyList<string> words) =>
        Contacts.Select(contact => new ContactMatch { Order = contact.Id, Contact = contact });

    public override IQueryable<MessageMatch> FindMessages(string part)
    {
        var pattern = LikePattern(part);
        return Messages.Where(message => EF.Functions.ILike(message.Text, pattern, LikeEscape))
            .Select(message => new MessageMatch { Order = message.Id, Message = message });
    }

    public override async Task<IReadOnlyList<long>> ReserveIdsAsync(string table, int count, CancellationToken cancellationToken) =>
        await Database
            .SqlQuery<long>(
                $"SELECT nextval(pg_get_serial_sequence({'"' + table + '"'}, 'Id')) AS \"Value\" FROM generate_series(1, {count})")
            .ToListAsync(cancellationToken);

    /// <summary>In id order, so that two concurrent calls do not deadlock.</summary>
    public override Task LockContactsAsync(IReadOnlyCollection<long> ids) =>
        Database.ExecuteSqlAsync(
            $"""SELECT 1 FROM "Contacts" WHERE "TenantId" = {CurrentTenantId} AND "Id" = ANY ({ids.ToArray()}) ORDER BY "Id" FOR UPDATE""");

    public override Task WipeDeletedAsync(bool isOn) => Task.CompletedTask;

    public override bool IsUniqueViolation(Exception exception) => Find(exception)?.SqlState == PostgresErrorCodes.UniqueViolation;

    public override bool IsStorageFailure(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is PostgresException refused)
            {
                // 53: out of disk, memory or connections. 57P: shutting down. 58: a system error.
                return refused.SqlState.StartsWith("53", StringComparison.Ordinal)
                    || refused.SqlState.StartsWith("57P", StringComparison.Ordinal)
                    || refused.SqlState.StartsWith("58", StringComparison.Ordinal);
            }

            if (inner is NpgsqlException)
            {
                return true; // no answer from the server at all
            }
        }

        return false;
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasPostgresExtension("pg_trgm");
        builder.HasPostgresExtension("btree_gin");
        builder.Entity<Contact>(contact =>
        {
            contact.Property(c => c.FirstNameKey).UseCollation(ByBytes);
            contact.Property(c => c.LastNameKey).UseCollation(ByBytes);
            contact.Property(c => c.EmailKey).UseCollation(ByBytes);
            contact.Property(c => c.PhoneKey).UseCollation(ByBytes);
            contact.Property(c => c.SearchText).UseCollation(ByBytes);
            contact.HasIndex(c => new { c.TenantId, c.SearchText }).HasMethod("gin").HasOperators("int8_ops", "gin_trgm_ops");
        });
        builder.Entity<Message>().HasIndex(m => new { m.TenantId, m.Text }).HasMethod("gin").HasOperators("int8_ops", "gin_trgm_ops");
        builder.Entity<Group>().Property(g => g.NameKey).UseCollation(ByBytes);
        builder.Entity<Source>().Property(s => s.NameKey).UseCollation(ByBytes);
        builder.Entity<Status>().Property(s => s.NameKey).UseCollation(ByBytes);
        builder.Entity<Template>().Property(t => t.Name).UseCollation(ByBytes);
        builder.Entity<Template>().Property(t => t.Language).UseCollation(ByBytes);
    }

    internal static PostgresException? Find(Exception? exception)
    {
        while (exception is not null and not PostgresException)
        {
            exception = exception.InnerException;
        }

        return exception as PostgresException;
    }
}
