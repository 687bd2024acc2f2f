using System.Linq.Expressions;

namespace WaCr.Web.Features.Contacts;

/// <summary>A field that references a row of another table.</summary>
public sealed class ContactReferenceField : ContactField
{
    private readonly Func<ContactPatch, Optional<long?>> _given;
    private readonly Action<ContactPatch, Optional<long?>> _give;
    private readonly Func<ContactDetails, long?> _read;
    private readonly Expression<Func<Contact, long?>> _column;

    public ContactReferenceField(
        string name, Expression<Func<Contact, long?>> column, Expression<Func<ContactPatch, Optional<long?>>> patch,
        Func<ContactDetails, long?> details)
        : base(name)
    {
        var property = PropertyOf(patch);
        _given = property.GetMethod!.CreateDelegate<Func<ContactPatch, Optional<long?>>>();
        _give = property.SetMethod!.CreateDelegate<Action<ContactPatch, Optional<long?>>>();
        _read = details;
        _column = column;
    }

    /// <summary>Example in the API reference; null if no row is certain to exist.</summary>
    public long? Example { get; init; }

    public Optional<long?> GivenIn(ContactPatch patch) => _given(patch);

    /// <inheritdoc cref="ContactTextField.Give"/>
    public void Give(ContactPatch patch, Optional<long?> value) => _give(patch, value);

    public long? Read(ContactDetails contact) => _read(contact);

    public override string TextOf(ContactDetails contact) =>
        _read(contact)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";

    public Expression<Func<Contact, bool>> Differs(long? value) => Differs(_column, () => value);
}

/// <summary>The groups: a set whose members are added and removed one by one.</summary>
public sealed class ContactGroupsField(string name) : ContactField(name)
{
    public override string TextOf(ContactDetails contact) => throw new NotSupportedException("Groups have no text.");
}
