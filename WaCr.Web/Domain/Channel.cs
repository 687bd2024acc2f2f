using WaCr.Web.Common;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>
/// A WhatsApp number of the tenant. Its secrets are protected (<c>ChannelSecrets</c>) and stay in the database: no model of a
/// service carries them to a door.
/// </summary>
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
    public static readonly TimeSpan TemplatesEvery = TimeSpan.FromDays(1);

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string Name { get; set; } = "";

    /// <summary>Meta's id of the number. Several tenants may enter the same; one of them alone may claim it.</summary>
    public string PhoneNumberId { get; set; } = "";

    /// <summary>When WhatsApp told of the number with this tenant's token, which proves that it is theirs; null until then.</summary>
    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>Whose templates are used; null until somebody enters it.</summary>
    public string? BusinessAccountId { get; set; }

    /// <summary>As WhatsApp shows it; learned by testing the connection or from a webhook.</summary>
    public string? DisplayPhoneNumber { get; set; }

    public string? VerifiedName { get; set; }

    /// <summary>Protected, as are the next two.</summary>
    public string? AccessToken { get; set; }

    public string? AppSecret { get; set; }
    public string? VerifyToken { get; set; }

    /// <summary>SHA-256 of the verify token: the handshake names nothing else.</summary>
    public byte[]? VerifyTokenHash { get; set; }

    /// <summary>What a contact gets that a message brings along.</summary>
    public long? DefaultStatusId { get; set; }

    public long? DefaultSourceId { get; set; }
    public long? DefaultAssignedId { get; set; }

    /// <summary>The tenant's own, one a line, beside STOP.</summary>
    public string OptOutWords { get; set; } = "";

    /// <summary>Since when WhatsApp refuses the token; null while it is good.</summary>
    public DateTimeOffset? CredentialRefusedAt { get; set; }

    public string? CredentialError { get; set; }

    /// <summary>What waits stays waiting until somebody goes on.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    public int MessagesPerSecond { get; set; } = DefaultMessagesPerSecond;

    /// <summary>Up to when the number's throughput is spent; all replicas spend it here.</summary>
    public DateTimeOffset? PacedUntil { get; set; }

    /// <summary>When the templates of its account are fetched next; null before it has an account and a token.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public Guid? LeaseOwner { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>
/// Who a contact is on a channel. One of the two ids is set, and each leads to one contact. Contacts are not bound by a
/// foreign key: one in the trash comes back under its id and is known again.
/// </summary>
public sealed class ChannelIdentity : ITenantOwned
{
    public const int WaIdMaxLength = 32;

    /// <summary>A country, a dot and up to 128 characters; the parent form has a second part.</summary>
    public const int UserIdMaxLength = 160;

    public const int ProfileNameMaxLength = 255;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ChannelId { get; set; }
    public long ContactId { get; set; }

    /// <summary>Digits; may differ from the contact's number (Brazil, Mexico, Argentina).</summary>
    public string? WaId { get; set; }

    /// <summary>The contact's number when the two were tied; see <see cref="NumberTie"/>.</summary>
    public string? ContactPhoneKey { get; set; }

    /// <summary>The business-scoped id (BSUID) of somebody whose number may be hidden.</summary>
    public string? UserId { get; set; }

    public string? ProfileName { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The key of <see cref="WaId"/>; null where the number is hidden.</summary>
    public string? PhoneKey => PhoneNumber.FromWaId(WaId)?.Key;

    /// <summary>Whether it still is that contact, whose number is this one by now.</summary>
    public bool StandsFor(string contactPhoneKey) => NumberTie.Holds(ContactPhoneKey, contactPhoneKey, WaId);
}

/// <summary>
/// Something of WhatsApp's belongs to a contact as long as the contact's number stays what it was when the two were tied: when
/// somebody gives the contact another number, whoever writes from the old one is somebody else. What WhatsApp itself or a merge
/// changes ties them anew.
/// </summary>
public static class NumberTie
{
    /// <param name="tiedKey">The contact's number then; null for rows from before it was kept.</param>
    /// <param name="contactKey">The contact's number now.</param>
    public static bool Holds(string? tiedKey, string contactKey, string? waId) =>
        tiedKey is null || tiedKey == contactKey || PhoneNumber.IsNone(tiedKey) || PhoneNumber.IsNone(contactKey)
        || PhoneNumber.FromWaId(waId)?.Key == contactKey;
}
