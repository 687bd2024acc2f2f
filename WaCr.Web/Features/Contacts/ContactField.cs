using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Reflection;
using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Contacts;

public enum ContactFormSection
{
    Person = 0,
    Standing = 1,
    Address = 2,
}

/// <summary>How a text is typed.</summary>
public enum ContactFieldInput
{
    Line = 0,
    Email = 1,
    Phone = 2,
    Lines = 3,

    /// <summary>Chosen from a list, which may lack it.</summary>
    Language = 4,
}

/// <summary>Where the form has a field. Two of one line stand side by side, the lower column first.</summary>
public sealed record ContactFormPlace(ContactFormSection Section, int Line, int Column = 0);

/// <summary>
/// One row of <see cref="ContactFields"/>. Every field is in the API, the form, imports, exports, merges and the history;
/// what differs between them is said here.
/// </summary>
public abstract class ContactField(string name)
{
    /// <summary>In the words of the API.</summary>
    public string Name => name;

    /// <summary>What the screen calls it, in English; the key of its translations.</summary>
    public required string Label { get; init; }

    /// <summary>What the API's reference says of it.</summary>
    public required string Description { get; init; }

    public required ContactFormPlace Place { get; init; }

    /// <summary>No contact is without it; the form marks it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Its place among those that many contacts can be given at once; null where it is one contact's own.</summary>
    public int? BulkOrder { get; init; }

    /// <summary>As forms, merges and the history hold it; "" for none.</summary>
    public abstract string TextOf(ContactDetails contact);

    private protected static PropertyInfo PropertyOf(LambdaExpression property) => (PropertyInfo)((MemberExpression)property.Body).Member;

    // The value is a closure's: EF makes it a parameter, and one query plan serves them all.
    private protected static Expression<Func<Contact, bool>> Differs<T>(Expression<Func<Contact, T>> column, Expression<Func<T>> value) =>
        Expression.Lambda<Func<Contact, bool>>(Expression.NotEqual(column.Body, value.Body), column.Parameters);
}

/// <summary>A field whose value is given as a text.</summary>
public class ContactTextField : ContactField
{
    private readonly Func<ContactPatch, Optional<string?>> _given;
    private readonly Action<ContactPatch, Optional<string?>> _give;
    private readonly Func<ContactDetails, string?> _read;

    public ContactTextField(string name, Expression<Func<ContactPatch, Optional<string?>>> patch, Func<ContactDetails, string?> details)
        : base(name)
    {
        var property = PropertyOf(patch);
        _given = property.GetMethod!.CreateDelegate<Func<ContactPatch, Optional<string?>>>();
        _give = property.SetMethod!.CreateDelegate<Action<ContactPatch, Optional<string?>>>();
        _read = details;
    }

    /// <summary>The API's example.</summary>
    public required string Example { get; init; }

    public ContactFieldInput Input { get; init; }

    /// <summary>Characters; null for a word of ours.</summary>
    public virtual int? MaxLength { get; init; }

    /// <summary>The list's column of it, in pixels; null where the list has none, or one of its own making.</summary>
    public int? ColumnWidth { get; init; }

    public Optional<string?> GivenIn(ContactPatch patch) => _given(patch);

    /// <summary>For a patch that is being made, and that nobody else has yet.</summary>
    public void Give(ContactPatch patch, Optional<string?> value) => _give(patch, value);

    public string? Read(ContactDetails contact) => _read(contact);

    public override string TextOf(ContactDetails contact) => _read(contact) ?? "";
}

/// <summary>An optional text that lies in its column as it was given, but for blanks around it.</summary>
public sealed class ContactColumnField : ContactTextField
{
    private readonly Func<Contact, string?> _get;
    private readonly Action<Contact, string?> _set;

    /// <param name="column">Its limit is the property's <see cref="MaxLengthAttribute"/>, unless the row of the table gives one.</param>
    public ContactColumnField(
        string name, Expression<Func<Contact, string?>> column, Expression<Func<ContactPatch, Optional<string?>>> patch, Func<ContactDetails, string?> details)
        : base(name, patch, details)
    {
        var property = PropertyOf(column);
        _get = property.GetMethod!.CreateDelegate<Func<Contact, string?>>();
        _set = property.SetMethod!.CreateDelegate<Action<Contact, string?>>();
        Column = column;
        MaxLength = property.GetCustomAttribute<MaxLengthAttribute>()?.Length;
    }

    public Expression<Func<Contact, string?>> Column { get; }

    /// <summary>A broadcast can write it into a variable.</summary>
    public bool IsVariable { get; init; }

    /// <summary>The list can be narrowed by it; its column has an index.</summary>
    public bool IsFilter { get; init; }

    /// <summary>Its one form of a text; null where the text is none that it takes, for the reason <see cref="Invalid"/>.</summary>
    public Func<string, string?> Normalize { get; init; } = text => text;

    public FieldError? Invalid { get; init; }

    /// <summary>What a word in somebody's file means; null where nothing is known by it.</summary>
    public Func<string, string?> ReadWord { get; init; } = word => word;

    /// <summary>Its place in <see cref="ContactFields.Columns"/>.</summary>
    internal int Index { get; set; }

    public string? Read(Contact contact) => _get(contact);

    public void Write(Contact contact, string? value) => _set(contact, value);

    public Expression<Func<Contact, bool>> Differs(string? value) => Differs(Column, () => value);
}

/// <summary>A field that points to a row of another table.</summary>
public sealed class ContactIdField : ContactField
{
    private readonly Func<ContactPatch, Optional<long?>> _given;
    private readonly Action<ContactPatch, Optional<long?>> _give;
    private readonly Func<ContactDetails, long?> _read;
    private readonly Expression<Func<Contact, long?>> _column;

    public ContactIdField(
        string name, Expression<Func<Contact, long?>> column, Expression<Func<ContactPatch, Optional<long?>>> patch, Func<ContactDetails, long?> details)
        : base(name)
    {
        var property = PropertyOf(patch);
        _given = property.GetMethod!.CreateDelegate<Func<ContactPatch, Optional<long?>>>();
        _give = property.SetMethod!.CreateDelegate<Action<ContactPatch, Optional<long?>>>();
        _read = details;
        _column = column;
    }

    /// <summary>The API's example; null where there is none that is sure to exist.</summary>
    public long? Example { get; init; }

    public Optional<long?> GivenIn(ContactPatch patch) => _given(patch);

    /// <inheritdoc cref="ContactTextField.Give"/>
    public void Give(ContactPatch patch, Optional<long?> value) => _give(patch, value);

    public long? Read(ContactDetails contact) => _read(contact);

    public override string TextOf(ContactDetails contact) => _read(contact)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";

    public Expression<Func<Contact, bool>> Differs(long? value) => Differs(_column, () => value);
}

/// <summary>The groups: a set, which is joined and left one by one.</summary>
public sealed class ContactGroupsField(string name) : ContactField(name)
{
    public override string TextOf(ContactDetails contact) => throw new NotSupportedException("Groups are no text.");
}
