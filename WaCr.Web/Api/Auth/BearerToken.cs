using Microsoft.Extensions.Primitives;

namespace WaCr.Web.Api.Auth;

internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    // Longer than any of our tokens; bounds the cost of hashing.
    private const int MaxLength = 200;

    /// <summary>The token of an <c>Authorization</c> header; null if there is none or more than one.</summary>
    public static string? Read(StringValues header)
    {
        if (header.Count != 1 || header[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var token = value[Scheme.Length..].Trim();
        return token.Length is > 0 and <= MaxLength ? token : null;
    }
}
