using Microsoft.AspNetCore.Identity;

namespace WaCr.Web.Features.Users;

/// <summary>Validates a new account and creates its row.</summary>
public sealed class AccountFactory(
    ILookupNormalizer normalizer, IPasswordHasher<AppUser> passwords, UserManager<AppUser> users)
{
    /// <summary>Checks that need no database.</summary>
    public async Task<FieldErrors> CheckAsync(string email, string name, string password)
    {
        var errors = new FieldErrors();
        if (!TextRule.IsEmail(email))
        {
            errors.Add("email", UserErrors.EmailInvalid);
        }

        TextRule.Check(errors, "name", name, AppUser.NameMaxLength);
        var user = new AppUser { Email = email, UserName = email, Name = name };
        return errors.AddAll(await PasswordRules.CheckAsync(users, user, password));
    }

    public string Normalized(string email) => normalizer.NormalizeEmail(email)!;

    /// <param name="email">The address used to sign in.</param>
    /// <param name="name">If blank, taken from the address.</param>
    /// <param name="password">Already validated by <see cref="CheckAsync"/>.</param>
    /// <param name="isConfirmed">Whether the address's owner is known to own the account. False for an invitation, whose maker saw the link
    /// too.</param>
    public AppUser Create(string email, string name, string password, bool isConfirmed)
    {
        var user = new AppUser
        {
            Name = name.Length > 0 ? name : email[..email.IndexOf('@', StringComparison.Ordinal)],
            Email = email,
            NormalizedEmail = Normalized(email),
            UserName = email,
            NormalizedUserName = normalizer.NormalizeName(email),
            EmailConfirmed = isConfirmed,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
        };
        user.PasswordHash = passwords.HashPassword(user, password);
        return user;
    }
}
