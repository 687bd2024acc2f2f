using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Users;

/// <summary>
/// Links with which a person sets a new password without the old one. A code is bound to the account's state: any new password, of this
/// link or another, ends it, and so does a day. A second factor stays asked for.
/// </summary>
public sealed class PasswordResets(UserManager<AppUser> users, AccessNotifier access)
{
    /// <summary>Where a code is opened: the command line prints links too, and knows no pages.</summary>
    public static string PathOf(string code) => $"/account/reset?code={Uri.EscapeDataString(code)}";

    public async Task<Result<string>> CreateCodeAsync(long userId)
    {
        if (await users.FindByIdAsync(Text(userId)) is not { } user)
        {
            return UserErrors.NotFound;
        }

        var token = Encoding.ASCII.GetBytes(await users.GeneratePasswordResetTokenAsync(user));
        return $"{Text(userId)}.{Base64Url.EncodeToString(token)}";
    }

    /// <summary>For the operator, who knows people by their address.</summary>
    public async Task<Result<string>> CreateCodeAsync(string email) =>
        await users.FindByEmailAsync(email.Trim()) is { } user ? await CreateCodeAsync(user.Id) : UserErrors.NotFound;

    /// <summary>For the operator, when a person lost the authenticator and the recovery codes: the password alone opens the account again.</summary>
    public async Task<Result<Done>> DropTwoFactorAsync(string email)
    {
        if (await users.FindByEmailAsync(email.Trim()) is not { } user)
        {
            return UserErrors.NotFound;
        }

        await users.SetTwoFactorEnabledAsync(user, false);
        return default(Done);
    }

    public async Task<bool> IsOpenAsync(string code) => await FindAsync(code) is not null;

    public async Task<Result<Done>> ResetAsync(string code, string password)
    {
        if (await FindAsync(code) is not { } open)
        {
            return UserErrors.LinkGone;
        }

        var reset = await users.ResetPasswordAsync(open.User, open.Token, password);
        if (!reset.Succeeded)
        {
            return reset.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.InvalidToken) or nameof(IdentityErrorDescriber.ConcurrencyFailure))
                ? UserErrors.LinkGone
                : new ValidationError(reset.Errors.Aggregate(new FieldErrors(), (errors, error) => errors.Add("password", error.Description)));
        }

        await users.SetLockoutEndDateAsync(open.User, null);
        await users.ResetAccessFailedCountAsync(open.User);
        access.PublishUser(open.User.Id);
        return default(Done);
    }

    private async Task<(AppUser User, string Token)?> FindAsync(string code)
    {
        if (code.Split('.') is not [var id, var encoded] || !Base64Url.IsValid(encoded) || await users.FindByIdAsync(id) is not { } user)
        {
            return null;
        }

        var token = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(encoded));
        var isOpen = await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider, UserManager<AppUser>.ResetPasswordTokenPurpose, token);
        return isOpen ? (user, token) : null;
    }

    private static string Text(long userId) => userId.ToString(CultureInfo.InvariantCulture);
}
