using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Audit;

namespace WaCr.Web.Features.Users;

/// <summary>
/// Links to set a new password without the old one. A code is bound to the account's state and its maker: it ends with any new password,
/// after a day, or when the maker may no longer create it. If the address's owner has confirmed the account, its second factor is still
/// required.
/// </summary>
public sealed class PasswordResets(
    UserManager<AppUser> users, IDbContextFactory<AppDbContext> contexts, PasskeyService passkeys, AccountReset reset,
    AccountNotices notices, SecurityEvents events)
{
    // Stands for the operator in place of tenant and user.
    private const long Operator = 0;

    /// <summary>The link's path; here, because the command line prints links too.</summary>
    public static string PathOf(string code) => $"/account/reset?code={Uri.EscapeDataString(code)}";

    /// <param name="userId">Account the password is for.</param>
    /// <param name="tenantId">Tenant in which the maker manages users.</param>
    /// <param name="makerId">Null for the product itself, with all permissions.</param>
    public Task<Result<string>> CreateCodeAsync(long userId, long tenantId, long? makerId) =>
        CreateCodeAsync(userId, new Maker(tenantId, makerId ?? Operator));

    /// <summary>For the operator: by e-mail address. The audit trail says so before anybody has the link.</summary>
    public async Task<Result<string>> CreateCodeAsync(string email)
    {
        if (await users.FindByEmailAsync(email.Trim()) is not { } user)
        {
            return UserErrors.NotFound;
        }

        await events.RecordByOperatorAsync(AuditAction.PasswordLinkCreated, user.Id);
        return await CreateCodeAsync(user.Id, new Maker(Operator, Operator));
    }

    /// <summary>For the operator, when a user lost authenticator and recovery codes: the password alone is enough again.</summary>
    public async Task<Result<Done>> DropTwoFactorAsync(string email, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(email.Trim()) is not { } user)
        {
            return UserErrors.NotFound;
        }

        await reset.RemoveTwoFactorAsync(user, cancellationToken);
        await notices.NotifyByOperatorAsync(user.Id, AuditAction.TwoFactorRemoved);
        return default(Done);
    }

    /// <summary>The account's passkeys, which a reset removes unless listed as kept; null if the link is no longer valid.</summary>
    public async Task<IReadOnlyList<PasskeyItem>?> FindPasskeysAsync(string code, CancellationToken cancellationToken) =>
        await FindAsync(code, cancellationToken) is not { } open ? null
        : IsFromBefore(open.User, open.Maker) ? []
        : await passkeys.ListAsync(open.User);

    /// <param name="code">Code from the link.</param>
    /// <param name="password">New password.</param>
    /// <param name="keptPasskeys">Ids of passkeys the user recognised.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<Result<Done>> ResetAsync(
        string code, string password, IReadOnlyCollection<string> keptPasskeys, CancellationToken cancellationToken)
    {
        if (await FindAsync(code, cancellationToken) is not { } open)
        {
            return UserErrors.LinkGone;
        }

        // The code and the write are bound to the same security stamp, so that a link works once.
        return IsFromBefore(open.User, open.Maker)
            ? await reset.RenewAsync(open.User, password, session: null, cancellationToken)
            : await reset.SetPasswordAsync(open.User, password, keptPasskeys, session: null, cancellationToken);
    }

    private async Task<Result<string>> CreateCodeAsync(long userId, Maker maker)
    {
        if (await users.FindByIdAsync(Text(userId)) is not { } user)
        {
            return UserErrors.NotFound;
        }

        var token = await users.GenerateUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider, maker.Purpose);
        return $"{Text(userId)}.{Text(maker.TenantId)}.{Text(maker.UserId)}.{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(token))}";
    }

    // The operator gives the link to the address's owner. Until then nobody has confirmed the account, and whoever set it up may have kept
    // access.
    private static bool IsFromBefore(AppUser user, Maker maker) => !user.EmailConfirmed && maker.TenantId == Operator;

    private async Task<(AppUser User, Maker Maker)?> FindAsync(string code, CancellationToken cancellationToken)
    {
        if (code.Split('.') is not [var id, var tenant, var maker, var encoded] || !Base64Url.IsValid(encoded)
            || Number(tenant) is not { } tenantId || Number(maker) is not { } makerId
            || await users.FindByIdAsync(id) is not { } user)
        {
            return null;
        }

        var made = new Maker(tenantId, makerId);
        var token = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(encoded));
        var isOpen = await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider, made.Purpose, token)
            && await MayAsync(made, user.Id, cancellationToken);
        return isOpen ? (user, made) : null;
    }

    // The conditions of creation still hold: the maker manages users there (an owner, if the account is one), and the account is in no
    // other tenant.
    private async Task<bool> MayAsync(Maker maker, long userId, CancellationToken cancellationToken)
    {
        if (maker.TenantId == Operator)
        {
            return true;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Lifts the tenant filter: the holder of the link is in no tenant. The ids come from the signed code.
        var memberships = await db.Memberships.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .Where(m => m.UserId == userId || (m.UserId == maker.UserId && m.TenantId == maker.TenantId))
            .Select(m => new { m.UserId, m.TenantId, m.Role, m.IsActive, m.Tenant!.Status })
            .ToListAsync(cancellationToken);
        var here = memberships.SingleOrDefault(m => m.UserId == userId && m.TenantId == maker.TenantId);
        if (here is not { IsActive: true, Status: TenantStatus.Active }
            || memberships.Any(m => m.UserId == userId && m.TenantId != maker.TenantId))
        {
            return false;
        }

        if (maker.UserId == Operator)
        {
            return true;
        }

        var by = memberships.SingleOrDefault(m => m.UserId == maker.UserId && m.TenantId == maker.TenantId && m.IsActive);
        var may = by is null ? [] : RolePermissions.Of(by.Role);
        return may.Contains(Permissions.UsersManage) && (here.Role != Role.Owner || may.Contains(Permissions.OwnersManage));
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Maker(long TenantId, long UserId)
    {
        public string Purpose => $"{UserManager<AppUser>.ResetPasswordTokenPurpose}:{Text(TenantId)}:{Text(UserId)}";
    }
}
