using System.Security.Cryptography;
using System.Text;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Features.Tenants;

/// <param name="Code">The one-time code from the server's log.</param>
public sealed record SetUpWorkspace(
    string Code, string Name, string Subdomain, string Country, string TimeZone, string OwnerName, string OwnerEmail, string OwnerPassword);

/// <summary>Section <c>Setup</c> of the configuration: creates the first workspace without a browser.</summary>
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

/// <summary>A code printed to the log of a fresh installation, so that only the operator can set it up.</summary>
public sealed class SetUpCode
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private readonly string _code = RandomNumberGenerator.GetString(Letters, 12);

    public string Shown => $"{_code[..4]}-{_code[4..8]}-{_code[8..]}";

    /// <summary>
    /// Compares ignoring dashes, spaces and case. Attempts are not counted: sixty bits cannot be guessed, and a limit would let strangers
    /// lock the operator out.
    /// </summary>
    public bool Matches(string typed)
    {
        var letters = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(letters), Encoding.ASCII.GetBytes(_code));
    }
}

/// <summary>Creates the first workspace and its owner in an empty installation, and only then.</summary>
public sealed class FirstStart(TenantService tenants, UserService users, SetUpCode code, TimeProvider time)
{
    // Slows down guessing; the right code is never delayed.
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

    /// <summary>Does nothing if the section is empty or a workspace exists.</summary>
    public async Task<Result<Done>> RunAsync(SetUpOptions options, CancellationToken cancellationToken)
    {
        if (options is not { Subdomain: { } subdomain, OwnerEmail: { } email, OwnerPassword: { } password }
            || !await IsNeededAsync(cancellationToken))
        {
            return default(Done);
        }

        var outcome = await CreateAsync(
            new SetUpWorkspace(
                "", options.Name ?? subdomain, subdomain, options.Country, options.TimeZone, options.OwnerName ?? "", email, password),
            ChangeOrigin.System,
            cancellationToken);
        return outcome.Succeeded || outcome.Error != TenantErrors.NotFound ? outcome : default(Done); // another process was quicker
    }

    /// <returns>
    /// <see cref="TenantErrors.NotFound"/> if there is a workspace by now: two browsers may have the code, or two processes start at once.
    /// </returns>
    private async Task<Result<Done>> CreateAsync(SetUpWorkspace request, ChangeOrigin access, CancellationToken cancellationToken)
    {
        if (!await IsNeededAsync(cancellationToken))
        {
            return TenantErrors.NotFound;
        }

        var workspace = new CreateTenant(
            request.Name, request.Subdomain.Trim().ToLowerInvariant(), null, request.Country, request.TimeZone);
        var owner = new CreateUser(request.OwnerEmail, request.OwnerName, Role.Owner, request.OwnerPassword);

        // Checks both before creating either: a workspace without an owner could neither be entered nor set up again.
        var errors = new FieldErrors()
            .AddAll(await tenants.CheckAsync(workspace, cancellationToken))
            .AddAll(await users.CheckAsync(owner));
        if (errors.Any)
        {
            return await IsNeededAsync(cancellationToken) ? new ValidationError(errors) : TenantErrors.NotFound;
        }

        var tenant = await tenants.CreateFirstAsync(workspace, access, cancellationToken);
        if (!tenant.Succeeded)
        {
            return tenant.Error;
        }

        var user = await users.CreateAsync(owner, cancellationToken);
        return user.Succeeded ? default(Done) : user.Error;
    }
}
