using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Tenants;

/// <summary>What holds for a workspace's settings, whoever sets them.</summary>
internal static class TenantRules
{
    /// <summary>The errors of what is given, under <c>name</c>, <c>country</c> and <c>time_zone</c>.</summary>
    public static async Task<FieldErrors> CheckAsync(
        AppDbContext db, Optional<string> name, Optional<string> country, Optional<string> timeZone)
    {
        var errors = new FieldErrors();
        if (name.IsGiven)
        {
            TextRule.Check(errors, "name", name.Value, Tenant.NameMaxLength, TenantErrors.NameRequired);
        }

        if (country.IsGiven && !await db.Countries.AnyAsync(known => known.Code == country.Value))
        {
            errors.Add("country", TenantErrors.CountryUnknown);
        }

        if (timeZone.IsGiven && !TimeZoneName.IsKnown(timeZone.Value))
        {
            errors.Add("time_zone", TenantErrors.TimeZoneUnknown);
        }

        return errors;
    }
}
