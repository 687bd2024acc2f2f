using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// Saves the most frequent change, one contact and its audit entry, with two statements that stay compiled. EF's sorting, batching and
/// reading back would take the single writer four times as long. Guard, stamps and audit have already run; columns and concurrency checks
/// are the same as EF's.
/// </summary>
internal sealed class ContactUpdate(SqliteConnection connection)
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    /// <summary>Null, having done nothing, if there is anything else to save.</summary>
    public int? TrySave(ChangeTracker tracker)
    {
        EntityEntry? contact = null;
        EntityEntry? audit = null;
        foreach (var entry in tracker.Entries())
        {
            switch (entry)
            {
                case { State: EntityState.Unchanged }: break;
                case { State: EntityState.Modified, Entity: Contact } when contact is null: contact = entry; break;
                case { State: EntityState.Added, Entity: AuditEntry } when audit is null: audit = entry; break;
                default: return null;
            }
        }

        if (contact is null)
        {
            return null;
        }

        Update(contact);
        if (audit is not null)
        {
            Insert(audit);
        }

        return audit is null ? 1 : 2;
    }

    private void Update(EntityEntry contact)
    {
        var changed = contact.Properties.Where(property => property.IsModified).ToList();
        var guarded = contact.Properties.Where(property => property.Metadata.IsPrimaryKey() || property.Metadata.IsConcurrencyToken)
            .ToList();
        var update = StatementFor(contact, changed, () =>
            $"UPDATE \"{contact.Metadata.GetTableName()}\" SET {Pairs(changed, ", ", first: 1)} WHERE {Pairs(guarded, " AND ", first: changed.Count + 1)}");
        var index = 1;
        changed.ForEach(property => update.Bind(index++, Stored(property.Metadata, property.CurrentValue)));
        guarded.ForEach(property => update.Bind(index++, Stored(property.Metadata, property.OriginalValue)));
        if (update.Run() != 1)
        {
            throw new DbUpdateConcurrencyException("The contact was changed or deleted since it was read.");
        }
    }

    private void Insert(EntityEntry audit)
    {
        var columns = audit.Properties.Where(property => !property.Metadata.IsPrimaryKey()).ToList();
        var insert = StatementFor(audit, columns, () =>
            $"INSERT INTO \"{audit.Metadata.GetTableName()}\" ({string.Join(", ", columns.Select(NameOf))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"?{i + 1}"))})");
        var index = 1;
        columns.ForEach(property => insert.Bind(index++, Stored(property.Metadata, property.CurrentValue)));
        insert.Run();
        var id = audit.Property(nameof(AuditEntry.Id));
        (id.CurrentValue, id.IsTemporary) = (insert.InsertedId, false);
    }

    private SqliteStatement StatementFor(EntityEntry entry, List<PropertyEntry> columns, Func<string> sql)
    {
        var key =
            $"{entry.Metadata.Name} {string.Join(',', columns.Select(column => column.Metadata.GetIndex().ToString(CultureInfo.InvariantCulture)))}";
        if (!_statements.TryGetValue(key, out var statement))
        {
            _statements[key] = statement = new SqliteStatement(connection, sql());
        }

        return statement;
    }

    private static string Pairs(List<PropertyEntry> properties, string separator, int first) =>
        string.Join(separator, properties.Select((property, i) => $"{NameOf(property)} = ?{first + i}"));

    private static string NameOf(PropertyEntry property) => $"\"{property.Metadata.GetColumnName()}\"";

    private static object? Stored(IProperty property, object? value) =>
        value is not null && property.GetRelationalTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
}
