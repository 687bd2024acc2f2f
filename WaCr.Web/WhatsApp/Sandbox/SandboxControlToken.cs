using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>
/// The token of the sandbox's controls, which show all numbers' secrets and post to any configured URL. Generated and printed at each
/// start, unless configured.
/// </summary>
internal sealed class SandboxControlToken(IOptions<SandboxOptions> options)
{
    public const int MinLength = 16;

    private const int RandomBytes = 24;

    public string Value { get; } = options.Value.ControlToken ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));

    public bool Fits(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Value));
}
