using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace WaCr.Web.Data.Sqlite;

public sealed class SqliteAppDbContext(DbContextOptions<SqliteAppDbContext> options) : AppDbContext(options)
{
    private ContactTextIndex? _textIndex;
    private ContactUpdate? _contactUpdate;

    private DbSet<ContactSearchEntry> ContactSearch => Set<ContactSearchEntry>();

    private DbSet<MessageSearchEntry> MessageSearch => Set<MessageSearchEntry>();

    /// <summary>
    /// For saves by libraries (Identity, Data Protection); null for the commit group's own context, which already has the turn.
    /// </summary>
    internal SqliteWriteGate? Gate { get; set; }

    /// <summary>Told of what fails outside EF.</summary>
    internal OutageLog? Outages { get; set; }

    public override bool HasQueryPlanner => false;

    public override bool HasReplicas => false;

    public override ContactTextIndex? TextIndex
    {
        get
        {
            var connection = (SqliteConnection)Database.GetDbConnection();
            if (connection.State != ConnectionState.Open)
            {
                return null;
            }

            return _textIndex?.Connection == connection ? _textIndex : _textIndex = new ContactTextIndex(connection, Outages);
        }
    }

    public override IQueryable<ContactMatch> FindCandidates(IReadOnlyList<string> needles, IReadOnlyList<string> words)
    {
        var match = TextIndexRows.MatchFor(needles, words);
        var (tenantFloor, tenantCeiling) = TextIndexRows.RowIdsOf(CurrentTenantId);
        return ContactSearch
            .Where(entry => entry.Match == match && entry.RowId >= tenantFloor && entry.RowId <= tenantCeiling)
            .Join(
                Contacts, entry => entry.RowId - tenantFloor, contact => contact.Id,
                (entry, contact) => new ContactMatch { Order = entry.RowId, Contact = contact });
    }

    public override IQueryable<MessageMatch> FindMessages(string part)
    {
        var needle = TextKey.Folded(part);
        var length = needle.EnumerateRunes().Count();
        if (length == 0)
        {
            return Messages.Where(message => false).Select(message => new MessageMatch { Order = message.Id, Message = message });
        }

        var isBeginning = length < TextIndexRows.TrigramLength;
        var match = TextIndexRows.MatchFor([isBeginning ? "\n\n"[(length - 1)..] + needle : needle], []);
        var (tenantFloor, tenantCeiling) = TextIndexRows.RowIdsOf(CurrentTenantId);
        var found = MessageSearch
            .Where(entry => entry.Match == match && entry.RowId >= tenantFloor && entry.RowId <= tenantCeiling)
            .Join(
                Messages, entry => entry.RowId - tenantFloor, message => message.Id,
                (entry, message) => new MessageMatch { Order = entry.RowId, Message = message });
        return isBeginning
            ? found.Where(row => Folded(row.Message.Text).StartsWith(needle))
            : found.Where(row => Folded(row.Message.Text).Contains(needle));
    }

    /// <summary><see cref="TextKey.Folded"/> in SQL, since SQLite's own comparison ignores case for ASCII only.</summary>
    public static string Folded(string text) => throw new NotSupportedException("For queries only.");

    /// <summary>With a single writer, <c>sqlite_sequence</c> does not change during a write.</summary>
    public override async Task<IReadOnlyList<long>> ReserveIdsAsync(string table, int count, CancellationToken cancellationToken)
    {
        var last = await Database
            .SqlQuery<long>($"SELECT seq AS Value FROM sqlite_sequence WHERE name = {table}")
            .ToListAsync(cancellationToken);
        var first = last.SingleOrDefault() + 1;
        return [.. Enumerable.Range(0, count).Select(offset => first + offset)];
    }

    /// <summary>Does nothing: there is no other writer.</summary>
    public override Task LockContactsAsync(IReadOnlyCollection<long> ids) => Task.CompletedTask;

    public override Task LockConversationsAsync(long tenantId, IReadOnlyCollection<long> ids) => Task.CompletedTask;

    public override Task LockGroupsAsync(IReadOnlyCollection<long> ids) => Task.CompletedTask;

    public override Task<RateLease> LeaseCallsAsync(long tokenId, long minute, int limit) =>
        throw new NotSupportedException("One process has the limit for itself.");

    public override Task LockValueAsync(string table, string value) => Task.CompletedTask;

    public override async Task<DatabaseStatistics> MeasureAsync(CancellationToken cancellationToken)
    {
        var version = await Database.SqlQuery<string>($"SELECT sqlite_version() AS \"Value\"").SingleAsync(cancellationToken);
        var bytes = await Database.SqlQuery<long>(
            $"SELECT pages.page_count * sizes.page_size AS \"Value\" FROM pragma_page_count() AS pages, pragma_page_size() AS sizes")
            .SingleAsync(cancellationToken);
        return new DatabaseStatistics($"SQLite {version}", bytes);
    }

    public override Task WipeDeletedAsync(bool isOn) =>
        Database.ExecuteSqlRawAsync(isOn ? "PRAGMA secure_delete=ON" : "PRAGMA secure_delete=FAST");

    public override bool IsUniqueViolation(Exception exception) =>
        Find(exception) is
        {
            SqliteExtendedErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE
            or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY
        };

    /// <summary>Whether the reason lies outside the product: disk full, disk error, held by another process, damaged.</summary>
    internal static bool IsStorageError(Exception exception) => IsDamage(exception) || Find(exception)?.SqliteErrorCode
        is SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CANTOPEN
        or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED;

    /// <summary>Whether the file does not hold what SQLite wrote.</summary>
    internal static bool IsDamage(Exception exception) => Find(exception)?.SqliteErrorCode
        is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB;

    protected override async Task<IDisposable?> TakeTurnAsync(CancellationToken cancellationToken) =>
        Gate is null ? null : await Gate.TakeAsync(cancellationToken);

    protected override IDisposable? TakeTurn() => Gate?.Take();

    protected override int? SaveDirectly()
    {
        // Without a transaction, two statements would be two changes.
        if (Database.CurrentTransaction is null)
        {
            return null;
        }

        var connection = (SqliteConnection)Database.GetDbConnection();
        _contactUpdate = _contactUpdate?.Connection == connection ? _contactUpdate : new ContactUpdate(connection);
        var saved = _contactUpdate.TrySave(ChangeTracker);
        if (saved is not null)
        {
            ChangeTracker.AcceptAllChanges();
        }

        return saved;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDbFunction(typeof(SqliteAppDbContext).GetMethod(nameof(Folded))!).HasName(TextIndexSchema.FoldedFunction).IsBuiltIn();
        builder.Entity<ContactSearchEntry>(entry =>
        {
            entry.ToTable("ContactSearch", table => table.ExcludeFromMigrations());
            entry.HasKey(e => e.RowId);
            entry.Property(e => e.RowId).HasColumnName("rowid");

            // An FTS5 table's hidden column has the table's own name; comparing with it is MATCH.
            entry.Property(e => e.Match).HasColumnName("ContactSearch");
        });
        builder.Entity<MessageSearchEntry>(entry =>
        {
            entry.ToTable("MessageSearch", table => table.ExcludeFromMigrations());
            entry.HasKey(e => e.RowId);
            entry.Property(e => e.RowId).HasColumnName("rowid");
            entry.Property(e => e.Match).HasColumnName("MessageSearch");
        });
    }

    private static SqliteException? Find(Exception? exception)
    {
        while (exception is not null and not SqliteException)
        {
            exception = exception.InnerException;
        }

        return exception as SqliteException;
    }

    // SQLite cannot compare or sort a DateTimeOffset stored as text.
    private sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
        time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
