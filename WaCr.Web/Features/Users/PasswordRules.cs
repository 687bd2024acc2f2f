using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Identity;

namespace WaCr.Web.Features.Users;

/// <summary>
/// Rejects common passwords, beyond Identity's length rules, also with changed case, digits for letters, or digits and symbols around them;
/// and the account's present password, which somebody else may know.
/// </summary>
public sealed class PasswordRules : IPasswordValidator<AppUser>
{
    public const int MinLength = 12;
    public const int MinDifferent = 4;

    public static readonly FieldError Common = new("password.common", "This password is one of the first that others would try");
    public static readonly FieldError Personal = new("password.personal", "The password must not contain your name or your e-mail");

    private const int MinPartLength = 4;
    private const int MinDomainPartLength = 5;
    private const int MaxUnitLength = 4;
    private const string Product = "wacr";

    private static readonly Lazy<FrozenSet<string>> Known = new(Read);

    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user, string? password)
    {
        var given = (password ?? "").ToLowerInvariant();
        IdentityError[] errors =
        [
            .. IsCommon(given) ? [new IdentityError { Code = nameof(Common), Description = Common.Message }] : Array.Empty<IdentityError>(),
            .. PartsOf(user).Any(given.Contains)
                ? [new IdentityError { Code = nameof(Personal), Description = Personal.Message }]
                : Array.Empty<IdentityError>(),
            .. IsPresent(manager, user, password ?? "")
                ? [new IdentityError { Code = nameof(UserErrors.PasswordNotNew), Description = UserErrors.PasswordNotNew.Message }]
                : Array.Empty<IdentityError>(),
        ];
        return Task.FromResult(errors.Length == 0 ? IdentityResult.Success : IdentityResult.Failed(errors));
    }

    private static FieldError Of(IdentityError error) => error.Code switch
    {
        nameof(Common) => Common,
        nameof(Personal) => Personal,
        nameof(UserErrors.PasswordNotNew) => UserErrors.PasswordNotNew,
        nameof(IdentityErrorDescriber.PasswordTooShort) => new("password.too_short", error.Description, MinLength),
        nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => new("password.too_plain", error.Description, MinDifferent),
        _ => new("password.refused", error.Description),
    };

    /// <summary>What these and Identity's rules say of a new password.</summary>
    public static async Task<FieldErrors> CheckAsync(UserManager<AppUser> users, AppUser user, string password)
    {
        var errors = new FieldErrors();
        foreach (var rule in users.PasswordValidators)
        {
            foreach (var error in (await rule.ValidateAsync(users, user, password)).Errors)
            {
                errors.Add("password", Of(error));
            }
        }

        return errors;
    }

    // By the hasher: UserManager.CheckPasswordAsync may store a newer hash, which ends the very link that the new password came by.
    private static bool IsPresent(UserManager<AppUser> manager, AppUser user, string given) =>
        user.PasswordHash is { } hash
        && manager.PasswordHasher.VerifyHashedPassword(user, hash, given) != PasswordVerificationResult.Failed;

    private static bool IsCommon(string given)
    {
        var core = Letters(given.Trim().Trim([.. "0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ "]));
        return core.Length == 0
            || IsRun(given)
            || UnitOf(core).Length <= MaxUnitLength
            || new[] { given, core, UnitOf(core) }.Any(Known.Value.Contains);
    }

    private static string Letters(string text) => string.Concat(text.Select(AsLetter).Where(char.IsLetter));

    private static char AsLetter(char sign) => sign switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        '8' => 'b',
        '9' => 'g',
        _ => sign,
    };

    // Finds the repeated unit: "acmeacmeacme" is "acme".
    private static string UnitOf(string text)
    {
        var index = (text + text).IndexOf(text, 1, StringComparison.Ordinal);
        return text[..index];
    }

    // Sequences: "abcdefghijkl", "lkjihgfedcba".
    private static bool IsRun(string text) =>
        text.Length > 1 && Enumerable.Range(1, text.Length - 1).All(i => Math.Abs(text[i] - text[i - 1]) == 1);

    private static IEnumerable<string> PartsOf(AppUser user)
    {
        var (local, domain) = (user.Email ?? "").Split('@') is [var before, var after] ? (before, after) : ("", "");
        var labels = domain.Split('.');
        return Words(user.Name).Concat(Words(local)).Append(Product).Where(part => part.Length >= MinPartLength)
            .Concat(labels[..^1].SelectMany(Words).Where(part => part.Length >= MinDomainPartLength))
            .Select(part => part.ToLowerInvariant());
    }

    private static string[] Words(string text) =>
        new string([.. text.Select(sign => char.IsLetterOrDigit(sign) ? sign : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static FrozenSet<string> Read()
    {
        using var file = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream($"{typeof(PasswordRules).Namespace}.CommonPasswords.txt")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToFrozenSet(StringComparer.Ordinal);
    }
}
