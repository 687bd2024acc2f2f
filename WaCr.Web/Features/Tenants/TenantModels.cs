using WaCr.Web.Common;

namespace WaCr.Web.Features.Tenants;

/// <param name="Subdomain">1 to 63 lower-case letters, digits and inner hyphens; unique on the platform.</param>
/// <param name="PlanCode">Of a plan; null for no subscription (Free).</param>
/// <param name="Country">ISO 3166 alpha-2: where local phone numbers are at home.</param>
/// <param name="TimeZone">IANA name.</param>
public sealed record CreateTenant(string Name, string Subdomain, string? PlanCode, string Country = "US", string TimeZone = "UTC");

public static class TenantErrors
{
    public const string NameRequired = "Name is required";
    public const string SubdomainInvalid = "Subdomain must be 1 to 63 lower-case letters, digits or hyphens";
    public const string SubdomainTaken = "This subdomain already exists";
    public const string PlanUnknown = "There is no such plan";
    public const string CountryUnknown = "The country must be an ISO 3166 two-letter code";
    public const string TimeZoneUnknown = "The time zone must be an IANA name, for example Asia/Kolkata";

    public static NotFoundError NotFound => new("Tenant not found");
}
