using System.Text.RegularExpressions;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Support;

/// <summary>A person's browser without its screen: cookies, and the antiforgery token of a page.</summary>
public sealed partial class StaffSession : IDisposable
{
    private const string Password = "a-good-password";

    private readonly HttpClient _http;

    private StaffSession(Uri address) =>
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address };

    public CookieContainer Cookies { get; } = new();

    /// <summary>What a form or a script of a page sends along.</summary>
    public string Antiforgery { get; private set; } = "";

    public static StaffSession Stranger(Uri address) => new(address);

    /// <summary>Somebody new in the tenant, signed in through the sign-in page.</summary>
    public static async Task<StaffSession> SignInAsync(TestApp app, TestTenant tenant, Role role)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        await tenant.Get<UserService>()
            .CreateAsync(new CreateUser(email, "Ravi Kumar", role, Password), CancellationToken.None)
            .OrThrowAsync();
        var session = new StaffSession(app.Address);
        await session.ReadTokenAsync("/account/sign-in");
        using var answer = await session.PostFormAsync(
            "/account/sign-in", ("_handler", "sign-in"), ("Input.Email", email), ("Input.Password", Password));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await session.ReadTokenAsync("/");
        return session;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    public Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields) => _http.PostAsync(
        new Uri(path, UriKind.Relative),
        new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", Antiforgery)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public void Dispose() => _http.Dispose();

    private async Task ReadTokenAsync(string page)
    {
        var html = await _http.GetStringAsync(new Uri(page, UriKind.Relative));
        Antiforgery = Token().Match(html).Groups["token"].Value;
        Antiforgery.ShouldNotBeEmpty();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
