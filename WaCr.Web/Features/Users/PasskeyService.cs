using System.Buffers.Text;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace WaCr.Web.Features.Users;

/// <param name="Id">Credential id, Base64Url.</param>
public sealed record PasskeyItem(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>A user's passkeys. They belong to the account, so no workspace is involved.</summary>
public sealed class PasskeyService(
    UserManager<AppUser> users, SignInManager<AppUser> cookies, SessionService sessions, AccountNotices notices)
{
    public const int NameMaxLength = 60;
    public static readonly FieldError NotAdded = new("passkey.not_added", "This passkey could not be added");
    public static readonly FieldError TooMany = new("passkey.too_many", "An account has 20 passkeys at most");

    private const int Most = 20;

    public async Task<IReadOnlyList<PasskeyItem>> ListAsync(ClaimsPrincipal principal) =>
        await users.GetUserAsync(principal) is { } user ? await ListAsync(user) : [];

    /// <summary>WebAuthn options for a new passkey; null if the account is gone or the user has not confirmed their identity.</summary>
    public async Task<string?> CreationOptionsAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        await sessions.IsConfirmedAsync(principal, cancellationToken) && await users.GetUserAsync(principal) is { } user
            ? await cookies.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
            {
                Id = user.Id.ToString(CultureInfo.InvariantCulture),
                Name = user.Email!,
                DisplayName = user.Name,
            })
            : null;

    /// <param name="principal">The signed-in user.</param>
    /// <param name="credential">JSON from the browser.</param>
    /// <param name="name">Label that tells the user's passkeys apart.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<Result<Done>> AddAsync(ClaimsPrincipal principal, string credential, string name, CancellationToken cancellationToken)
    {
        if (!await sessions.IsConfirmedAsync(principal, cancellationToken))
        {
            return UserErrors.ConfirmFirst;
        }

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

        if (credential.Length == 0)
        {
            return new ValidationError("name", NotAdded); // sent without scripts
        }

        PasskeyAttestationResult attestation;
        try
        {
            attestation = await cookies.PerformPasskeyAttestationAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // This browser requested no options within the last minutes.
            return new ValidationError("name", NotAdded);
        }

        // The options are bound to the user who was signed in then.
        if (!attestation.Succeeded || attestation.UserEntity.Id != user.Id.ToString(CultureInfo.InvariantCulture))
        {
            return new ValidationError("name", NotAdded);
        }

        attestation.Passkey.Name = name.Trim();
        var added = Answer(await users.AddOrUpdatePasskeyAsync(user, attestation.Passkey));
        if (added.Succeeded)
        {
            await notices.NotifyAsync(user.Id, AuditAction.PasskeyAdded, principal.SessionId());
        }

        return added;
    }

    public async Task<Result<Done>> RenameAsync(ClaimsPrincipal principal, string id, string name)
    {
        if (CheckName(name) is { } invalid)
        {
            return invalid;
        }

        if (await FindAsync(principal, id) is not { } found)
        {
            return new NotFoundError("passkey.not_found", "Passkey not found");
        }

        found.Passkey.Name = name.Trim();
        return Answer(await users.AddOrUpdatePasskeyAsync(found.User, found.Passkey));
    }

    /// <summary>Removes a passkey and ends the user's other sessions, because a lost device may have started one.</summary>
    public async Task<Result<Done>> RemoveAsync(ClaimsPrincipal principal, string id, CancellationToken cancellationToken)
    {
        if (!await sessions.IsConfirmedAsync(principal, cancellationToken))
        {
            return UserErrors.ConfirmFirst;
        }

        if (await FindAsync(principal, id) is not { } found)
        {
            return new NotFoundError("passkey.not_found", "Passkey not found");
        }

        var removed = await users.RemovePasskeyAsync(found.User, found.Passkey.CredentialId);
        var answer = Answer(removed.Succeeded ? await users.UpdateSecurityStampAsync(found.User) : removed);
        if (answer.Succeeded)
        {
            await notices.NotifyAsync(found.User.Id, AuditAction.PasskeyRemoved, principal.SessionId());
        }

        return answer;
    }

    internal async Task<IReadOnlyList<PasskeyItem>> ListAsync(AppUser user) =>
        [.. (await users.GetPasskeysAsync(user)).OrderBy(passkey => passkey.CreatedAt).Select(passkey => new PasskeyItem(
            Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "", passkey.CreatedAt))];

    private async Task<(AppUser User, UserPasskeyInfo Passkey)?> FindAsync(ClaimsPrincipal principal, string id) =>
        Base64Url.IsValid(id) && await users.GetUserAsync(principal) is { } user
            && await users.GetPasskeyAsync(user, Base64Url.DecodeFromChars(id)) is { } passkey
            ? (user, passkey)
            : null;

    private static ValidationError? CheckName(string name)
    {
        var errors = new FieldErrors();
        TextRule.Check(errors, "name", name, NameMaxLength, UserErrors.NameRequired);
        return errors.Any ? new ValidationError(errors) : null;
    }

    private static Result<Done> Answer(IdentityResult result) => result.Succeeded ? default(Done) : new ValidationError("name", NotAdded);
}
