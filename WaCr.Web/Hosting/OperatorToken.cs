using System.Security.Cryptography;
using System.Text;

namespace WaCr.Web.Hosting;

/// <summary>The bearer token that opens what only the operator may see. Without a token set there is no such endpoint.</summary>
internal static class OperatorToken
{
    public const int MinLength = 16;

    /// <summary>Whether the request has it; otherwise its answer is set: 404 without a token, 401 with another.</summary>
    public static bool Opens(string? token, HttpContext context)
    {
        if (string.IsNullOrEmpty(token))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return false;
        }

        if (BearerOf(context.Request) is { } given
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token)))
        {
            return true;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return false;
    }

    private static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] ? token : null;
}
