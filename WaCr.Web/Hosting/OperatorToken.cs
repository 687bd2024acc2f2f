using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace WaCr.Web.Hosting;

/// <summary>The bearer token that opens what only the operator may see. Without a token set there is no such endpoint.</summary>
internal static class OperatorToken
{
    public const int MinLength = 16;

    /// <summary>Whether the request has it; otherwise its answer is set: 404 without a token, 401 with another.</summary>
    public static bool Opens(string? token, HttpContext context) => Opens(token, context, BearerOf(context.Request), "Bearer");

    /// <summary>The same for a page: a browser asks for the token as a password, with any name.</summary>
    public static bool OpensPage(string? token, HttpContext context) => Opens(
        token, context, BearerOf(context.Request) ?? PasswordOf(context.Request), "Basic realm=\"WaCr operator\", charset=\"UTF-8\"");

    private static bool Opens(string? token, HttpContext context, string? given, string challenge)
    {
        if (string.IsNullOrEmpty(token))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return false;
        }

        if (given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token)))
        {
            return true;
        }

        context.Response.Headers.WWWAuthenticate = challenge;
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return false;
    }

    private static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] ? token : null;

    private static string? PasswordOf(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[header.Parameter?.Length ?? 0];
        return Convert.TryFromBase64String(header.Parameter ?? "", bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }
}
