namespace WaCr.Web.Domain;

/// <summary>Every change is recorded in the audit trail, in the same transaction.</summary>
#pragma warning disable CA1040 // A marker on purpose: the context looks for it.
public interface IAudited;
#pragma warning restore CA1040

/// <summary>Each save raises its version by one, and two saves from the same version conflict.</summary>
public interface IVersioned
{
    long Version { get; set; }
}

public enum AuditAction
{
    Created = 0,
    Updated = 1,
    Deleted = 2,

    /// <summary>Restored from the trash; its fields are recorded as for a new row.</summary>
    Restored = 3,

    /// <summary>Erased for good with all data about the person; the changes are the receipt's counts.</summary>
    Erased = 4,

    // Security events: they change no row and are written by SecurityEvents.
    SignedIn = 20,
    SignInRefused = 21,
    LockedOut = 22,
    SignedOut = 23,
    PasswordChanged = 24,
    PasswordLinkCreated = 25,
    TwoFactorAdded = 26,
    TwoFactorRemoved = 27,
    RecoveryCodesRenewed = 28,
    PasskeyAdded = 29,
    PasskeyRemoved = 30,

    /// <summary>All sessions of the account were ended.</summary>
    SessionsEnded = 31,

    /// <summary>A token was used from a new address.</summary>
    UsedFromNewAddress = 32,
    Exported = 33,

    /// <summary>A webhook with a wrong signature.</summary>
    WebhookRefused = 34,
}

/// <summary>One change or one security event: who did it, from which origin, and each field before and after.</summary>
public sealed class AuditEntry : ITenantOwned
{
    public const int EntityTypeMaxLength = 40;

    /// <summary>The <see cref="EntityType"/> of a contact's entries.</summary>
    public const string ContactType = "contact";
    public const int ActorNameMaxLength = 255;
    public const int RequestIdMaxLength = 64;

    /// <summary>Fits an IPv6 address with its zone.</summary>
    public const int AddressMaxLength = 64;

    public const int CountKeyMaxLength = 120;

    /// <summary>The <see cref="EntityType"/> of a sign-in account's entries; the id is the user's.</summary>
    public const string AccountType = "account";

    public const string GroupType = "group";
    public const string ApiTokenType = "apitoken";
    public const string ChannelType = "channel";
    public const string WebhookType = "webhook";
    public const string TemplateType = "template";

    /// <summary>The <see cref="EntityType"/> of message exports, which have no id.</summary>
    public const string MessagesType = "messages";

    public const string AuditType = "audit";

    public long Id { get; set; }
    public long TenantId { get; set; }

    /// <summary>The entity's name in lower case: <c>contact</c>, <c>group</c>, <c>apitoken</c>.</summary>
    public string EntityType { get; set; } = "";

    public long EntityId { get; set; }
    public AuditAction Action { get; set; }
    public ActorKind ActorKind { get; set; }
    public long? ActorId { get; set; }
    public string ActorName { get; set; } = "";
    public ChangeOrigin ChangeOrigin { get; set; }
    public string? RequestId { get; set; }
    /// <summary>For a counted event, the last time.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The client's network address; null without a network request.</summary>
    public string? Address { get; set; }

    /// <summary>How often a counted event happened; null for other entries.</summary>
    public int? Times { get; set; }

    /// <summary>
    /// Events that anonymous callers cause are counted in one row per key and hour, so that nobody can fill the disk; unique in the tenant.
    /// </summary>
    public string? CountKey { get; set; }

    /// <summary>JSON: <c>{"field": [before, after]}</c>, with the API's field names.</summary>
    public string Changes { get; set; } = "{}";
}
