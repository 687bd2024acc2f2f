using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace WaCr.Web.Domain;

public enum TenantStatus
{
    Active = 0,
    Suspended = 1,
}

/// <summary>One company's workspace. All its data refers to this id.</summary>
public sealed class Tenant : IPlatformOwned, IAudited
{
    public const int NameMaxLength = 255;
    public const int SubdomainMaxLength = 63;
    public const int TimeZoneMaxLength = 64;
    public const int LanguageMaxLength = 16;
    public const int DefaultAuditDays = 730;
    public const int ConsentKeyLength = 32;

    public long Id { get; set; }
    public string? Name { get; set; }

    /// <summary>Lower-case letters, digits and hyphens, as in a host name; unique in the installation.</summary>
    public string Subdomain { get; set; } = "";

    public TenantStatus Status { get; set; }

    /// <summary>ISO 3166 alpha-2: the country of phone numbers without a country code.</summary>
    public string CountryCode { get; set; } = "US";

    /// <summary>IANA name, for example <c>Asia/Kolkata</c>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The staff app's language for people who chose none; null leaves it to their browsers.</summary>
    [MaxLength(LanguageMaxLength)]
    public string? Language { get; set; }

    /// <summary>Whether all users need a second factor or a passkey to sign in.</summary>
    public bool RequiresTwoFactor { get; set; }

    /// <summary>Days that the audit trail is kept; null means <see cref="DefaultAuditDays"/>.</summary>
    public int? AuditKeptDays { get; set; }
    /// <summary>Random; the key of the hashes in <see cref="ConsentRecord"/>. It never changes.</summary>
    public byte[] ConsentKey { get; set; } = RandomNumberGenerator.GetBytes(ConsentKeyLength);

    public DateTimeOffset CreatedAt { get; set; }

    public int AuditDays => AuditKeptDays ?? DefaultAuditDays;

    public string DisplayName => string.IsNullOrWhiteSpace(Name) ? Subdomain : Name;

    public TenantIdentity ToIdentity() => new(Id, DisplayName, CountryCode, TimeZone);
}
