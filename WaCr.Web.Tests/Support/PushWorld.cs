using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Notifications;
using WaCr.Web.Features.Notifications.Push;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Support;

/// <summary>A push service on a real socket; it remembers what came and answers as the test says.</summary>
internal sealed class FakePushService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakePushService(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public ConcurrentQueue<ReceivedPush> Received { get; } = new();

    /// <summary>201 unless the test says otherwise.</summary>
    public Action<HttpResponse> Answer { get; set; } = response => response.StatusCode = StatusCodes.Status201Created;

    /// <summary>Whether the answer has a body that does not end.</summary>
    public bool IsEndless { get; set; }

    public static async Task<FakePushService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.Zero);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var service = new FakePushService(app);
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var headers = context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            service.Received.Enqueue(new ReceivedPush(context.Request.Path, headers, body.ToArray()));
            service.Answer(context.Response);
            while (service.IsEndless)
            {
                await context.Response.Body.WriteAsync(new byte[4096], context.RequestAborted);
            }
        });
        await app.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal sealed record ReceivedPush(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A browser's pair of keys and its address at the push service; it reads what is sent to it.</summary>
internal sealed class FakeBrowser : IDisposable
{
    private readonly ECDiffieHellman _pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _auth = RandomNumberGenerator.GetBytes(16);

    public FakeBrowser(Uri service, string name = "one") => Endpoint = new Uri(service, $"/push/{name}").ToString();

    public string Endpoint { get; }

    public NewPushSubscription Given => new(Endpoint, Base64Url.EncodeToString(Point), Base64Url.EncodeToString(_auth));

    private byte[] Point
    {
        get
        {
            var key = _pair.ExportParameters(includePrivateParameters: false).Q;
            return [4, .. key.X!, .. key.Y!];
        }
    }

    /// <summary>As RFC 8291 and RFC 8188 say.</summary>
    public string Decrypt(byte[] body)
    {
        var (salt, idLength) = (body[..16], body[20]);
        var serverPoint = body[21..(21 + idLength)];
        using var server = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = serverPoint[1..33], Y = serverPoint[33..65] },
        });
        var shared = _pair.DeriveRawSecretAgreement(server.PublicKey);
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, _auth, [.. "WebPush: info\0"u8, .. Point, .. serverPoint]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());
        var sealedText = body.AsSpan(21 + idLength);
        var plain = new byte[sealedText.Length - 16];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(nonce, sealedText[..^16], sealedText[^16..], plain);
        return Encoding.UTF8.GetString(plain.AsSpan().TrimEnd((byte)0)[..^1]);
    }

    public void Dispose() => _pair.Dispose();
}

/// <summary>A workspace whose people subscribe browsers at a push service; what is due is sent when the test says so.</summary>
internal sealed class PushWorld : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private PushWorld(MessagingWorld messaging, FakePushService service) => (Messaging, Service) = (messaging, service);

    public MessagingWorld Messaging { get; }

    public FakePushService Service { get; }

    public TestTenant Tenant => Messaging.Tenant;

    /// <summary>A name that leads to the push service, on this machine.</summary>
    public Uri NamedAddress => new($"http://push.example.test:{Service.Address.Port}");

    /// <param name="engine">Where the data is.</param>
    /// <param name="isTrusted">Whether the push service may be reached although it is on this machine.</param>
    public static async Task<PushWorld> CreateAsync(DatabaseProvider engine, bool isTrusted = true)
    {
        var service = await FakePushService.StartAsync();
        return new PushWorld(
            await MessagingWorld.CreateAsync(engine, (services, _) => services
                .AddSingleton<HostLookup>((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]))
                .PostConfigure<RemoteFileOptions>(options =>
                {
                    options.ExtraPorts.Add(service.Address.Port);
                    if (isTrusted)
                    {
                        options.TrustedHosts.Add(service.Address.Authority);
                    }
                })),
            service);
    }

    /// <summary>From now on this person acts, who wants pushes of these kinds.</summary>
    public async Task<long> PersonAsync(Role role, params NotificationKind[] kinds)
    {
        var context = Tenant.Get<TenantContext>();
        context.Enter(context.Tenant, context.Actor with { Permissions = Permissions.All }); // may add people
        var id = await Tenant.SignInAsync(role);
        var settings = new NotificationSettings { Ways = kinds.ToDictionary(kind => kind, _ => NotificationWays.Push) };
        await Tenant.Get<NotificationPreferences>().SaveAsync(settings, None).OrThrowAsync();
        return id;
    }

    /// <summary>Of whoever acts in that workspace.</summary>
    public static Task<IReadOnlyList<PushDevice>> ListDevicesAsync(TestTenant tenant) =>
        tenant.GetFresh<PushSubscriptions>().ListAsync(None).OrThrowAsync();

    /// <summary>A second workspace, in which the same person acts.</summary>
    public async Task<TestTenant> JoinAnotherAsync(long userId)
    {
        var other = await Messaging.CreateTenantAsync("other");
        await other.JoinAsync(userId, Role.Agent);
        return other;
    }

    public async Task<Guid> SessionAsync(long userId, TimeSpan? lasts = null)
    {
        await using var db = Tenant.OpenDatabase();
        var session = new UserSession
        {
            Id = Guid.NewGuid(),
            UserId = userId,
            Device = "Test/1",
            CreatedAt = Messaging.Now,
            LastUsedAt = Messaging.Now,
            ExpiresAt = Messaging.Now + (lasts ?? UserSession.RememberedLifetime),
        };
        db.UserSessions.Add(session);
        await db.SaveChangesAsync();
        return session.Id;
    }

    /// <summary>A browser of a new agent, who wants pushes of messages in unassigned conversations.</summary>
    public async Task SubscribeAsync(FakeBrowser browser) =>
        await SubscribeAsync(browser, await SessionAsync(await PersonAsync(Role.Agent, NotificationKind.MessageUnassigned)));

    /// <summary>As the page does: for the server's key.</summary>
    public async Task SubscribeAsync(FakeBrowser browser, Guid session)
    {
        await Tenant.GetFresh<PushSubscriptions>().GetKeyAsync(None).OrThrowAsync();
        await Tenant.GetFresh<PushSubscriptions>().SubscribeAsync(browser.Given, session, None).OrThrowAsync();
    }

    /// <summary>What the hosted loop does, after the pause for those who read it at once; how many rows were claimed.</summary>
    public async Task<int> SendAsync(TimeSpan? later = null)
    {
        Messaging.Time.Advance(later ?? TimeSpan.FromSeconds(3));
        return await Messaging.Services.TakeTurnsAsync<PushMessage, PushSender>();
    }

    public async Task<(int Subscriptions, int Messages)> KeptAsync()
    {
        await using var db = Tenant.OpenDatabase();
        return (await db.PushSubscriptions.CountAsync(), await db.PushMessages.CountAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Messaging.DisposeAsync();
        await Service.DisposeAsync();
    }
}
