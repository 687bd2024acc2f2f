using System.Security.Cryptography;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

public enum TenantStatus
{
    Active = 0,
    Suspended = 1,
}

/// <summary>One company's workspace. Everything else hangs off its id.</summary>
public sealed class Tenant : IPlatformOwned, IAudited
{
    public const int NameMaxLength = 255;
    public const int SubdomainMaxLength = 63;
    public const int TimeZoneMaxLength = 64;
    public const int DefaultAuditDays = 730;
    public const int ConsentKeyLength = 32;

    public long Id { get; set; }
    public string? Name { get; set; }

    /// <summary>Lower-case letters, digits and hyphens, as in a host name; unique on the platform.</summary>
    public string Subdomain { get; set; } = "";

    public TenantStatus Status { get; set; }

    /// <summary>ISO 3166 alpha-2: where a phone number without a country code is at home.</summary>
    public string CountryCode { get; set; } = "US";

    /// <summary>IANA name, for example <c>Asia/Kolkata</c>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Whether everybody here has to sign in with a second factor or a passkey.</summary>
    public bool RequiresTwoFactor { get; set; }

    /// <summary>How many days the audit trail is kept; null: <see cref="DefaultAuditDays"/>.</summary>
    public int? AuditKeptDays { get; set; }
    /// <summary>Random: what the hashes of <see cref="ConsentRecord"/> are keyed with. It never changes.</summary>
    public byte[] ConsentKey { get; set; } = RandomNumberGenerator.GetBytes(ConsentKeyLength);

    public DateTimeOffset CreatedAt { get; set; }

    public int AuditDays => AuditKeptDays ?? DefaultAuditDays;

    public string DisplayName => string.IsNullOrWhiteSpace(Name) ? Subdomain : Name;

    public TenantIdentity ToIdentity() => new(Id, DisplayName, CountryCode, TimeZone);
}
