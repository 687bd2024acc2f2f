using System.Buffers.Text;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Users;

/// <param name="Id">Of the credential, as Base64Url.</param>
public sealed record PasskeyItem(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>A person's passkeys: a key in a device instead of a password. About the account, so no workspace comes into it.</summary>
public sealed class PasskeyService(UserManager<AppUser> users, SignInManager<AppUser> sessions)
{
    public const int NameMaxLength = 60;
    public const string NotAdded = "This passkey could not be added";
    public const string TooMany = "An account has 20 passkeys at most";

    private const int Most = 20;

    public async Task<IReadOnlyList<PasskeyItem>> ListAsync(ClaimsPrincipal principal)
    {
        var passkeys = await users.GetUserAsync(principal) is { } user ? await users.GetPasskeysAsync(user) : [];
        return [.. passkeys.OrderBy(passkey => passkey.CreatedAt).Select(passkey => new PasskeyItem(
            Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "", passkey.CreatedAt))];
    }

    /// <summary>What the browser needs to make one; null where the account is gone.</summary>
    public async Task<string?> CreationOptionsAsync(ClaimsPrincipal principal) =>
        await users.GetUserAsync(principal) is { } user
            ? await sessions.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
            {
                Id = user.Id.ToString(CultureInfo.InvariantCulture),
                Name = user.Email!,
                DisplayName = user.Name,
            })
            : null;

    /// <param name="principal">Whose session it is.</param>
    /// <param name="credential">JSON, as the browser gave it.</param>
    /// <param name="name">By which the person tells their passkeys apart.</param>
    public async Task<Result<Done>> AddAsync(ClaimsPrincipal principal, string credential, string name)
    {
        if (await users.GetUserAsync(principal) is not { } user)
        {
            return UserErrors.NotFound;
        }

        if (CheckName(name) is { } invalid)
        {
            return invalid;
        }

        if ((await users.GetPasskeysAsync(user)).Count >= Most)
        {
            return new ValidationError("name", TooMany);
        }

        PasskeyAttestationResult attestation;
        try
        {
            attestation = await sessions.PerformPasskeyAttestationAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // None was asked for in this browser within the last minutes.
            return new ValidationError("name", NotAdded);
        }

        // The options were made for whoever was signed in then.
        if (!attestation.Succeeded || attestation.UserEntity.Id != user.Id.ToString(CultureInfo.InvariantCulture))
        {
            return new ValidationError("name", NotAdded);
        }

        attestation.Passkey.Name = name.Trim();
        return Answer(await users.AddOrUpdatePasskeyAsync(user, attestation.Passkey));
    }

    public async Task<Result<Done>> RenameAsync(ClaimsPrincipal principal, string id, string name)
    {
        if (CheckName(name) is { } invalid)
        {
            return invalid;
        }

        if (await FindAsync(principal, id) is not { } found)
        {
            return new NotFoundError("Passkey not found");
        }

        found.Passkey.Name = name.Trim();
        return Answer(await users.AddOrUpdatePasskeyAsync(found.User, found.Passkey));
    }

    /// <summary>Ends the person's other sessions too: the lost device may have begun one.</summary>
    public async Task<Result<Done>> RemoveAsync(ClaimsPrincipal principal, string id)
    {
        if (await FindAsync(principal, id) is not { } found)
        {
            return new NotFoundError("Passkey not found");
        }

        var removed = await users.RemovePasskeyAsync(found.User, found.Passkey.CredentialId);
        return Answer(removed.Succeeded ? await users.UpdateSecurityStampAsync(found.User) : removed);
    }

    private async Task<(AppUser User, UserPasskeyInfo Passkey)?> FindAsync(ClaimsPrincipal principal, string id) =>
        Base64Url.IsValid(id) && await users.GetUserAsync(principal) is { } user
            && await users.GetPasskeyAsync(user, Base64Url.DecodeFromChars(id)) is { } passkey
            ? (user, passkey)
            : null;

    private static ValidationError? CheckName(string name) => name.Trim() switch
    {
        "" => new ValidationError("name", UserErrors.NameRequired),
        { Length: > NameMaxLength } => new ValidationError("name", TextRules.TooLong(NameMaxLength)),
        var given when !TextRules.IsStorable(given) => new ValidationError("name", TextRules.Unprintable),
        _ => null,
    };

    private static Result<Done> Answer(IdentityResult result) => result.Succeeded ? default(Done) : new ValidationError("name", NotAdded);
}
