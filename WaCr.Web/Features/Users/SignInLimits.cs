using System.Net;
using Microsoft.Extensions.Options;

namespace WaCr.Web.Features.Users;

/// <summary>Section <c>SignIn</c> of the configuration.</summary>
public sealed class SignInLimitOptions
{
    public const string Section = "SignIn";

    /// <summary>Attempts per address and minute, for passwords and codes together; an office may share one address.</summary>
    public int MaxAttemptsPerMinute { get; set; } = 30;

    /// <summary>Passwords hashed at once; each takes a tenth of a second of one core. 0: half of the cores.</summary>
    public int MaxHashesAtOnce { get; set; }
}

/// <summary>Limits attempts before anything is hashed. Counted per process.</summary>
public sealed class SignInLimits(IOptions<SignInLimitOptions> options, TimeProvider time) : IDisposable
{
    public const int MaxAttemptsPerDevice = 10;
    public static readonly TimeSpan DeviceWindow = TimeSpan.FromMinutes(15);

    private const int MaxWaiting = 50;

    private readonly AttemptWindows<string> _addresses = new(time, TimeSpan.FromMinutes(1));
    private readonly AttemptWindows<Guid> _devices = new(time, DeviceWindow);
    private readonly SemaphoreSlim _hashing = new(AtOnce(options.Value));
    private int _waiting;

    /// <summary>False if this address made too many attempts within the minute. Our own code has no address.</summary>
    public bool TryAddress(string address)
    {
        var isFree = address.Length == 0 || _addresses.TryTake(NetworkOf(address), options.Value.MaxAttemptsPerMinute);
        if (!isFree)
        {
            Measures.Refused("sign-in");
        }

        return isFree;
    }

    /// <summary>False if this browser made too many attempts; it is then treated as unknown.</summary>
    public bool TryDevice(Guid device) => _devices.TryTake(device, MaxAttemptsPerDevice);

    /// <summary>A slot for hashing a password, to be disposed; null if too many are waiting.</summary>
    public async Task<IDisposable?> TryHashAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _hashing.WaitAsync(cancellationToken);
            return new Turn(_hashing);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _hashing.Dispose();

    private static string NetworkOf(string address) =>
        IPAddress.TryParse(address, out var parsed) ? ClientNetwork.Of(parsed).ToString() : address;

    private static int AtOnce(SignInLimitOptions options) =>
        options.MaxHashesAtOnce > 0 ? options.MaxHashesAtOnce : Math.Max(1, Environment.ProcessorCount / 2);

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private SemaphoreSlim? _turns = turns;

        public void Dispose() => Interlocked.Exchange(ref _turns, null)?.Release();
    }
}
