using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>Every change of it is written down, in the same transaction.</summary>
#pragma warning disable CA1040 // A marker on purpose: the context looks for it.
public interface IAudited;
#pragma warning restore CA1040

/// <summary>Its version climbs by one at every save, and two saves from the same version collide.</summary>
public interface IVersioned
{
    long Version { get; set; }
}

public enum AuditAction
{
    Created = 0,
    Updated = 1,
    Deleted = 2,

    /// <summary>Came back from the trash; its fields are told as if it were new.</summary>
    Restored = 3,

    /// <summary>Erased for good, with all that was known of the person; the changes are the counts of the receipt.</summary>
    Erased = 4,

    // Security events: they change no row of their own and are written by SecurityEvents.
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

    /// <summary>Signed out everywhere: all sessions of the account were ended.</summary>
    SessionsEnded = 31,

    /// <summary>A token came from an address that it had not come from before.</summary>
    UsedFromNewAddress = 32,
    Exported = 33,

    /// <summary>A webhook whose signature did not fit.</summary>
    WebhookRefused = 34,
}

/// <summary>One change of one thing, or one security event: who, through which door, and each field before and after.</summary>
public sealed class AuditEntry : ITenantOwned
{
    public const int EntityTypeMaxLength = 40;

    /// <summary>The <see cref="EntityType"/> of a contact's entries.</summary>
    public const string ContactType = "contact";
    public const int ActorNameMaxLength = 255;
    public const int RequestIdMaxLength = 64;

    /// <summary>An IPv6 address with its zone.</summary>
    public const int AddressMaxLength = 64;

    public const int CountKeyMaxLength = 120;

    /// <summary>The <see cref="EntityType"/> of what happens to a sign-in account; the id is the user's.</summary>
    public const string AccountType = "account";

    public const string ApiTokenType = "apitoken";
    public const string ChannelType = "channel";
    public const string WebhookType = "webhook";

    /// <summary>Of exports: they are about many and have no id.</summary>
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
    /// <summary>Of a counted event, the last time.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The network address that it came from, where it came over the network.</summary>
    public string? Address { get; set; }

    /// <summary>How often a counted event happened; null for what is written one by one.</summary>
    public int? Times { get; set; }

    /// <summary>What strangers cause is counted under one key an hour, so that nobody fills the disk; unique in the tenant.</summary>
    public string? CountKey { get; set; }

    /// <summary>JSON: <c>{"field": [before, after]}</c>, fields in the words of the API.</summary>
    public string Changes { get; set; } = "{}";
}
