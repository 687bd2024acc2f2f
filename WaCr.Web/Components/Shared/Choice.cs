namespace WaCr.Web.Components.Shared;

/// <summary>One entry of a picker.</summary>
/// <param name="Value">The form's value; "" for none.</param>
/// <param name="Country">ISO alpha-2, for choices with a flag.</param>
/// <param name="Color"><c>#RRGGBB</c>, for choices with a dot.</param>
/// <param name="Note">A second line that says more; a picker searches it, too.</param>
public sealed record Choice(string Value, string Text, string? Country = null, string? Color = null, string? Note = null)
{
    /// <summary>Another name, which is not shown and found all the same.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether somebody who typed this may mean it.</summary>
    /// <param name="needle">As <see cref="TextKey.Folded"/> has it.</param>
    public bool Fits(string needle) => new[] { Text, Note, Alias }.Any(text => TextKey.Folded(text).Contains(needle, StringComparison.Ordinal));

    public static Choice Of(long id, string text) => new(id.ToString(CultureInfo.InvariantCulture), text);
}
