using Microsoft.Extensions.Primitives;

namespace WaCr.Web.Api.Requests;

internal static class CommaList
{
    /// <summary>The names in a comma-separated parameter, which may be repeated; blanks are ignored.</summary>
    public static string[] Split(StringValues given) => given.Count == 0
        ? []
        : given.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
