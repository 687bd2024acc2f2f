namespace WaCr.Web.Domain;

/// <summary>A WhatsApp number of the tenant. Its secrets are encrypted (<c>ChannelSecrets</c>); no service model carries them.</summary>
public sealed class Channel : ILeased, IAudited
{
    public const int NameMaxLength = 100;
    public const int PhoneNumberIdMaxLength = 64;
    public const int BusinessAccountIdMaxLength = 64;
    public const int DisplayPhoneNumberMaxLength = 40;
    public const int VerifiedNameMaxLength = 255;
    public const int SecretMaxLength = 1000;
    public const int VerifyTokenMaxLength = 255;
    public const int CredentialErrorMaxLength = 500;
    public const int OptOutWordsMaxLength = 1000;
    public const int DefaultMessagesPerSecond = 80;

    /// <summary>What WhatsApp allows once it has raised a number's throughput.</summary>
    public const int UpgradedMessagesPerSecond = 1000;

    public static readonly TimeSpan TemplatesEvery = TimeSpan.FromDays(1);

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string Name { get; set; } = "";

    /// <summary>Meta's id of the number. Several tenants may enter the same id, but only one can claim it.</summary>
    public string PhoneNumberId { get; set; } = "";

    /// <summary>When WhatsApp described the number to this tenant's token, which proves ownership; null until then.</summary>
    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>The business account whose templates are used; null until entered.</summary>
    public string? BusinessAccountId { get; set; }

    /// <summary>As WhatsApp shows it; read by a connection test or from a webhook.</summary>
    public string? DisplayPhoneNumber { get; set; }

    public string? VerifiedName { get; set; }

    /// <summary>Encrypted, as are the next two.</summary>
    public string? AccessToken { get; set; }

    public string? AppSecret { get; set; }
    public string? VerifyToken { get; set; }

    /// <summary>SHA-256 of the verify token, the only thing that the handshake names.</summary>
    public byte[]? VerifyTokenHash { get; set; }

    /// <summary>The status of a contact created by an inbound message.</summary>
    public long? DefaultStatusId { get; set; }

    public long? DefaultSourceId { get; set; }

    /// <summary>
    /// The source of a contact whose first message came from an ad or a post; null: the same as of others. The database does not keep the
    /// reference whole: SQLite would have to rebuild the table for it.
    /// </summary>
    public long? AdSourceId { get; set; }

    public long? DefaultAssignedId { get; set; }

    /// <summary>The tenant's own opt-out words besides STOP, one per line.</summary>
    public string OptOutWords { get; set; } = "";

    /// <summary>Whether customers see that staff read their messages, and that staff write.</summary>
    public bool SendsReadReceipts { get; set; } = true;

    /// <summary>Since when WhatsApp refuses the token; null while it is valid.</summary>
    public DateTimeOffset? CredentialRefusedAt { get; set; }

    public string? CredentialError { get; set; }

    /// <summary>Messages wait until a user resumes sending.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>Since when broadcasts of marketing go through WhatsApp's Marketing Messages API; null until its terms are signed.</summary>
    public DateTimeOffset? MarketingTermsSignedAt { get; set; }

    /// <summary>Since when WhatsApp accepts no marketing from this number; everything else is still sent. Null while it does.</summary>
    public DateTimeOffset? MarketingStoppedAt { get; set; }

    public string? MarketingStopReason { get; set; }

    public int MessagesPerSecond { get; set; } = DefaultMessagesPerSecond;

    /// <summary>The number's throughput is used up until then; shared by all replicas.</summary>
    public DateTimeOffset? PacedUntil { get; set; }

    /// <summary>When its account's templates are fetched next; null while the account or the token is missing.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public Guid? LeaseOwner { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Sets Meta's ids. What WhatsApp said of the number or account before does not hold for another one.</summary>
    /// <returns>Whether it is another number or account; the first one is none.</returns>
    public bool Identify(string phoneNumberId, string? businessAccountId)
    {
        var isOtherNumber = PhoneNumberId.Length > 0 && phoneNumberId != PhoneNumberId;
        var isOtherAccount = BusinessAccountId is not null && businessAccountId != BusinessAccountId;
        (PhoneNumberId, BusinessAccountId) = (phoneNumberId, businessAccountId);
        if (!isOtherNumber && !isOtherAccount)
        {
            return false;
        }

        if (isOtherNumber)
        {
            (ClaimedAt, DisplayPhoneNumber, VerifiedName) = (null, null, null);

            // WhatsApp raised the old number's pace; any other pace is what a user chose.
            MessagesPerSecond = MessagesPerSecond == UpgradedMessagesPerSecond ? DefaultMessagesPerSecond : MessagesPerSecond;
        }

        // The terms are the account's: its other numbers keep them.
        MarketingTermsSignedAt = isOtherAccount || businessAccountId is null ? null : MarketingTermsSignedAt;
        ResumeMarketing();
        return true;
    }

    public void ResumeMarketing() => (MarketingStoppedAt, MarketingStopReason) = (null, null);
}

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

/// <summary>
/// A WhatsApp identity or conversation belongs to a contact only while the contact keeps the number it had when they were linked: after a
/// change of number, the old number may belong to somebody else. Changes by WhatsApp itself or by a merge link them anew.
/// </summary>
public static class NumberTie
{
    /// <param name="tiedKey">The contact's number at that time; null for rows from before it was stored.</param>
    /// <param name="contactKey">The contact's number now.</param>
    public static bool Holds(string? tiedKey, string contactKey, string? waId) =>
        tiedKey is null || tiedKey == contactKey || PhoneNumber.IsNone(tiedKey) || PhoneNumber.IsNone(contactKey)
        || PhoneNumber.FromWaId(waId)?.Key == contactKey;
}
