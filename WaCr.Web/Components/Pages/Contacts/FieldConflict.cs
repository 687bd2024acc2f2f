namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>A field that two people changed differently. What I typed stands in the form.</summary>
/// <param name="Before">What both of us found.</param>
/// <param name="Theirs">What is saved now.</param>
public sealed record FieldConflict(string Field, string Before, string Theirs);
