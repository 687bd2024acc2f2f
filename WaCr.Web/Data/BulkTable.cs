using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace WaCr.Web.Data;

internal sealed record BulkColumn(string Name, string StoreType, Func<object, object?> Read);

internal sealed record BulkTable(string Name, IReadOnlyList<BulkColumn> Columns)
{
    public BulkTable Without(string column) => this with { Columns = [.. Columns.Where(known => known.Name != column)] };

    public int IndexOf(string column) => Columns.Select((known, i) => (known.Name, i)).First(known => known.Name == column).i;

    public static BulkTable Of(DbContext db, Type type)
    {
        var entity = db.Model.FindEntityType(type)!;
        var name = entity.GetTableName()!;
        var identifier = StoreObjectIdentifier.Table(name, entity.GetSchema());
        return new BulkTable(name, [.. entity.GetProperties().Select(property => ColumnOf(property, identifier))]);
    }

    private static BulkColumn ColumnOf(IProperty property, StoreObjectIdentifier table)
    {
        var mapping = property.GetRelationalTypeMapping();
        var getter = property.GetGetter();
        var convert = mapping.Converter?.ConvertToProvider;
        var storeType = mapping.StoreTypeNameBase;
        return new BulkColumn(
            property.GetColumnName(table)!, storeType, row =>
                getter.GetClrValue(row) is { } value && convert is not null ? convert(value) : getter.GetClrValue(row));
    }
}
