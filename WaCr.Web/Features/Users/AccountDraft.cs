using Microsoft.AspNetCore.Identity;
using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Users;

/// <summary>The rules of a new account, and its row.</summary>
public sealed class AccountDraft(
    ILookupNormalizer normalizer, IPasswordHasher<AppUser> passwords, IEnumerable<IPasswordValidator<AppUser>> rules, UserManager<AppUser> users)
{
    /// <summary>The rules that need no database.</summary>
    public async Task<FieldErrors> CheckAsync(string email, string name, string password)
    {
        var errors = new FieldErrors();
        if (!TextRule.IsEmail(email))
        {
            errors.Add("email", UserErrors.EmailInvalid);
        }

        TextRule.Check(errors, "name", name, AppUser.NameMaxLength);

        foreach (var rule in rules)
        {
            var verdict = await rule.ValidateAsync(users, new AppUser { Email = email, UserName = email, Name = name }, password);
            foreach (var error in verdict.Errors)
            {
                errors.Add("password", PasswordRules.Of(error));
            }
        }

        return errors;
    }

    public string Normalized(string email) => normalizer.NormalizeEmail(email)!;

    /// <param name="email">By which the person signs in.</param>
    /// <param name="name">Blank: taken from the address.</param>
    /// <param name="password">Checked by <see cref="CheckAsync"/>.</param>
    /// <param name="isConfirmed">
    /// Whether it is known to be the account of whoever has the address. Of an invitation it is not: its maker saw the link, too.
    /// </param>
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
