using System.Security.Cryptography;
using System.Text;
using WaCr.Web.Common;
using WaCr.Web.Domain;
using WaCr.Web.Features.Users;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Tenants;

/// <param name="Code">The one-time code from the server's log.</param>
public sealed record SetUpWorkspace(
    string Code, string Name, string Subdomain, string Country, string TimeZone, string OwnerName, string OwnerEmail, string OwnerPassword);

/// <summary>The <c>Setup</c> section of the configuration: makes the first workspace without anyone at a browser.</summary>
public sealed class SetUpOptions
{
    public const string Section = "Setup";

    public string? Name { get; set; }
    public string? Subdomain { get; set; }
    public string Country { get; set; } = "US";
    public string TimeZone { get; set; } = "UTC";
    public string? OwnerName { get; set; }
    public string? OwnerEmail { get; set; }
    public string? OwnerPassword { get; set; }
}

/// <summary>Printed to the log of a fresh installation, so that only who runs the server can set it up.</summary>
public sealed class SetUpCode
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private readonly string _code = RandomNumberGenerator.GetString(Letters, 12);

    public string Shown => $"{_code[..4]}-{_code[4..8]}-{_code[8..]}";

    /// <summary>One workspace at a time: two browsers may hold the code.</summary>
    internal SemaphoreSlim Turn { get; } = new(1);

    /// <summary>
    /// Dashes, blanks and case do not count. Tries are not counted: sixty bits are not guessed, and a count would let strangers lock out who
    /// runs the server.
    /// </summary>
    public bool Matches(string typed)
    {
        var letters = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(letters), Encoding.ASCII.GetBytes(_code));
    }
}

/// <summary>Makes the first workspace and its owner in an installation that has none; never again after that.</summary>
public sealed class FirstStart(TenantService tenants, UserService users, SetUpCode code, TimeProvider time)
{
    // Slows down who guesses; the right code is never held up.
    private static readonly TimeSpan PauseAfterWrongCode = TimeSpan.FromMilliseconds(500);

    public static readonly FieldError CodeWrong = new("setup.code_wrong", "This is not the code in the server's log");

    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken) => !await tenants.AnyAsync(cancellationToken);

    public async Task<Result<Done>> RunAsync(SetUpWorkspace request, CancellationToken cancellationToken)
    {
        if (code.Matches(request.Code))
        {
            return await CreateAsync(request, ChangeOrigin.App, cancellationToken);
        }

        await Task.Delay(PauseAfterWrongCode, time, cancellationToken);
        return new ValidationError("code", CodeWrong);
    }

    /// <summary>Does nothing where the section is empty or a workspace exists.</summary>
    public async Task<Result<Done>> RunAsync(SetUpOptions options, CancellationToken cancellationToken)
    {
        if (options is not { Subdomain: { } subdomain, OwnerEmail: { } email, OwnerPassword: { } password }
            || !await IsNeededAsync(cancellationToken))
        {
            return default(Done);
        }

        return await CreateAsync(
            new SetUpWorkspace("", options.Name ?? subdomain, subdomain, options.Country, options.TimeZone, options.OwnerName ?? "", email, password),
            ChangeOrigin.System,
            cancellationToken);
    }

    private async Task<Result<Done>> CreateAsync(SetUpWorkspace request, ChangeOrigin door, CancellationToken cancellationToken)
    {
        await code.Turn.WaitAsync(cancellationToken);
        try
        {
            if (!await IsNeededAsync(cancellationToken))
            {
                return TenantErrors.NotFound;
            }

            var workspace = new CreateTenant(request.Name, request.Subdomain.Trim().ToLowerInvariant(), null, request.Country, request.TimeZone);
            var owner = new CreateUser(request.OwnerEmail, request.OwnerName, Role.Owner, request.OwnerPassword);

            // Both are checked before either is made: a workspace without its owner could not be entered, or set up again.
            var errors = new FieldErrors().AddAll(await tenants.CheckAsync(workspace, cancellationToken)).AddAll(await users.CheckAsync(owner));
            if (errors.Any)
            {
                return new ValidationError(errors);
            }

            var tenant = await tenants.CreateAsync(workspace, door, cancellationToken);
            if (!tenant.Succeeded)
            {
                return tenant.Error;
            }

            var user = await users.CreateAsync(owner, cancellationToken);
            return user.Succeeded ? default(Done) : user.Error;
        }
        finally
        {
            code.Turn.Release();
        }
    }
}
