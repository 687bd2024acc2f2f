namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>A field that two users changed differently. The form shows my value.</summary>
/// <param name="Before">The value that both loaded.</param>
/// <param name="Theirs">The value saved now.</param>
public sealed record FieldConflict(string Field, string Before, string Theirs);
