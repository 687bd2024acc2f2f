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
