using WaCr.Web.Common;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// A <see cref="ContactPatch"/> after the rules that need no database: trimmed, parsed, and with its
/// errors so far. A field that failed is not given here.
/// </summary>
internal sealed class ContactDraft
{
    private readonly bool _creating;
    private readonly bool _byContract;
    private readonly ContactPatch _input;

    private ContactDraft(ContactPatch input, bool creating, string homeCountry, ChangeOrigin door)
    {
        _input = input;
        _creating = creating;
        _byContract = door == ChangeOrigin.Api;
        Errors = new FieldErrors().AddAll(input.Unreadable);

        FirstName = RequiredText(ContactFieldNames.FirstName, input.FirstName, Contact.NameMaxLength, ContactErrors.FirstNameRequired);
        LastName = ReadLastName();
        Company = Text(ContactFieldNames.Company, input.Company, Contact.CompanyMaxLength);
        Type = ReadType();
        Email = ReadEmail();
        Phone = ReadPhone(homeCountry);
        StatusId = RequiredId(ContactFieldNames.StatusId, input.StatusId, ContactErrors.StatusRequired);
        SourceId = RequiredId(ContactFieldNames.SourceId, input.SourceId, ContactErrors.SourceRequired);
        Description = Text(ContactFieldNames.Description, input.Description, Contact.DescriptionMaxLength);
        City = Text(ContactFieldNames.City, input.City, Contact.CityMaxLength);
        State = Text(ContactFieldNames.State, input.State, Contact.StateMaxLength);
        Zip = Text(ContactFieldNames.Zip, input.Zip, Contact.ZipMaxLength);
        Address = Text(ContactFieldNames.Address, input.Address, Contact.AddressMaxLength);
        Groups = input.Groups.IsGiven ? new Optional<List<long>>([.. (input.Groups.Value ?? []).Distinct().Order()]) : default;
    }

    public FieldErrors Errors { get; }

    public Optional<string> FirstName { get; }
    public Optional<string> LastName { get; }
    public Optional<string?> Company { get; }
    public Optional<ContactType> Type { get; }
    public Optional<string?> Email { get; }
    public Optional<PhoneNumber> Phone { get; }
    public Optional<long> StatusId { get; }
    public Optional<long> SourceId { get; }
    public Optional<string?> Description { get; }
    public Optional<string?> City { get; }
    public Optional<string?> State { get; }
    public Optional<string?> Zip { get; }
    public Optional<string?> Address { get; }
    public Optional<long?> CountryId => _input.CountryId;
    public Optional<long?> AssignedId => _input.AssignedId;
    public bool OptsOut => _input.OptsOut;
    public bool EndsUnsavedEdit => _input.EndsUnsavedEdit;

    /// <summary>Distinct and in ascending order.</summary>
    public Optional<List<long>> Groups { get; }

    public string? EmailKey => Email.Or(null) is { } email ? TextKey.IgnoringCase(email) : null;

    /// <param name="door">The API's contract asks for a last name and has its own words; elsewhere many people have one name.</param>
    public static ContactDraft ForCreate(ContactPatch input, string homeCountry, ChangeOrigin door) =>
        new(input, creating: true, homeCountry, door);

    /// <inheritdoc cref="ForCreate"/>
    public static ContactDraft ForUpdate(ContactPatch input, string homeCountry, ChangeOrigin door) =>
        new(input, creating: false, homeCountry, door);

    /// <summary>Sets what was given; groups are the service's, since they are rows of their own.</summary>
    public void ApplyTo(Contact contact)
    {
        contact.FirstName = FirstName.Or(contact.FirstName);
        contact.LastName = LastName.Or(contact.LastName);
        contact.Company = Company.Or(contact.Company);
        contact.Type = Type.Or(contact.Type);
        contact.Email = Email.Or(contact.Email);
        contact.StatusId = StatusId.Or(contact.StatusId);
        contact.SourceId = SourceId.Or(contact.SourceId);
        contact.Description = Description.Or(contact.Description);
        contact.City = City.Or(contact.City);
        contact.State = State.Or(contact.State);
        contact.Zip = Zip.Or(contact.Zip);
        contact.Address = Address.Or(contact.Address);
        contact.CountryId = CountryId.IsGiven ? (int?)CountryId.Value : contact.CountryId;
        contact.AssignedId = AssignedId.Or(contact.AssignedId);
        contact.IsOptedOut |= OptsOut;
        if (Phone.IsGiven)
        {
            contact.SetPhone(Phone.Value);
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

    private Optional<string?> ReadEmail()
    {
        var email = Text(ContactFieldNames.Email, _input.Email, Contact.EmailMaxLength);
        if (email.Or(null) is not { } text || TextRule.IsEmail(text))
        {
            return email;
        }

        Errors.Add(ContactFieldNames.Email, ContactErrors.EmailInvalid);
        return default;
    }

    private Optional<string> ReadLastName()
    {
        if (_byContract)
        {
            return RequiredText(ContactFieldNames.LastName, _input.LastName, Contact.NameMaxLength, ContactErrors.LastNameRequired);
        }

        var name = Text(ContactFieldNames.LastName, _input.LastName, Contact.NameMaxLength);
        return name.IsGiven ? name.Value ?? "" : default(Optional<string>);
    }

    private Optional<PhoneNumber> ReadPhone(string homeCountry)
    {
        if (_input.PhoneRead is { } read)
        {
            return read.Entered.Length <= Contact.PhoneMaxLength ? read : read with { Entered = "+" + read.Key };
        }

        // As it is pasted a number may be longer than one is.
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
        var text = Text(field, given, max);
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

    // Blanks alone are no text: they clear, as null does.
    private Optional<string?> Text(string field, Optional<string?> given, int max)
    {
        if (!given.IsGiven || given.Value is null)
        {
            return given;
        }

        var text = TextRule.Check(Errors, field, given.Value, max);
        return text is null && Errors.Has(field) ? default : new Optional<string?>(text);
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
