using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Tenants;

/// <summary>For the operator and the first start: creates tenants and lets a scope enter one. No page or endpoint may call it.</summary>
public sealed partial class TenantService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    private const string FirstStatus = "New";

    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Tenants.AnyAsync(cancellationToken);
    }

    /// <summary>Errors that <see cref="CreateAsync"/> would return.</summary>
    public async Task<FieldErrors> CheckAsync(CreateTenant request, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await CheckAsync(db, request);
    }

    /// <summary>Creates a tenant with its counters, subscription, and a first status and source, which contacts need.</summary>
    public Task<Result<long>> CreateAsync(CreateTenant request, ChangeOrigin origin, CancellationToken cancellationToken) =>
        CreateAsync(request, mustBeFirst: false, origin, cancellationToken);

    /// <summary>As <see cref="CreateAsync(CreateTenant, ChangeOrigin, CancellationToken)"/>, unless there is a tenant, whichever process made it.</summary>
    public Task<Result<long>> CreateFirstAsync(CreateTenant request, ChangeOrigin origin, CancellationToken cancellationToken) =>
        CreateAsync(request, mustBeFirst: true, origin, cancellationToken);

    private async Task<Result<long>> CreateAsync(
        CreateTenant request, bool mustBeFirst, ChangeOrigin origin, CancellationToken cancellationToken)
    {
        var created = await writer.WriteAsync<Tenant>(
            async db =>
            {
                if (mustBeFirst)
                {
                    await db.LockValueAsync(nameof(db.Tenants), "first");
                    if (await db.Tenants.AnyAsync())
                    {
                        return TenantErrors.NotFound;
                    }
                }

                var errors = await CheckAsync(db, request);
                if (errors.Any)
                {
                    return new ValidationError(errors);
                }

                var row = new Tenant
                {
                    Name = request.Name.Trim(),
                    Subdomain = request.Subdomain,
                    CountryCode = request.Country,
                    TimeZone = request.TimeZone,
                    CreatedAt = time.UtcNowInSeconds(),
                };
                db.Tenants.Add(row);
                await db.SaveChangesAsync();

                // The rest is written as the new tenant.
                tenant.Enter(row.ToIdentity(), System(origin));
                var planId = request.PlanCode is null
                    ? (long?)null
                    : (await db.Plans.SingleAsync(plan => plan.Code == request.PlanCode)).Id;
                if (planId is { } id)
                {
                    db.Subscriptions.Add(new Subscription { TenantId = row.Id, PlanId = id });
                }

                db.UsageCounters.AddRange(Enum.GetValues<Metric>()
                    .Where(metric => metric != Metric.Conversations)
                    .Select(metric => new UsageCounter { Metric = metric }));
                var status = new Status { Color = "#2E7D32" };
                status.Rename(FirstStatus);
                var source = new Source();
                source.Rename(Source.FirstName);
                db.AddRange(status, source);
                await db.SaveChangesAsync();
                return row;
            },
            cancellationToken);
        return created.Succeeded ? created.Value.Id : created.Error;
    }

    /// <summary>Lets this scope act inside a tenant as the product itself, with all permissions.</summary>
    public async Task<Result<TenantIdentity>> EnterAsync(string subdomain, ChangeOrigin origin, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.Subdomain == subdomain, cancellationToken);
        if (row is null)
        {
            return TenantErrors.NotFound;
        }

        tenant.Enter(row.ToIdentity(), System(origin));
        return row.ToIdentity();
    }

    private static CurrentActor System(ChangeOrigin origin) => new(ActorKind.System, null, "WaCr", origin, Permissions.All);

    private static async Task<FieldErrors> CheckAsync(AppDbContext db, CreateTenant request)
    {
        var errors = await TenantRules.CheckAsync(db, request.Name, request.Country, request.TimeZone);
        if (!SubdomainPattern().IsMatch(request.Subdomain))
        {
            errors.Add("subdomain", TenantErrors.SubdomainInvalid);
        }
        else if (await db.Tenants.AnyAsync(row => row.Subdomain == request.Subdomain))
        {
            errors.Add("subdomain", TenantErrors.SubdomainTaken);
        }

        if (request.PlanCode is { } code && !await db.Plans.AnyAsync(plan => plan.Code == code))
        {
            errors.Add("plan", TenantErrors.PlanUnknown);
        }

        return errors;
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SubdomainPattern();
}
