namespace WaCr.Web.Features.Contacts;

/// <summary>
/// A <see cref="ContactPatch"/> after the checks that need no database: trimmed, parsed, with its errors so far. A field that failed counts
/// as not given.
/// </summary>
internal sealed class ContactDraft
{
    private readonly bool _creating;
    private readonly bool _byContract;
    private readonly ContactPatch _input;
    private readonly Optional<string?>[] _columns = new Optional<string?>[ContactFields.Columns.Count];

    private ContactDraft(ContactPatch input, bool creating, string homeCountry, ChangeOrigin origin)
    {
        _input = input;
        _creating = creating;
        _byContract = origin == ChangeOrigin.Api;
        Errors = new FieldErrors().AddAll(input.Unreadable);

        foreach (var field in ContactFields.All)
        {
            Read(field, homeCountry);
        }

        Consent = ConsentDraft.Read(input.Consent, Errors);
        Groups = input.Groups.IsGiven ? new Optional<List<long>>([.. (input.Groups.Value ?? []).Distinct().Order()]) : default;
    }

    public FieldErrors Errors { get; }

    public Optional<string> FirstName { get; private set; }
    public Optional<string> LastName { get; private set; }
    public Optional<ContactType> Type { get; private set; }
    public Optional<PhoneNumber> Phone { get; private set; }
    public Optional<long> StatusId { get; private set; }
    public Optional<long> SourceId { get; private set; }
    public Optional<long?> CountryId => _input.CountryId;
    public Optional<long?> AssignedId => _input.AssignedId;
    public bool OptsOut => _input.OptsOut;
    public bool EndsUnsavedEdit => _input.EndsUnsavedEdit;

    /// <summary>Null if the patch says nothing of it; applied apart, since it belongs to the numbers too.</summary>
    public ConsentDraft? Consent { get; }

    /// <summary>Distinct, in ascending order.</summary>
    public Optional<List<long>> Groups { get; }

    public string? EmailKey { get; private set; }

    /// <param name="origin">The API requires a last name and has its own messages; elsewhere a single name is enough.</param>
    public static ContactDraft ForCreate(ContactPatch input, string homeCountry, ChangeOrigin origin) =>
        new(input, creating: true, homeCountry, origin);

    /// <inheritdoc cref="ForCreate"/>
    public static ContactDraft ForUpdate(ContactPatch input, string homeCountry, ChangeOrigin origin) =>
        new(input, creating: false, homeCountry, origin);

    /// <summary>The value as it will be stored.</summary>
    public Optional<string?> this[ContactColumnField field] => _columns[field.Index];

    /// <summary>The value as given.</summary>
    public Optional<long?> this[ContactReferenceField field] => field.GivenIn(_input);

    /// <summary>Sets the given fields; groups are left to the service, because they are separate rows.</summary>
    public void ApplyTo(Contact contact)
    {
        contact.FirstName = FirstName.Or(contact.FirstName);
        contact.LastName = LastName.Or(contact.LastName);
        contact.Type = Type.Or(contact.Type);
        contact.StatusId = StatusId.Or(contact.StatusId);
        contact.SourceId = SourceId.Or(contact.SourceId);
        contact.CountryId = CountryId.IsGiven ? (int?)CountryId.Value : contact.CountryId;
        contact.AssignedId = AssignedId.Or(contact.AssignedId);
        contact.Consent = OptsOut ? contact.Consent.With(ConsentChange.StopsAll) : contact.Consent;
        foreach (var field in ContactFields.Columns.Where(field => _columns[field.Index].IsGiven))
        {
            field.Write(contact, _columns[field.Index].Value);
        }

        if (Phone.IsGiven)
        {
            contact.SetPhone(Phone.Value);
        }
    }

