using System.Text.RegularExpressions;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Support;

/// <summary>A browser without scripts: it keeps cookies, follows redirects and sends forms.</summary>
public sealed partial class StaffClient : IDisposable
{
    public const string Password = "a-good-password";

    private readonly HttpClient _http;

    public StaffClient(TestApp app)
    {
        _http = new HttpClient(
            new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = true })
        { BaseAddress = app.Address };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>A new member of the tenant with this role, signed in.</summary>
    public static async Task<StaffClient> SignInAsync(TestApp app, TestTenant tenant, Role role)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        await tenant.GetFresh<UserService>()
            .CreateAsync(new CreateUser(email, "Ravi Kumar", role, Password), CancellationToken.None)
            .OrThrowAsync();
        var staff = new StaffClient(app);
        (await staff.SignInAsync(email, Password)).Path.ShouldBe("/");
        return staff;
    }

    public Task<StaffPage> SignInAsync(string email, string password) =>
        PostAsync("/account/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", password));

    /// <summary>Gives the password once more, before how to sign in is changed.</summary>
    public Task<StaffPage> ConfirmAsync(string password = Password) => PostAsync("/account/confirm", "confirm", ("Password", password));

    public async Task<StaffPage> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await StaffPage.OfAsync(answer);
    }

    /// <summary>Opens the page, fills its form of this name and sends it.</summary>
    public Task<StaffPage> PostAsync(string path, string form, params (string Name, string Value)[] fields) =>
        PostToAsync(path, path, [.. fields, ("_handler", form)]);

    /// <summary>Sends a form of the page to another address.</summary>
    public async Task<StaffPage> PostToAsync(string from, string path, params (string Name, string Value)[] fields)
    {
        var page = await GetAsync(from);
        var sent = fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
            .Append(KeyValuePair.Create("__RequestVerificationToken", page.AntiforgeryToken));
        using var content = new FormUrlEncodedContent(sent);
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await StaffPage.OfAsync(answer);
    }

    public void Dispose() => _http.Dispose();
}

/// <param name="Path">Where the redirects led.</param>
public sealed partial record StaffPage(HttpStatusCode Status, string Path, string Html)
{
    /// <summary>What a person reads, without the markup.</summary>
    public string Text => WebUtility.HtmlDecode(Blanks().Replace(Tags().Replace(Unread().Replace(Html, ""), " "), " "));

    public IReadOnlyList<string> Rail => [.. Links().Matches(RailPart().Match(Html).Value).Select(link => link.Groups["url"].Value)];

    public string AntiforgeryToken =>
        TokenField().Match(Html) is { Success: true } found
            ? found.Groups["token"].Value
            : throw new InvalidOperationException($"{Path} has no form.");

    internal static async Task<StaffPage> OfAsync(HttpResponseMessage answer) =>
        new(answer.StatusCode, answer.RequestMessage!.RequestUri!.PathAndQuery, await answer.Content.ReadAsStringAsync());

    [GeneratedRegex("<(?<tag>style|script|head)[^>]*>.*?</\\k<tag>>", RegexOptions.Singleline)]
    private static partial Regex Unread();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("<nav class=\"rail\".*?</nav>", RegexOptions.Singleline)]
    private static partial Regex RailPart();

    [GeneratedRegex("<a href=\"(?<url>[^\"]+)\"")]
    private static partial Regex Links();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex TokenField();
}
