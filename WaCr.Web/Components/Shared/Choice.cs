using System.Globalization;

namespace WaCr.Web.Components.Shared;

/// <summary>Something that a picker offers.</summary>
/// <param name="Value">As a form holds it; "" stands for none.</param>
/// <param name="Country">ISO alpha-2, where the choice has a flag.</param>
public sealed record Choice(string Value, string Text, string? Country = null)
{
    public static Choice Of(long id, string text) => new(id.ToString(CultureInfo.InvariantCulture), text);
}
