using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace WaCr.Web.Data;

/// <summary>A contact's columns and groups at one moment, to find out later what changed.</summary>
internal sealed class ContactImage
{
    private static readonly ConditionalWeakTable<IModel, IProperty[]> Columns = [];

    private readonly object?[] _values;

    private ContactImage(IProperty[] properties, object?[] values, List<long> groups, Consent consent)
    {
        Consent = consent;
        Properties = properties;
        _values = values;
        Groups = groups;
    }

    /// <summary>The same for every image of one model.</summary>
    public IReadOnlyList<IProperty> Properties { get; }

    public Consent Consent { get; }

    /// <summary>Ids in ascending order.</summary>
    public List<long> Groups { get; }

    /// <summary>The value of the property at this index of <see cref="Properties"/>.</summary>
    public object? this[int index] => _values[index];

    /// <summary>Its groups must be loaded.</summary>
    public static ContactImage Of(Contact contact, AppDbContext db) =>
        Of(contact, [.. contact.Groups.Select(member => member.GroupId).Order()], db);

    public static ContactImage Of(Contact contact, List<long> groups, AppDbContext db)
    {
        var properties = Columns.GetValue(db.Model, model => [.. model.FindEntityType(typeof(Contact))!.GetProperties()]);
        return new ContactImage(properties, Array.ConvertAll(properties, property => property.GetGetter().GetClrValue(contact)), groups,
            contact.Consent);
    }
}
