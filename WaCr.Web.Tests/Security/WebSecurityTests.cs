using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using WaCr.Web.Components;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Security;

/// <summary>What a browser is told, behind a proxy that ends the encryption and without one.</summary>
public sealed partial class WebSecurityTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("en", "Conversations", "ltr")]
    [InlineData("pt", "Conversas", "ltr")]
    [InlineData("ar", "المحادثات", "rtl")]
    public async Task TheInstalledApp_SpeaksTheLanguageOfItsAddress(string language, string shortcut, string direction)
    {
        using var browser = new HttpClient { BaseAddress = app.Address };

        using var answer = await browser.GetAsync(new Uri(Urls.ManifestIn(CultureInfo.GetCultureInfo(language)), UriKind.Relative));
        var manifest = await answer.Content.ReadFromJsonAsync<JsonElement>();

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/manifest+json");

        manifest.GetProperty("shortcuts")[0].GetProperty("name").GetString().ShouldBe(shortcut);
        manifest.GetProperty("lang").GetString().ShouldBe(language);
        manifest.GetProperty("dir").GetString().ShouldBe(direction);
        manifest.GetProperty("start_url").GetString().ShouldBe("/");
    }

    [Fact]
    public async Task BehindAProxy_CookiesAreForHttpsAndThisHostAlone_AndNoRedirectNamesAnotherPlace()
    {
        await using var proxied = await ProxiedAppAsync();
        using var browser = new ProxiedBrowser(proxied);
        var tenant = await proxied.App.CreateTenantAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        await tenant.GetFresh<UserService>()
            .CreateAsync(new CreateUser(email, "Ravi Kumar", Role.Agent, StaffClient.Password), default)
            .OrThrowAsync();

        using var page = await browser.SendAsync(HttpMethod.Get, "/account/sign-in");
        var form = CookiesOf(page).ShouldHaveSingleItem();
        using var signedIn = await browser.PostAsync(
            "/account/sign-in", form, await page.Content.ReadAsStringAsync(),
            ("_handler", "sign-in"), ("Input.Email", email), ("Input.Password", StaffClient.Password));
        using var led = await browser.SendAsync(HttpMethod.Get, "/contacts");

        form.ShouldStartWith("__Host-wacr.form=");
        form.ShouldContain("secure", Case.Insensitive);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var session = CookiesOf(signedIn).Single(cookie => cookie.Contains("wacr.session=", StringComparison.Ordinal));
        session.ShouldStartWith("__Host-wacr.session=");
        session.ShouldContain("secure", Case.Insensitive);
        session.ShouldContain("path=/;", Case.Insensitive);
        session.ShouldNotContain("domain=", Case.Insensitive);
        led.Headers.Location!.OriginalString.ShouldBe("/account/sign-in?returnUrl=%2Fcontacts");
        led.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000"]);
    }

    [Fact]
    public async Task AnotherHostName_IsRefused_AndPlainHttpLeadsPeopleToHttps()
    {
        await using var proxied = await ProxiedAppAsync();
        using var browser = new ProxiedBrowser(proxied);

        using var evil = await browser.SendAsync(HttpMethod.Get, "/contacts", host: "evil.example");
        using var plain = await browser.SendAsync(HttpMethod.Get, "/contacts?search=x", scheme: "http");
        using var program = await browser.SendAsync(HttpMethod.Get, "/api/v2/contacts", scheme: "http");

        evil.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        plain.StatusCode.ShouldBe(HttpStatusCode.PermanentRedirect);
        plain.Headers.Location!.OriginalString.ShouldBe("https://crm.example.com/contacts?search=x");
        program.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/account/sign-in", 200)]
    [InlineData("/account/join?code=x", 200)]
    [InlineData("/nowhere", 404)]
    [InlineData("/docs/api", 200)]
    public async Task Pages_RunNothingButOurs_AndAreNotKept(string path, int status)
    {
        using var http = new HttpClient { BaseAddress = app.Address };
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));

        ((int)answer.StatusCode).ShouldBe(status);
        var policy = Header(answer, "Content-Security-Policy");
        var scripts = policy.Split("; ").Single(directive => directive.StartsWith("script-src", StringComparison.Ordinal));
        scripts.ShouldNotContain("unsafe");
        foreach (var directive in new[] { "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'" })
        {
            policy.ShouldContain(directive);
        }

        // A script in the page itself needs the number of this answer.
        var html = await answer.Content.ReadAsStringAsync();
        Script().Matches(html).Select(script => script.Value)
            .ShouldAllBe(script => script.Contains(" src=", StringComparison.Ordinal)
                || (Nonce().IsMatch(script)
                    && scripts.Contains($"'nonce-{Nonce().Match(script).Groups["nonce"].Value}'", StringComparison.Ordinal)));
        AssertCommon(answer);
        Header(answer, "Cache-Control").ShouldContain("no-store");
    }

    [Fact]
    public async Task AnswersWithPersonalData_AreNotKept()
    {
        var tenant = await app.CreateTenantAsync();
        await tenant.CreateContactAsync();
        using var api = new HttpClient { BaseAddress = app.Address };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await TestApp.CreateTokenAsync(tenant)).Secret);
        using var staff = await StaffSession.SignInAsync(app, tenant, Role.Owner);

        using var contacts = await staff.GetAsync("/contacts");
        using var export = await staff.GetAsync("/contacts/export?format=csv");
        using var listed = await api.GetAsync(new Uri("/api/v2/contacts", UriKind.Relative));

        foreach (var answer in new[] { contacts, export, listed })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            AssertCommon(answer);
            Header(answer, "Cache-Control").ShouldContain("no-store");
        }

        Header(listed, "Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
    }

    [Fact]
    public async Task Circuits_AreForPeopleWhoAreSignedIn_OnPagesOfOurs()
    {
        using var staff = await StaffSession.SignInAsync(app, await app.CreateTenantAsync(), Role.Agent);
        using var stranger = StaffSession.Stranger(app.Address);

        (await NegotiateAsync(stranger, null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await NegotiateAsync(staff, "https://evil.example")).ShouldBe(HttpStatusCode.Forbidden);
        (await NegotiateAsync(staff, "null")).ShouldBe(HttpStatusCode.Forbidden);
        (await NegotiateAsync(staff, app.Address.GetLeftPart(UriPartial.Authority))).ShouldBe(HttpStatusCode.OK);
        using var socket = new ClientWebSocket();
        await Should.ThrowAsync<WebSocketException>(() =>
            socket.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, default));
    }

    [Fact]
    public async Task NotFound_IsAPlainPageForStrangers()
    {
        using var staff = new StaffClient(app);
        (await staff.GetAsync("/nowhere")).Html.ShouldNotContain("<!--Blazor:{");
    }

    [Theory]
    [InlineData("crm.example.com")]
    [InlineData("https://crm.example.com/app")]
    [InlineData("ftp://crm.example.com")]
    [InlineData("https://me:secret@crm.example.com")]
    public void PublicUrl_ThatIsNone_IsRefusedByName(string value) =>
        Should.Throw<StartupException>(() => PublicUrl.Read(value)).Message.ShouldStartWith("PublicUrl must be");

    [Fact]
    public void PublicUrl_MakesLinks()
    {
        PublicUrl.Read(" https://crm.example.com/ ").LinkTo("/account/join?code=a").ShouldBe("https://crm.example.com/account/join?code=a");
        PublicUrl.Read(null).LinkTo("/account/join?code=a").ShouldBeNull();
    }

    private static void AssertCommon(HttpResponseMessage answer)
    {
        Header(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(answer, "Referrer-Policy").ShouldBe("same-origin");
        Header(answer, "Permissions-Policy").ShouldContain("microphone=(self)");
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? values.ShouldHaveSingleItem()
            : "";

    private static async Task<HttpStatusCode> NegotiateAsync(StaffSession session, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative));
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await session.SendAsync(request);
        return answer.StatusCode;
    }

    private static IEnumerable<string> CookiesOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [];

    private static async Task<ProxiedApp> ProxiedAppAsync()
    {
        var proxied = new TestApp
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["PublicUrl"] = "https://crm.example.com" },
        };
        await proxied.InitializeAsync();
        return new ProxiedApp(proxied);
    }

    private sealed record ProxiedApp(TestApp App) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await App.DisposeAsync();
    }

    /// <summary>Its requests come as a proxy on the same machine passes them on.</summary>
    private sealed class ProxiedBrowser(ProxiedApp proxied) : IDisposable
    {
        private readonly HttpClient _http = new(
            new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        { BaseAddress = proxied.App.Address };

        public async Task<HttpResponseMessage> SendAsync(
            HttpMethod method, string path, string host =
                "crm.example.com", string scheme = "https", HttpContent? content = null, string? cookie = null)
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
            request.Headers.Host = host;
            request.Headers.Add("X-Forwarded-Proto", scheme);
            request.Headers.Add("X-Forwarded-For", "203.0.113.7");
            if (cookie is not null)
            {
                request.Headers.Add("Cookie", cookie);
            }

            return await _http.SendAsync(request);
        }

        public async Task<HttpResponseMessage> PostAsync(
            string path, string formCookie, string html, params (string Name, string Value)[] fields)
        {
            using var content = new FormUrlEncodedContent(
                fields.Append(("__RequestVerificationToken", Token().Match(html).Groups["token"].Value))
                    .Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
            return await SendAsync(HttpMethod.Post, path, content: content, cookie: formCookie.Split(';')[0]);
        }

        public void Dispose() => _http.Dispose();
    }

    [GeneratedRegex("<script\\b[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("nonce=\"(?<nonce>[^\"]+)\"")]
    private static partial Regex Nonce();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
