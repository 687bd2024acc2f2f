using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using PushMessage = Lib.Net.Http.WebPush.PushMessage;
using PushSubscription = Lib.Net.Http.WebPush.PushSubscription;

namespace WaCr.Web.Downloads;

/// <summary>A browser's address and keys, as it gave them.</summary>
public sealed record PushTarget(string Endpoint, string P256dh, string Auth);

/// <summary>The server's own pair, by which push services know it, in Base64Url; and whom they may turn to.</summary>
public sealed record VapidKeys(string PublicKey, string PrivateKey, string Subject);

/// <param name="Content">JSON; only the browser can decrypt it.</param>
/// <param name="Topic">The push service keeps one of a topic for a browser that is off. It reads it, so it names nothing.</param>
public sealed record PushContent(string Content, string Topic, TimeSpan KeptFor);

/// <param name="Status">The push service's; null where no answer came.</param>
/// <param name="IsGone">The browser takes no more pushes by this address, or never could.</param>
public sealed record PushOutcome(int? Status, TimeSpan? RetryAfter, bool IsGone)
{
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>Whether another attempt may succeed.</summary>
    public bool MayRecover => !IsGone && Status is null or (int)HttpStatusCode.TooManyRequests or >= 500;
}

/// <summary>
/// Sends web pushes (RFC 8030), encrypted for one browser (RFC 8291) and signed (RFC 8292), under the rules of <see cref="RemotePosts"/>:
/// an endpoint is an address that a stranger gave.
/// </summary>
public sealed class RemotePushes
{
    /// <summary>What is read of an answer: push services say a sentence.</summary>
    public const int MaxAnswer = 8 * 1024;

    /// <summary>The slowest of a workspace's pushes holds up the next ones, also those of others.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    private const int PublicKeyLength = 65;
    private const byte Uncompressed = 4;
    private const int SecretLength = 16;

    private readonly HttpClient _http;
    private readonly RemotePosts _posts;
    private readonly TimeProvider _time;

    internal RemotePushes(HttpClient http, RemotePosts posts, TimeProvider time) => (_http, _posts, _time) = (http, posts, time);

    /// <summary>Whether the browser's keys are such as can be encrypted for.</summary>
    public static bool AreKeys(string p256dh, string auth) =>
        Decode(p256dh) is { Length: PublicKeyLength } point && point[0] == Uncompressed && Decode(auth) is { Length: SecretLength };

    /// <summary>Every failure is an outcome; only <paramref name="cancellationToken"/> throws.</summary>
    public async Task<PushOutcome> SendAsync(PushTarget target, PushContent push, VapidKeys keys, CancellationToken cancellationToken)
    {
        if (!_posts.MayPostTo(target.Endpoint) || !AreKeys(target.P256dh, target.Auth))
        {
            return new PushOutcome(null, null, IsGone: true);
        }

        using var timeout = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var authentication = new VapidAuthentication(keys.PublicKey, keys.PrivateKey) { Subject = keys.Subject };
        var subscription = new PushSubscription { Endpoint = target.Endpoint };
        subscription.SetKey(PushEncryptionKeyName.P256DH, target.P256dh);
        subscription.SetKey(PushEncryptionKeyName.Auth, target.Auth);
        var message = new PushMessage(push.Content)
        {
            Topic = push.Topic,
            TimeToLive = (int)push.KeptFor.TotalSeconds,
            Urgency = PushMessageUrgency.High,
        };
        try
        {
            // It would wait for Retry-After by itself, without an end.
            var client = new PushServiceClient(_http) { AutoRetryAfter = false };
            await client.RequestPushMessageDeliveryAsync(
                subscription, message, authentication, VapidAuthenticationScheme.Vapid, either.Token);
            return new PushOutcome((int)HttpStatusCode.Created, null, IsGone: false);
        }
        catch (PushServiceClientException refused)
        {
            var isGone = refused.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone;
            return new PushOutcome((int)refused.StatusCode, RetryAfterOf(refused), isGone);
        }
        catch (HttpRequestException)
        {
            // Also of an address that may not be reached: a name that resolves to nothing for a while looks the same.
            return new PushOutcome(null, null, IsGone: false);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return new PushOutcome(null, null, IsGone: true); // a key that is no point on the curve
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new PushOutcome(null, null, IsGone: false);
        }
    }

    private TimeSpan? RetryAfterOf(PushServiceClientException refused) => refused.Headers?.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } at } => at - _time.GetUtcNow(),
        _ => null,
    };

    private static byte[]? Decode(string text)
    {
        var letters = text.TrimEnd('=');
        return Base64Url.IsValid(letters) ? Base64Url.DecodeFromChars(letters) : null;
    }
}
