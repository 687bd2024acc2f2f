namespace WaCr.Web.Domain;

/// <summary>
/// Links a WhatsApp identity on a channel to a contact. One of the two ids is set, and each leads to one contact. No foreign key to
/// contacts: one restored from the trash keeps its id and is recognised again.
/// </summary>
public sealed class ChannelIdentity : ITenantOwned
{
    public const int WaIdMaxLength = 32;

    /// <summary>A country code, a dot and up to 128 characters; the parent form has a second part.</summary>
    public const int UserIdMaxLength = 160;

    public const int ProfileNameMaxLength = 255;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ChannelId { get; set; }
    public long ContactId { get; set; }

    /// <summary>Digits; may differ from the contact's number (Brazil, Mexico, Argentina).</summary>
    public string? WaId { get; set; }

    /// <summary>The contact's number when the two were linked; see <see cref="NumberTie"/>.</summary>
    public string? ContactPhoneKey { get; set; }

    /// <summary>The business-scoped id (BSUID) of a person who may hide their number.</summary>
    public string? UserId { get; set; }

    /// <summary>The id that all portfolios of a parent business know the person by; null where there is none.</summary>
    public string? ParentUserId { get; set; }

    public string? ProfileName { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The key of <see cref="WaId"/>; null if the number is hidden.</summary>
    public string? PhoneKey => PhoneNumber.FromWaId(WaId)?.Key;

    /// <summary>Whether it still belongs to the contact, whose number is now <paramref name="contactPhoneKey"/>.</summary>
    public bool StandsFor(string contactPhoneKey) => NumberTie.Holds(ContactPhoneKey, contactPhoneKey, WaId);
}
