using Microsoft.Extensions.Primitives;

namespace WaCr.Web.Api.Auth;

internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    // Longer than any token of ours, and short enough to hash without a thought.
    private const int MaxLength = 200;

    /// <summary>The token of an <c>Authorization</c> header; null where there is none, or more than one.</summary>
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
