using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Plans;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Users;

/// <summary>Adds people to the tenant of this scope.</summary>
public sealed class UserService(
    IDatabaseWriter writer, TenantContext scope, UsageGate usage, ILookupNormalizer normalizer,
    IPasswordHasher<AppUser> passwords, IEnumerable<IPasswordValidator<AppUser>> rules, UserManager<AppUser> users, TimeProvider time)
{
    /// <summary>
    /// A new account, or a new membership of the account that has this e-mail already (its password stays as it is).
    /// Counts against the plan's staff.
    /// </summary>
    public async Task<Result<long>> CreateAsync(CreateUser request, CancellationToken cancellationToken)
    {
        if (scope.Lacks(Permissions.UsersManage) is { } forbidden)
        {
            return forbidden;
        }

        var errors = await CheckAsync(request);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        return await writer.WriteAsync<long>(db => CreateAsync(db, request, request.Email.Trim()), cancellationToken);
    }

    /// <summary>The rules that need no database.</summary>
    public async Task<FieldErrors> CheckAsync(CreateUser request)
    {
        var email = request.Email.Trim();
        var errors = new FieldErrors();
        if (!TextRules.IsEmail(email))
        {
            errors.Add("email", UserErrors.EmailInvalid);
        }

        foreach (var rule in rules)
        {
            var verdict = await rule.ValidateAsync(users, new AppUser { Email = email, UserName = email }, request.Password);
            foreach (var error in verdict.Errors)
            {
                errors.Add("password", error.Description);
            }
        }

        return errors;
    }
    private async Task<Result<long>> CreateAsync(AppDbContext db, CreateUser request, string email)
    {
        var normalized = normalizer.NormalizeEmail(email);
        var user = await db.Users.SingleOrDefaultAsync(u => u.NormalizedEmail == normalized);
        if (user is null)
        {
            user = new AppUser
            {
                Name = request.Name.Trim().Length > 0 ? request.Name.Trim() : email[..email.IndexOf('@', StringComparison.Ordinal)],
                Email = email,
                NormalizedEmail = normalized,
                UserName = email,
                NormalizedUserName = normalizer.NormalizeName(email),
                EmailConfirmed = true,
                LockoutEnabled = true,
                SecurityStamp = Guid.NewGuid().ToString("N"),
            };
            user.PasswordHash = passwords.HashPassword(user, request.Password);
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