    // In order, so that errors come in the order of the fields.
    private void Read(ContactField field, string homeCountry)
    {
        switch (field)
        {
            case ContactColumnField column: ReadColumn(column); break;
            case { Name: ContactFieldNames.FirstName }:
                FirstName = RequiredText(field.Name, _input.FirstName, Contact.NameMaxLength, ContactErrors.FirstNameRequired);
                break;
            case { Name: ContactFieldNames.LastName }: LastName = ReadLastName(); break;
            case { Name: ContactFieldNames.Type }: Type = ReadType(); break;
            case { Name: ContactFieldNames.Phone }: Phone = ReadPhone(homeCountry); break;
            case { Name: ContactFieldNames.StatusId }: StatusId = RequiredId(field.Name, _input.StatusId, ContactErrors.StatusRequired); break;
            case { Name: ContactFieldNames.SourceId }: SourceId = RequiredId(field.Name, _input.SourceId, ContactErrors.SourceRequired); break;
        }
    }

    private Optional<ContactType> ReadType()
    {
        if (IsUnreadable(ContactFieldNames.Type) || (!_input.Type.IsGiven && !_creating))
        {
            return default;
        }

        switch (_input.Type.Or(null)?.Trim())
        {
            case "lead": return ContactType.Lead;
            case "customer": return ContactType.Customer;
            case "guest": return ContactType.Guest;
            default:
                Errors.Add(ContactFieldNames.Type, ContactErrors.TypeInvalid);
                return default;
        }
    }

    private void ReadColumn(ContactColumnField field)
    {
        var text = TextRule.Check(Errors, field.Name, field.GivenIn(_input), field.MaxLength!.Value);
        if (text.Or(null) is { } given)
        {
            text = field.Normalize(given);
            if (text.Value is null)
            {
                Errors.Add(field.Name, field.Invalid!);
                return;
            }
        }

        _columns[field.Index] = text;
        if (field.Name == ContactFieldNames.Email)
        {
            EmailKey = text.Or(null) is { } email ? TextKey.IgnoringCase(email) : null;
        }
    }

    private Optional<string> ReadLastName()
    {
        if (_byContract)
        {
            return RequiredText(ContactFieldNames.LastName, _input.LastName, Contact.NameMaxLength, ContactErrors.LastNameRequired);
        }

        var name = TextRule.Check(Errors, ContactFieldNames.LastName, _input.LastName, Contact.NameMaxLength);
        return name.IsGiven ? name.Value ?? "" : default(Optional<string>);
    }

    private Optional<PhoneNumber> ReadPhone(string homeCountry)
    {
        if (_input.PhoneRead is { } read)
        {
            return read.Entered.Length <= Contact.PhoneMaxLength ? read : read with { Entered = "+" + read.Key };
        }

        // A pasted number may be longer than a valid one.
        var max = _byContract ? Contact.PhoneMaxLength : Contact.AddressMaxLength;
        var phone = RequiredText(ContactFieldNames.Phone, _input.Phone, max, ContactErrors.PhoneRequired);
        if (!phone.IsGiven)
        {
            return default;
        }

        if (PhoneNumber.TryParse(phone.Value, homeCountry, out var number))
        {
            return number.Entered.Length <= Contact.PhoneMaxLength ? number : number with { Entered = "+" + number.Key };
        }

        Errors.Add(
            ContactFieldNames.Phone,
            _byContract || !PhoneText.IsRounded(phone.Value) ? ContactErrors.PhoneInvalid : ContactErrors.PhoneRounded);
        return default;
    }

    private Optional<string> RequiredText(string field, Optional<string?> given, int max, FieldError missing)
    {
        var text = TextRule.Check(Errors, field, given, max);
        if (text.IsGiven && text.Value is { } value)
        {
            return value;
        }

        if ((text.IsGiven || (_creating && !given.IsGiven)) && !IsUnreadable(field))
        {
            Errors.Add(field, missing);
        }

        return default;
    }

    private Optional<long> RequiredId(string field, Optional<long?> given, FieldError missing)
    {
        if (given.IsGiven && given.Value is { } id)
        {
            return id;
        }

        if ((given.IsGiven || _creating) && !IsUnreadable(field))
        {
            Errors.Add(field, missing);
        }

        return default;
    }

    private bool IsUnreadable(string field) => _input.Unreadable.Has(field);
}
