namespace WaCr.Web.Components.Shared;

/// <summary>One entry of a picker.</summary>
/// <param name="Value">The form's value; "" for none.</param>
/// <param name="Country">ISO alpha-2, for choices with a flag.</param>
/// <param name="Color"><c>#RRGGBB</c>, for choices with a dot.</param>
/// <param name="Note">A second line that says more; a picker searches it, too.</param>
public sealed record Choice(string Value, string Text, string? Country = null, string? Color = null, string? Note = null)
{
    public static Choice Of(long id, string text) => new(id.ToString(CultureInfo.InvariantCulture), text);
}
