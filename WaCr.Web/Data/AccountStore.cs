using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace WaCr.Web.Data;

/// <summary>
/// Identity's accounts. The database alone does not reveal their second factors: authenticator keys are encrypted, recovery codes hashed
/// and encrypted. The encryption purpose includes the account, so that a value copied to another account cannot be decrypted.
/// </summary>
public sealed class AccountStore(AppDbContext context, IDataProtectionProvider protection, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<
        AppUser, AppDbContext, long, IdentityUserClaim<long>, IdentityUserLogin<long>, IdentityUserToken<long>, IdentityUserPasskey<long>>(
        context, describer)
{
    public const string LoginProvider = "[AspNetUserStore]";
    public const string AuthenticatorKey = "AuthenticatorKey";
    public const string RecoveryCodes = "RecoveryCodes";

    public override Task SetAuthenticatorKeyAsync(AppUser user, string key, CancellationToken cancellationToken) =>
        SetTokenAsync(user, LoginProvider, AuthenticatorKey, ProtectorOf(user.Id, AuthenticatorKey).Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(AppUser user, CancellationToken cancellationToken) =>
        Open(user.Id, AuthenticatorKey, await GetTokenAsync(user, LoginProvider, AuthenticatorKey, cancellationToken));

    public override Task ReplaceCodesAsync(AppUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        KeepAsync(user, recoveryCodes.Select(code => HashOf(user.Id, code)), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(AppUser user, string code, CancellationToken cancellationToken)
    {
        var (hashes, hash) = (await HashesAsync(user, cancellationToken), HashOf(user.Id, code));
        if (!hashes.Contains(hash))
        {
            return false;
        }

        await KeepAsync(user, hashes.Where(kept => kept != hash), cancellationToken);
        return true;
    }

    public override async Task<int> CountCodesAsync(AppUser user, CancellationToken cancellationToken) =>
        (await HashesAsync(user, cancellationToken)).Length;

    /// <summary>Reads an account, and what is known of its tokens, anew after a write that went past this store.</summary>
    public async Task ReloadAsync(AppUser user)
    {
        foreach (var token in Context.UserTokens.Local.Where(token => token.UserId == user.Id).ToList())
        {
            Context.Entry(token).State = EntityState.Detached;
        }

        await Context.Entry(user).ReloadAsync();
    }

    /// <summary>Converts a value written by an earlier build to today's form.</summary>
    internal static string Protect(IDataProtectionProvider protection, long userId, string name, string value) =>
        protection.CreateProtector("WaCr.Accounts", Text(userId), name)
            .Protect(name == RecoveryCodes ? string.Join(';', value.Split(';').Select(code => HashOf(userId, code))) : value);

    private async Task<string[]> HashesAsync(AppUser user, CancellationToken cancellationToken) =>
        Open(user.Id, RecoveryCodes, await GetTokenAsync(user, LoginProvider, RecoveryCodes, cancellationToken))?
            .Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private Task KeepAsync(AppUser user, IEnumerable<string> hashes, CancellationToken cancellationToken) =>
        SetTokenAsync(
            user, LoginProvider, RecoveryCodes, ProtectorOf(user.Id, RecoveryCodes).Protect(string.Join(';', hashes)), cancellationToken);

    private string? Open(long userId, string name, string? kept)
    {
        try
        {
            return kept is null ? null : ProtectorOf(userId, name).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            // This is how the protector reports lost keys or another account's value: treated as absent.
            return null;
        }
    }

    private IDataProtector ProtectorOf(long userId, string name) => protection.CreateProtector("WaCr.Accounts", Text(userId), name);

    // Ten characters of 32 have only 50 bits; the encryption around the hash prevents guessing.
    private static string HashOf(long userId, string code) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{Text(userId)}:{code}")));

    private static string Text(long userId) => userId.ToString(CultureInfo.InvariantCulture);
}
