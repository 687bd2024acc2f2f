using System.Net;
using Microsoft.Extensions.Options;
using WaCr.Web.Common;

namespace WaCr.Web.Features.Users;

/// <summary>Section <c>SignIn</c> of the configuration.</summary>
public sealed class SignInLimitOptions
{
    public const string Section = "SignIn";

    /// <summary>Passwords and codes that one address may try in a minute: an office behind one address signs in within a few.</summary>
    public int MaxAttemptsPerMinute { get; set; } = 30;

    /// <summary>Passwords that are hashed at the same time; each takes a tenth of a second of one core. 0: half of the cores.</summary>
    public int MaxHashesAtOnce { get; set; }
}

/// <summary>How often somebody may try, before anything is hashed. Counted by each process for itself.</summary>
public sealed class SignInLimits(IOptions<SignInLimitOptions> options, TimeProvider time) : IDisposable
{
    public const int MaxAttemptsPerDevice = 10;
    public static readonly TimeSpan DeviceWindow = TimeSpan.FromMinutes(15);

    private const int MaxWaiting = 50;

    private readonly AttemptWindows<string> _addresses = new(time, TimeSpan.FromMinutes(1));
    private readonly AttemptWindows<Guid> _devices = new(time, DeviceWindow);
    private readonly SemaphoreSlim _hashing = new(AtOnce(options.Value));
    private int _waiting;

    /// <summary>False where this address tried too often within the minute. An empty one is our own code's.</summary>
    public bool TryAddress(string address) => address.Length == 0 || _addresses.TryTake(NetworkOf(address), options.Value.MaxAttemptsPerMinute);

    /// <summary>False where somebody with this browser tried too often: then they are strangers like others.</summary>
    public bool TryDevice(Guid device) => _devices.TryTake(device, MaxAttemptsPerDevice);

    /// <summary>A turn to hash a password, to be disposed of; null where too many wait for one.</summary>
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

    private static string NetworkOf(string address) => IPAddress.TryParse(address, out var parsed) ? ClientNetwork.Of(parsed).ToString() : address;

    private static int AtOnce(SignInLimitOptions options) => options.MaxHashesAtOnce > 0 ? options.MaxHashesAtOnce : Math.Max(1, Environment.ProcessorCount / 2);

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private SemaphoreSlim? _turns = turns;

        public void Dispose() => Interlocked.Exchange(ref _turns, null)?.Release();
    }
}
