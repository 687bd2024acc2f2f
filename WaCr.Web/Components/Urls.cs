using System.Globalization;

namespace WaCr.Web.Components;

/// <summary>The only place that formats links.</summary>
public static class Urls
{
    public const string Home = "/";
    public const string Contacts = "/contacts";
    public const string NewContact = "/contacts/new";
    public const string ApiTokens = "/settings/tokens";
    public const string SetUp = "/setup";
    public const string ApiReference = "/docs/api";
    public const string NotFound = "/not-found";
    public const string AccountFolder = "/account";
    public const string ChooseWorkspace = "/account/workspace";
    public const string AccessDenied = "/account/denied";
    public const string SignOut = "/account/sign-out";
    private const string SignInPath = "/account/sign-in";

    public static string SignIn(string? returnUrl = null) =>
        returnUrl is null or Home ? SignInPath : $"{SignInPath}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    public static string ChooseWorkspaceThen(string? returnUrl) =>
        returnUrl is null or Home ? ChooseWorkspace : $"{ChooseWorkspace}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    public static string Contact(long id) => string.Create(CultureInfo.InvariantCulture, $"/contacts/{id}");

    public static string ContactList(IEnumerable<KeyValuePair<string, string>> parameters) =>
        Contacts + QueryString.Create(parameters.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));

    public static string Flag(string country) => $"/flags/{country.ToLowerInvariant()}.svg";

    /// <summary>Where to go after signing in: a path of ours, never another site's ("//evil.example", "/\evil.example").</summary>
    public static string LocalOrHome(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : Home;
}
