using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Reflection;

namespace WaCr.Web.Features.Contacts;

public enum ContactFormSection
{
    Person = 0,
    Standing = 1,
    Address = 2,
}

/// <summary>Input control of a text field.</summary>
public enum ContactFieldInput
{
    Line = 0,
    Email = 1,
    Phone = 2,
    Lines = 3,

    /// <summary>Chosen from a list that may not contain the current value.</summary>
    Language = 4,
}

/// <summary>Position of a field in the form. Fields on the same line are ordered by column.</summary>
public sealed record ContactFormPlace(ContactFormSection Section, int Line, int Column = 0);

/// <summary>
/// One row of <see cref="ContactFields"/>. Every field is in the API, the form, imports, exports, merges and the history; the properties
/// say where fields differ.
/// </summary>
public abstract class ContactField(string name)
{
    /// <summary>As named in the API.</summary>
    public string Name => name;

    /// <summary>Screen label in English; also the key of its translations.</summary>
    public required string Label { get; init; }

    /// <summary>Description in the API reference.</summary>
    public required string Description { get; init; }

    public required ContactFormPlace Place { get; init; }

    /// <summary>Required for every contact; the form marks it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Position among the fields of a bulk change; null if the field cannot be changed in bulk.</summary>
    public int? BulkOrder { get; init; }

    /// <summary>The value as text for forms, merges and the history; "" for none.</summary>
    public abstract string TextOf(ContactDetails contact);

    private protected static PropertyInfo PropertyOf(LambdaExpression property) => (PropertyInfo)((MemberExpression)property.Body).Member;

    // EF turns the captured value into a parameter, so one query plan serves all values.
    private protected static Expression<Func<Contact, bool>> Differs<T>(Expression<Func<Contact, T>> column, Expression<Func<T>> value) =>
        Expression.Lambda<Func<Contact, bool>>(Expression.NotEqual(column.Body, value.Body), column.Parameters);
}

/// <summary>A field whose value is given as text.</summary>
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

    /// <summary>Example in the API reference.</summary>
    public required string Example { get; init; }

    public ContactFieldInput Input { get; init; }

    /// <summary>In characters; null for a fixed set of values.</summary>
    public virtual int? MaxLength { get; init; }

    /// <summary>Width of the list's column in pixels; null if the list has no column, or a custom one.</summary>
    public int? ColumnWidth { get; init; }

    public Optional<string?> GivenIn(ContactPatch patch) => _given(patch);

    /// <summary>Sets the value in a patch that is still being built and not shared yet.</summary>
    public void Give(ContactPatch patch, Optional<string?> value) => _give(patch, value);

    public string? Read(ContactDetails contact) => _read(contact);

    public override string TextOf(ContactDetails contact) => _read(contact) ?? "";
}

/// <summary>An optional text stored as given, except for surrounding whitespace.</summary>
public sealed class ContactColumnField : ContactTextField
{
    private readonly Func<Contact, string?> _get;
    private readonly Action<Contact, string?> _set;

    /// <param name="column">Its limit is the property's <see cref="MaxLengthAttribute"/>, unless the table row sets one.</param>
    public ContactColumnField(
        string name, Expression<Func<Contact, string?>> column, Expression<Func<ContactPatch, Optional<string?>>> patch,
        Func<ContactDetails, string?> details)
        : base(name, patch, details)
    {
        var property = PropertyOf(column);
        _get = property.GetMethod!.CreateDelegate<Func<Contact, string?>>();
        _set = property.SetMethod!.CreateDelegate<Action<Contact, string?>>();
        Column = column;
        MaxLength = property.GetCustomAttribute<MaxLengthAttribute>()?.Length;
    }

    public Expression<Func<Contact, string?>> Column { get; }

    /// <summary>Whether a campaign variable can use it.</summary>
    public bool IsVariable { get; init; }

    /// <summary>Whether the list can be filtered by it; requires an index on the column.</summary>
    public bool IsFilter { get; init; }

    /// <summary>Returns the canonical form; null if the text is invalid (error <see cref="Invalid"/>).</summary>
    public Func<string, string?> Normalize { get; init; } = text => text;

    public FieldError? Invalid { get; init; }

    /// <summary>Translates a word in an imported file; null if unknown.</summary>
    public Func<string, string?> ReadWord { get; init; } = word => word;

    /// <summary>Position in <see cref="ContactFields.Columns"/>.</summary>
    internal int Index { get; set; }

    public string? Read(Contact contact) => _get(contact);

    public void Write(Contact contact, string? value) => _set(contact, value);

    public Expression<Func<Contact, bool>> Differs(string? value) => Differs(Column, () => value);
}
