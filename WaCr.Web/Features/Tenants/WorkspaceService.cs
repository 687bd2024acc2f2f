using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Features.Tenants;

/// <param name="Country">ISO 3166 alpha-2: of phone numbers without a country code.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Language">Of people who chose none; null leaves it to their browsers.</param>
public sealed record WorkspaceSettings(string Name, string Country, string TimeZone, string? Language);

/// <summary>What somebody changed of <see cref="WorkspaceSettings"/>; the rest stays as it is.</summary>
public sealed record WorkspacePatch
{
    public Optional<string> Name { get; init; }
    public Optional<string> Country { get; init; }
    public Optional<string> TimeZone { get; init; }
    public Optional<string?> Language { get; init; }

    public static WorkspacePatch Between(WorkspaceSettings read, WorkspaceSettings typed) => new()
    {
        Name = Changed(read.Name, typed.Name),
        Country = Changed(read.Country, typed.Country),
        TimeZone = Changed(read.TimeZone, typed.TimeZone),
        Language = Changed(read.Language, typed.Language),
    };

    private static Optional<T> Changed<T>(T read, T typed) => Equals(read, typed) ? default(Optional<T>) : typed;
}

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

    /// <param name="patch">What to change.</param>
    /// <param name="languages">Of the staff app.</param>
    /// <param name="cancellationToken">Cancels waiting for the write lock.</param>
    public async Task<Result<Done>> SaveAsync(
        WorkspacePatch patch, IReadOnlyCollection<string> languages, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.UsersManage) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                var row = await db.Tenants.AsTracking().SingleAsync(t => t.Id == tenant.TenantId);
                var errors = await TenantRules.CheckAsync(db, patch.Name, patch.Country, patch.TimeZone);
                if (patch.Language.Or(null) is { } language && !languages.Contains(language))
                {
                    errors.Add("language", UserErrors.LanguageUnknown);
                }

                if (errors.Any)
                {
                    return new ValidationError(errors);
                }

                row.Name = patch.Name.IsGiven ? patch.Name.Value.Trim() : row.Name;
                row.CountryCode = patch.Country.Or(row.CountryCode);
                row.TimeZone = patch.TimeZone.Or(row.TimeZone);
                row.Language = patch.Language.Or(row.Language);
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
    }
}
