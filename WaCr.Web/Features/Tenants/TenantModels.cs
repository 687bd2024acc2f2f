namespace WaCr.Web.Features.Tenants;

/// <param name="Subdomain">1 to 63 lower-case letters, digits and inner hyphens; unique on the platform.</param>
/// <param name="PlanCode">Code of the plan; null for no subscription (Free).</param>
/// <param name="Country">ISO 3166 alpha-2; default country of local phone numbers.</param>
/// <param name="TimeZone">IANA name.</param>
public sealed record CreateTenant(string Name, string Subdomain, string? PlanCode, string Country = "US", string TimeZone = "UTC");

public static class TenantErrors
{
    public static readonly FieldError NameRequired = new("tenant.name_required", "Name is required");
    public static readonly FieldError SubdomainInvalid =
        new("tenant.subdomain_invalid", "Subdomain must be 1 to 63 lower-case letters, digits or hyphens");
    public static readonly FieldError SubdomainTaken = new("tenant.subdomain_taken", "This subdomain already exists");
    public static readonly FieldError PlanUnknown = new("tenant.plan_unknown", "There is no such plan");
    public static readonly FieldError CountryUnknown = new("tenant.country_unknown", "The country must be an ISO 3166 two-letter code");
    public static readonly FieldError TimeZoneUnknown =
        new("tenant.time_zone_unknown", "The time zone must be an IANA name, for example Asia/Kolkata");

    public static NotFoundError NotFound => new("tenant.not_found", "Tenant not found");
}
