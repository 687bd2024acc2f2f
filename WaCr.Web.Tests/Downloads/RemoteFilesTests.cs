using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Downloads;

namespace WaCr.Web.Tests.Downloads;

/// <summary>Over real sockets: <c>files.test</c> is trusted and leads to a server of the test, all other names lead where DNS of the test
/// says.</summary>
public sealed class RemoteFilesTests : IAsyncLifetime, IDisposable
{
    private const string Field = "media_url";
    private const string Trusted = "files.test";
    private static readonly IPAddress Public = IPAddress.Parse("93.184.216.34");

    private readonly FakeTimeProvider _time = new();
    private readonly Dictionary<string, Queue<IPAddress[]>> _names = new(StringComparer.Ordinal);
    private readonly MemoryStream _target = new();
    private readonly RemoteFileOptions _options = new() { Timeout = TimeSpan.FromMinutes(1) };
    private RequestDelegate _answer = _ => Task.CompletedTask;
    private int _asked;
    private WebApplication _server = null!;
    private HttpClient _http = null!;
    private PublicConnections _connections = null!;
    private RemoteFiles _files = null!;

    private int Port => new Uri(_server.Urls.Single()).Port;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.Zero);
        _server = builder.Build();
        _server.Run(context =>
        {
            Interlocked.Increment(ref _asked);
            return _answer(context);
        });
        await _server.StartAsync();

        _options.TrustedHosts.Add($"{Trusted}:{Port}");
        _options.ExtraPorts.Add(Port);
        _options.OwnHost = "crm.test";
        var options = Options.Create(_options);
        _connections = new PublicConnections(LookUp, options);
        _http = new HttpClient(_connections.CreateHandler());
        _files = new RemoteFiles(_http, options, _time);
    }

    [Fact]
    public async Task TrustedHost_IsDownloaded()
    {
        _answer = context => context.Response.WriteAsync("hello");

        var file = (await DownloadAsync(At("/some%20folder/a%20file.txt"))).OrThrow();

        file.ShouldBe(new RemoteFile("a file.txt", 5));
        Text.ShouldBe("hello");
    }

    [Theory]
    [InlineData("")]
    [InlineData("file.png")]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://files.test/a")]
    [InlineData("gopher://files.test/a")]
    [InlineData("data:text/plain,a")]
    [InlineData("http://")]
    [InlineData("http://user@files.test/a")]
    [InlineData("http://user:password@files.test/a")]
    [InlineData("http://files.test\0.example/a")]
    public async Task NoPublicWebAddress_IsRefused_BeforeAnythingIsLookedUp(string url)
    {
        await RefusedAsync(url, RemoteFiles.NotPublic);

        _asked.ShouldBe(0);
    }

    [Fact]
    public Task AddressWithoutEnd_IsRefused() =>
        RefusedAsync("http://files.test/" + new string('a', RemoteFiles.UrlMaxLength), RemoteFiles.NotPublic);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("2130706433")] // the same, as one number
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    [InlineData("0")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[fe80::1%251]")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    public async Task AddressInside_IsRefused(string host)
    {
        await RefusedAsync($"http://{host}:{Port}/", RemoteFiles.NotPublic);

        _asked.ShouldBe(0);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("::1")]
    public async Task NameThatLeadsInside_IsRefused(string address)
    {
        Name("inside.test", [IPAddress.Parse(address)]);

        await RefusedAsync($"http://inside.test:{Port}/", RemoteFiles.NotPublic);

        _asked.ShouldBe(0);
    }

    [Fact]
    public async Task NameThatLeadsOutsideAndInside_IsRefused()
    {
        Name("both.test", [Public, IPAddress.Loopback]);

        await RefusedAsync($"http://both.test:{Port}/", RemoteFiles.NotPublic);
    }

    [Theory]
    [InlineData("http://public.test:22/")]
    [InlineData("http://public.test:6379/")]
    [InlineData("https://public.test:9200/")]
    [InlineData("https://crm.test/")] // the product itself
    [InlineData("https://CRM.test./contacts")]
    public async Task PublicHost_OnAnotherPort_OrTheProductItself_IsRefused(string url)
    {
        Name("public.test", [Public]);
        Name("crm.test", [Public]);
        Name("crm.test.", [Public]);

        await RefusedAsync(url, RemoteFiles.NotPublic);

        _asked.ShouldBe(0);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(443)]
    public async Task PublicHost_OnTheWebsPorts_IsFound(int port)
    {
        Name("public.test", [Public]);

        (await _connections.FindAsync("public.test", port, default)).ShouldBe([Public]);
    }

    [Fact]
    public Task NameThatLeadsNowhere_IsRefused_InTheSameWords() => RefusedAsync("http://nowhere.test/", RemoteFiles.NotPublic);

    [Fact]
    public async Task NameThatChangesBetweenCheckAndConnection_IsRefused()
    {
        Name("rebinding.test", [Public], [IPAddress.Loopback]);
        var url = $"http://rebinding.test:{Port}/";

        (await _connections.FindAsync("rebinding.test", 80, default)).ShouldBe([Public]);
        await RefusedAsync(url, RemoteFiles.NotPublic);

        _asked.ShouldBe(0);
    }

    [Fact]
    public async Task TrustedHost_IsTrustedOnItsPortAlone()
    {
        await RefusedAsync($"http://{Trusted}:{Port + 1}/", RemoteFiles.NotPublic);
        await RefusedAsync($"http://127.0.0.1:{Port}/", RemoteFiles.NotPublic);
    }

    [Fact]
    public async Task ThreeRedirects_AreFollowed()
    {
        _answer = Hops(3, "hello");

        (await DownloadAsync(At("/0"))).OrThrow().FileName.ShouldBe("3");
        Text.ShouldBe("hello");
    }

    [Fact]
    public async Task FourthRedirect_IsNotFollowed()
    {
        _answer = Hops(4, "hello");

        await RefusedAsync(At("/0"), RemoteFiles.NotFetched);
        _target.Length.ShouldBe(0);
        _asked.ShouldBe(4);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://inside.test:{0}/")]
    [InlineData("//169.254.169.254/latest/meta-data")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:password@files.test:{0}/")]
    public async Task RedirectToWhereNobodyMayGo_IsRefused(string location)
    {
        Name("inside.test", [IPAddress.Loopback]);
        _answer = context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.Found;
            context.Response.Headers.Location = string.Format(System.Globalization.CultureInfo.InvariantCulture, location, Port);
            return Task.CompletedTask;
        };

        await RefusedAsync(At("/"), RemoteFiles.NotPublic);
        _asked.ShouldBe(1);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.NoContent)]
    [InlineData(HttpStatusCode.PartialContent)]
    [InlineData(HttpStatusCode.Found)] // to nowhere
    public async Task AnyOtherAnswer_IsNoFile(HttpStatusCode status)
    {
        _answer = context =>
        {
            context.Response.StatusCode = (int)status;
            return Task.CompletedTask;
        };

        await RefusedAsync(At("/"), RemoteFiles.NotFetched);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LargerFile_IsRefused_WhetherItSaysSoOrNot(bool saysSo)
    {
        const int large = 3 * 1024 * 1024;
        _answer = async context =>
        {
            context.Response.ContentLength = saysSo ? large : null;
            await context.Response.Body.WriteAsync(new byte[large], context.RequestAborted);
        };

        await RefusedAsync(At("/"), new FieldError("file.too_large", "The file must not be larger than 1 MB", 1));
        _target.Length.ShouldBeLessThanOrEqualTo(1024 * 1024);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ServerThatStalls_IsLeft_OnceTheTimeIsUp(bool halfWay)
    {
        _answer = async context =>
        {
            if (halfWay)
            {
                await context.Response.WriteAsync("hel");
                await context.Response.Body.FlushAsync();
            }

            _time.Advance(_options.Timeout);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        await RefusedAsync(At("/"), RemoteFiles.NotFetched);
    }

    [Fact]
    public async Task ConnectionThatBreaks_IsNoFile()
    {
        _answer = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("hel");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };

        await RefusedAsync(At("/"), RemoteFiles.NotFetched);
    }

    [Fact]
    public async Task CallerWhoLeaves_IsNotToldOfAFault()
    {
        using var leaving = new CancellationTokenSource();
        _answer = async context =>
        {
            await leaving.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        await Should.ThrowAsync<OperationCanceledException>(
            async () => await _files.DownloadAsync(Field, At("/"), 10, _target, leaving.Token));
    }

    private string Text => Encoding.UTF8.GetString(_target.ToArray());

    private string At(string path) => $"http://{Trusted}:{Port}{path}";

    private Task<Result<RemoteFile>> DownloadAsync(string url) => _files.DownloadAsync(Field, url, 1024 * 1024, _target, default);

    private async Task RefusedAsync(string url, FieldError message) =>
        (await DownloadAsync(url)).Error.ShouldBeOfType<ValidationError>().Fields[Field].ShouldBe([message]);

    private void Name(string host, params IPAddress[][] answers) => _names[host] = new(answers);

    // Each question gets the next answer; the last one stays.
    private Task<IPAddress[]> LookUp(string host, CancellationToken cancellationToken)
    {
        if (host == Trusted)
        {
            return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        }

        return _names.TryGetValue(host, out var answers)
            ? Task.FromResult(answers.Count > 1 ? answers.Dequeue() : answers.Peek())
            : throw new SocketException((int)SocketError.HostNotFound);
    }

    private static RequestDelegate Hops(int last, string text) => context =>
    {
        var hop = int.Parse(context.Request.Path.Value!.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
        if (hop == last)
        {
            return context.Response.WriteAsync(text);
        }

        context.Response.StatusCode = (int)HttpStatusCode.TemporaryRedirect;
        context.Response.Headers.Location = $"/{hop + 1}";
        return Task.CompletedTask;
    };

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _target.Dispose();
    }
}
