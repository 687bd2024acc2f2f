using System.ComponentModel.DataAnnotations;
using System.Text;

namespace WaCr.Web.Domain;

public enum ContactType
{
    Lead = 0,
    Customer = 1,
    Guest = 2,
}

public sealed class Contact : ITenantOwned, IAudited, IVersioned
{
    public const int NameMaxLength = 255;
    public const int CompanyMaxLength = 255;
    public const int EmailMaxLength = 191;
    public const int PhoneMaxLength = 20;
    public const int PhoneKeyMaxLength = 20;
    public const int CityMaxLength = 255;
    public const int StateMaxLength = 255;
    public const int ZipMaxLength = 20;
    public const int AddressMaxLength = 500;
    public const int LanguageMaxLength = LanguageTag.MaxLength;
    public const int UsernameMaxLength = 64;
    public const int DescriptionMaxLength = 65_535;
    public const string SearchLineStart = "\n\n";

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";

    [MaxLength(CompanyMaxLength)]
    public string? Company { get; set; }

    public ContactType Type { get; set; }

    [MaxLength(EmailMaxLength)]
    public string? Email { get; set; }

    /// <summary>As entered, trimmed; never rewritten. Empty for a person who hides it and has only a WhatsApp id.</summary>
    public string Phone { get; private set; } = "";

    public long StatusId { get; set; }
    public long SourceId { get; set; }

    [MaxLength(CityMaxLength)]
    public string? City { get; set; }

    [MaxLength(StateMaxLength)]
    public string? State { get; set; }

    [MaxLength(ZipMaxLength)]
    public string? Zip { get; set; }

    [MaxLength(AddressMaxLength)]
    public string? Address { get; set; }

    public int? CountryId { get; set; }

    /// <summary>A user with a membership in the same tenant.</summary>
    public long? AssignedId { get; set; }

    /// <summary>The person's preferred language, BCP 47; null if unknown.</summary>
    [MaxLength(LanguageMaxLength)]
    public string? Language { get; set; }

    /// <summary>The person's name at WhatsApp, without the @; null if they have none. WhatsApp tells it, nobody enters it.</summary>
    [MaxLength(UsernameMaxLength)]
    public string? Username { get; set; }

    /// <summary>True if any message is unwanted: <see cref="OptedOutOf"/>.</summary>
    public bool IsOptedOut { get; private set; }

    /// <summary>Meaningful only if <see cref="IsOptedOut"/>.</summary>
    public ConsentPurpose OptedOutOf { get; private set; }

    /// <summary>Whether the person asked for marketing; false if it is not known.</summary>
    public bool AgreesToMarketing { get; private set; }

    /// <summary>When the consent was last changed; null if nothing was ever said.</summary>
    public DateTimeOffset? ConsentChangedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Rises with every change, group membership included; the source of the ETag.</summary>
    public long Version { get; set; }

    /// <summary>
    /// The normalised number. Without a phone, a minus and the contact's id: no number starts so, and the unique index still holds.
    /// </summary>
    public string PhoneKey { get; private set; } = "";
    public string? EmailKey { get; private set; }
    public string FirstNameKey { get; private set; } = "";
    public string LastNameKey { get; private set; } = "";

    /// <summary>
    /// All searchable fields, folded, one per line. Each line follows two line breaks, so that the first one or two letters of a field form
    /// a trigram.
    /// </summary>
    public string SearchText { get; private set; } = "";

    /// <summary>The last column: it may be long, and SQLite must read past it to reach later columns.</summary>
    public string? Description { get; set; }

    public List<GroupMember> Groups { get; } = [];
    public Source? Source { get; set; }
    public Status? Status { get; set; }

    public bool HasPhone => Phone.Length > 0;

    public Consent Consent
    {
        get => Consent.From(IsOptedOut, OptedOutOf, AgreesToMarketing);
        set
        {
            IsOptedOut = value.IsOptedOut;
            OptedOutOf = IsOptedOut && value.Service == ServiceConsent.Allowed ? ConsentPurpose.Marketing : ConsentPurpose.Everything;
            AgreesToMarketing = value.Marketing == MarketingConsent.Granted && !IsOptedOut;
        }
    }

    /// <summary>The same wish was said again: an undo of the first must not take back this one. It moves even within one second.</summary>
    public void RepeatConsent(DateTimeOffset at) =>
        ConsentChangedAt = ConsentChangedAt >= at ? ConsentChangedAt.Value.AddSeconds(1) : at;

    public void SetPhone(PhoneNumber phone)
    {
        Phone = phone.Entered;
        PhoneKey = phone.Key;
    }

    /// <summary>Recomputes the derived columns; the database context calls it before each save.</summary>
    public void RefreshKeys()
    {
        FirstNameKey = TextKey.Folded(FirstName);
        LastNameKey = TextKey.Folded(LastName);
        EmailKey = Email is null ? null : TextKey.IgnoringCase(Email);
        PhoneKey = HasPhone ? PhoneKey : string.Create(CultureInfo.InvariantCulture, $"{PhoneNumber.NoneMark}{Id}");
        var entered = TextKey.Digits(Phone);
        var text = new StringBuilder(capacity: 160);
        AddLine($"{FirstNameKey} {LastNameKey}");
        AddLine(LastNameKey);
        AddLine(TextKey.Folded(Email));
        AddLine(HasPhone ? PhoneKey : "");
        AddLine(PhoneKey.Contains(entered, StringComparison.Ordinal) ? "" : entered);
        AddLine(TextKey.Folded(Company));
        AddLine(Username is null ? "" : "@" + TextKey.Folded(Username));
        SearchText = text.ToString();

        void AddLine(string line)
        {
            if (line.Length > 0)
            {
                text.Append(SearchLineStart).Append(line);
            }
        }
    }
}
