using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>
/// What opens the sandbox's controls, and nothing else does: they show the secrets of all numbers and post to any address that is set. Made
/// anew and shown at each start, unless the configuration names one.
/// </summary>
internal sealed class SandboxControlToken(IOptions<SandboxOptions> options)
{
    public const int MinLength = 16;

    private const int RandomBytes = 24;

    public string Value { get; } = options.Value.ControlToken ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));

    public bool Fits(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Value));
}
