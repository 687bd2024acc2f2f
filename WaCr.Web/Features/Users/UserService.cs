using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Users;

/// <summary>Adds users to the scope's tenant with a given password: the first owner, the operator's users, demo users.</summary>
public sealed class UserService(IDatabaseWriter writer, TenantContext tenant, UsageGate usage, AccountFactory accounts, TimeProvider time)
{
    /// <summary>
    /// Creates an account, or a membership of an existing account (its password stays). Counts against the plan's staff limit.
    /// </summary>
    public async Task<Result<long>> CreateAsync(CreateUser request, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.UsersManage) is { } forbidden)
        {
            return forbidden;
        }

        if (request.Role == Role.Owner && tenant.Require(Permissions.OwnersManage) is { } notOwners)
        {
            return notOwners;
        }

        var errors = await CheckAsync(request);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        return await writer.WriteAsync<long>(db => CreateAsync(db, request, request.Email.Trim()), cancellationToken);
    }

    /// <summary>Checks that need no database.</summary>
    public Task<FieldErrors> CheckAsync(CreateUser request) =>
        accounts.CheckAsync(request.Email.Trim(), request.Name.Trim(), request.Password);

    private async Task<Result<long>> CreateAsync(AppDbContext db, CreateUser request, string email)
    {
        var normalized = accounts.Normalized(email);
        var user = await db.Users.SingleOrDefaultAsync(u => u.NormalizedEmail == normalized);
        if (user is null)
        {
            user = accounts.Create(email, request.Name.Trim(), request.Password, isConfirmed: true);
            db.Users.Add(user);
            await db.SaveChangesAsync();
        }
        else if (await db.Memberships.AnyAsync(membership => membership.UserId == user.Id))
        {
            return new ValidationError("email", UserErrors.AlreadyMember);
        }

        if (await usage.TakeAsync(db, Metric.Staff, 1) is { } limit)
        {
            return limit;
        }

        db.Memberships.Add(new Membership { UserId = user.Id, Role = request.Role, CreatedAt = time.UtcNowInSeconds() });
        await db.SaveChangesAsync();
        return user.Id;
    }
}
