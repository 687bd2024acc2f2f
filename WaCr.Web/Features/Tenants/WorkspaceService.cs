using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Tenants;

/// <param name="Country">ISO 3166 alpha-2: of phone numbers without a country code.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Language">Of people who chose none; null leaves it to their browsers.</param>
public sealed record WorkspaceSettings(string Name, string Country, string TimeZone, string? Language);

/// <summary>What a workspace's own people may change of it.</summary>
public sealed class WorkspaceService(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public async Task<Result<WorkspaceSettings>> GetAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.UsersManage) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Tenants.AsNoTracking().SingleAsync(t => t.Id == tenant.TenantId, cancellationToken);
        return new WorkspaceSettings(row.DisplayName, row.CountryCode, row.TimeZone, row.Language);
    }

    /// <param name="settings">All of them.</param>
    /// <param name="languages">Of the staff app.</param>
    /// <param name="cancellationToken">Cancels waiting for the write lock.</param>
    public async Task<Result<Done>> SaveAsync(
        WorkspaceSettings settings, IReadOnlyCollection<string> languages, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.UsersManage) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                var errors = new FieldErrors();
                var name = TextRule.Check(errors, "name", settings.Name, Tenant.NameMaxLength, TenantErrors.NameRequired);
                if (!await db.Countries.AnyAsync(country => country.Code == settings.Country))
                {
                    errors.Add("country", TenantErrors.CountryUnknown);
                }

                if (!TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out _))
                {
                    errors.Add("time_zone", TenantErrors.TimeZoneUnknown);
                }

                if (settings.Language is { } language && !languages.Contains(language))
                {
                    errors.Add("language", UserErrors.LanguageUnknown);
                }

                if (errors.Any)
                {
                    return new ValidationError(errors);
                }

                var row = await db.Tenants.AsTracking().SingleAsync(t => t.Id == tenant.TenantId);
                (row.Name, row.CountryCode, row.TimeZone, row.Language) = (name, settings.Country, settings.TimeZone, settings.Language);
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
    }
}
