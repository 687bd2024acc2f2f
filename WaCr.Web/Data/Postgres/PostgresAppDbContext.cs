using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Data.Postgres;

public sealed class PostgresAppDbContext(DbContextOptions<PostgresAppDbContext> options) : AppDbContext(options)
{
    // Byte order, not a language's: the keys are already folded, and so both engines sort alike.
    private const string ByBytes = "C";

    // A replica that stops being asked keeps at most a fiftieth of a limit to itself.
    private const int RateParts = 50;

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

    /// <summary>
    /// In id order, so that two concurrent calls do not deadlock. As an UPDATE locks: rows that refer to the contact can be added
    /// meanwhile.
    /// </summary>
    public override Task LockContactsAsync(IReadOnlyCollection<long> ids) =>
        Database.ExecuteSqlAsync(
            $"""SELECT 1 FROM "Contacts" WHERE "TenantId" = {CurrentTenantId} AND "Id" = ANY ({ids.ToArray()}) ORDER BY "Id" FOR NO KEY UPDATE""");

    /// <summary>
    /// Messages first, as all writes lock them. The conversations as a DELETE locks: no row that refers to one can be added, and of those
    /// that were on their way the lock waits for the end.
    /// </summary>
    public override async Task LockConversationsAsync(long tenantId, IReadOnlyCollection<long> ids)
    {
        var these = ids.ToArray();
        await Database.ExecuteSqlAsync(
            $"""SELECT 1 FROM "Messages" WHERE "TenantId" = {tenantId} AND "ConversationId" = ANY ({these}) ORDER BY "Id" FOR NO KEY UPDATE""");
        await Database.ExecuteSqlAsync(
            $"""SELECT 1 FROM "Conversations" WHERE "TenantId" = {tenantId} AND "Id" = ANY ({these}) ORDER BY "Id" FOR UPDATE""");
    }

    /// <summary>
    /// As a DELETE locks, for those who are on their way into a group: the lock waits for their end, and a later one waits for this write.
    /// </summary>
    public override Task LockGroupsAsync(IReadOnlyCollection<long> ids) =>
        Database.ExecuteSqlAsync(
            $"""SELECT 1 FROM "Groups" WHERE "TenantId" = {CurrentTenantId} AND "Id" = ANY ({ids.ToArray()}) ORDER BY "Id" FOR UPDATE""");

    public override Task LockValueAsync(string table, string value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{CurrentTenantId} {table} {value}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({BinaryPrimitives.ReadInt64LittleEndian(hash)})");
    }

    public override async Task<RateLease> LeaseCallsAsync(long tokenId, long minute, int limit)
    {
        // A process whose clock is a minute behind counts in the minute of the others. The part shrinks with what is left, so that
        // little is kept back where it is not used.
        const string isSame = """counted."Minute" BETWEEN excluded."Minute" AND excluded."Minute" + 1""";
        const string next = """GREATEST(0, LEAST({4} - counted."Leased", GREATEST(1, LEAST({3}, ({4} - counted."Leased") / 10))))""";
        var part = Math.Max(1, limit / RateParts);
        var row = (await Database.SqlQueryRaw<long>(
            $$"""
            INSERT INTO "RateWindows" AS counted ("TenantId", "TokenId", "Minute", "Leased", "Granted") VALUES ({0}, {1}, {2}, {3}, {3})
            ON CONFLICT ("TenantId", "TokenId") DO UPDATE SET
                "Granted" = CASE WHEN {{isSame}} THEN {{next}} ELSE {3} END,
                "Leased" = CASE WHEN {{isSame}} THEN counted."Leased" + {{next}} ELSE {3} END,
                "Minute" = CASE WHEN {{isSame}} THEN counted."Minute" ELSE excluded."Minute" END
            RETURNING "Granted"::bigint << 32 | "Leased" AS "Value"
            """,
            CurrentTenantId, tokenId, minute, part, limit).ToListAsync())[0];
        return new RateLease((int)(row >> 32), (int)row);
    }

    public override async Task<DatabaseStatistics> MeasureAsync(CancellationToken cancellationToken)
    {
        var version = await Database.SqlQuery<string>($"SELECT current_setting('server_version') AS \"Value\"").SingleAsync(cancellationToken);
        var bytes = await Database.SqlQuery<long>($"SELECT pg_database_size(current_database()) AS \"Value\"").SingleAsync(cancellationToken);
        return new DatabaseStatistics($"PostgreSQL {version}", bytes);
    }

    public override Task WipeDeletedAsync(bool isOn) => Task.CompletedTask;

    public override bool IsUniqueViolation(Exception exception) => Find(exception)?.SqlState == PostgresErrorCodes.UniqueViolation;

    /// <summary>XX001 and XX002: the server found a table or an index damaged.</summary>
    internal static bool IsDamage(Exception exception) =>
        Find(exception)?.SqlState is PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted;

    /// <summary>Whether the reason lies outside the product: disk full, disk error, damaged, unreachable.</summary>
    internal static bool IsStorageError(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is PostgresException refused)
            {
                // 25006: it takes no writes, as a standby. 53: out of disk, memory or connections. 57P: shutting down. 58: a system error.
                return refused.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction
                    || refused.SqlState.StartsWith("53", StringComparison.Ordinal)
                    || refused.SqlState.StartsWith("57P", StringComparison.Ordinal)
                    || refused.SqlState.StartsWith("58", StringComparison.Ordinal)
                    || IsDamage(refused);
            }

            if (inner is NpgsqlException and not NpgsqlOperationInProgressException)
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
