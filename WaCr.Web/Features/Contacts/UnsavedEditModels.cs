namespace WaCr.Web.Features.Contacts;

/// <summary>The changed fields of a form that is not saved, by their names in the API, and the groups to join and to leave.</summary>
public sealed record UnsavedFields(
    IReadOnlyDictionary<string, UnsavedField> Fields, IReadOnlyList<long> Joined, IReadOnlyList<long> Left);

/// <summary>As a form holds it: "" is an empty field.</summary>
/// <param name="Before">What was loaded into the form: tells later whether somebody else changed it since.</param>
public readonly record struct UnsavedField(string Before, string Mine);

public sealed record UnsavedEditDetails(UnsavedFields Unsaved, DateTimeOffset KeptAt);
