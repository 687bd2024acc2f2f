namespace WaCr.Web.Features.Contacts;

/// <summary>Changed fields of an unsaved form by API name, and groups to join and leave.</summary>
public sealed record UnsavedFields(
    IReadOnlyDictionary<string, UnsavedField> Fields, IReadOnlyList<long> Joined, IReadOnlyList<long> Left);

/// <summary>Values as in a form: "" is an empty field.</summary>
/// <param name="Before">Value loaded into the form; tells later whether somebody else changed it.</param>
public readonly record struct UnsavedField(string Before, string Mine);

public sealed record UnsavedEditDetails(UnsavedFields Unsaved, DateTimeOffset KeptAt);
