using Microsoft.Extensions.Primitives;

namespace WaCr.Web.Api.Requests;

internal static class CommaList
{
    /// <summary>The names in a comma-separated parameter, also where it is given several times; blanks do not count.</summary>
    public static string[] Split(StringValues given) => given.Count == 0
        ? []
        : given.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
