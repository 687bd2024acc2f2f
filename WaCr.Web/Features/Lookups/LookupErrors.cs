namespace WaCr.Web.Features.Lookups;

/// <summary>Name and permissions of a kind of lookup.</summary>
/// <param name="Word">Capitalised, as used in messages: Group, Source, Status.</param>
internal sealed record LookupKind(string Word, string ReadPermission, string WritePermission, string DeletePermission)
{
    private static readonly LookupKind Group = new("Group", Permissions.GroupsRead, Permissions.GroupsWrite, Permissions.GroupsDelete);
    private static readonly LookupKind Source = new("Source", Permissions.SourcesRead, Permissions.SourcesWrite, Permissions.SourcesDelete);
    private static readonly LookupKind Status = new(
        "Status", Permissions.StatusesRead, Permissions.StatusesWrite, Permissions.StatusesDelete);

    public static readonly FieldError ColorInvalid = new("lookup.color_invalid", "Color must be a valid hex color code (e.g., #FF5733)");

    public FieldError NameRequired => new("lookup.name_required", $"{Word} name is required");

    public FieldError NameTaken =>
        new($"{Word.ToLowerInvariant()}.name_taken", $"A {Word.ToLowerInvariant()} with this name already exists");

    public NotFoundError NotFound => new($"{Word.ToLowerInvariant()}.not_found", $"{Word} not found");

    public InUseError InUse(long contacts) => new(
        $"{Word.ToLowerInvariant()}.in_use", $"{Word} is still used by {contacts} {(contacts == 1 ? "contact" : "contacts")}", contacts);

    public static LookupKind Of<TLookup>()
        where TLookup : Lookup =>
        typeof(TLookup) == typeof(Group) ? Group : typeof(TLookup) == typeof(Source) ? Source : Status;
}
