using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace WaCr.Web.Features.Users;

/// <summary>A user's own profile. It belongs to the account, so no workspace is involved.</summary>
public sealed class ProfileService(UserManager<AppUser> users, PasswordGuard passwords, AccountReset reset)
{
    public async Task<Profile?> GetAsync(ClaimsPrincipal principal) => await users.GetUserAsync(principal) is { } user
        ? new Profile(
            user.Name, user.Email!, user.TimeZone, user.Language, user.TwoFactorEnabled, (await users.GetPasskeysAsync(user)).Count)
        : null;

    /// <param name="principal">The signed-in user.</param>
    /// <param name="name">Name shown to colleagues.</param>
    /// <param name="timeZone">IANA name; blank uses the workspace's.</param>
    /// <param name="language">One of <paramref name="languages"/>; blank uses the browser's.</param>
    /// <param name="languages">Languages of the staff app.</param>
    public async Task<Result<Done>> UpdateAsync(
        ClaimsPrincipal principal, string name, string? timeZone, string? language, IReadOnlyCollection<string> languages)
    {
        if (await users.GetUserAsync(principal) is not { } user)
        {
            return UserErrors.NotFound;
        }

        var errors = new FieldErrors();
        name = name.Trim();
        TextRule.Check(errors, "name", name, AppUser.NameMaxLength, UserErrors.NameRequired);

        var zone = string.IsNullOrWhiteSpace(timeZone) ? null : timeZone;
        if (zone is not null && (zone.Length > Tenant.TimeZoneMaxLength || !TimeZoneName.IsKnown(zone)))
        {
            errors.Add("time_zone", UserErrors.TimeZoneUnknown);
        }

        var spoken = string.IsNullOrWhiteSpace(language) ? null : language;
        if (spoken is not null && !languages.Contains(spoken))
        {
            errors.Add("language", UserErrors.LanguageUnknown);
        }

        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        (user.Name, user.TimeZone, user.Language) = (name, zone, spoken);
        var updated = await users.UpdateAsync(user);
        return updated.Succeeded ? default(Done) : UserErrors.NotFound;
    }

    /// <summary>Changes the password, ends the user's sessions (the caller continues this one), and removes passkeys not kept.</summary>
    /// <param name="principal">The signed-in user.</param>
    /// <param name="current">Current password.</param>
    /// <param name="next">New password.</param>
    /// <param name="keptPasskeys">Ids of passkeys the user recognised.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<Result<Done>> ChangePasswordAsync(
        ClaimsPrincipal principal, string current, string next, IReadOnlyCollection<string> keptPasskeys,
        CancellationToken cancellationToken)
    {
        if (await users.GetUserAsync(principal) is not { } user)
        {
            return UserErrors.NotFound;
        }

        // Wrong ones are counted, so that an unattended session cannot be used for guessing.
        if (await passwords.CheckAsync(user, current, cancellationToken) is var verdict && verdict != PasswordVerdict.Right)
        {
            return new ValidationError("current", verdict == PasswordVerdict.TooMany ? UserErrors.TooManyTries : UserErrors.PasswordWrong);
        }

        var changed = await reset.SetPasswordAsync(user, next, keptPasskeys, principal.SessionId(), cancellationToken);

        // Something else of the account was secured meanwhile, so what was typed may be the password no more: it is asked for again.
        return changed.Error is NotFoundError ? new ValidationError("current", UserErrors.PasswordWrong) : changed;
    }
}
