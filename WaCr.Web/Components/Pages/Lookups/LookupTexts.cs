using WaCr.Web.Components.Language;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Lookups;

/// <summary>The texts that differ between groups, sources and statuses.</summary>
/// <param name="FilterField">The filter of the contact list that finds its contacts.</param>
/// <param name="ContactField">The contact's field that refers to it; null for groups, of which a contact may have several.</param>
public sealed record LookupTexts(
    string Title, string About, string NewName, string FilterField, string? ContactField, string WritePermission, string DeletePermission)
{
    public static LookupTexts Groups(Localizer T) => new(
        T["Groups"], T["Use groups to find and message contacts together. A contact can be in several."], T["Name of a new group"],
        ContactFilterFields.GroupId, null, Permissions.GroupsWrite, Permissions.GroupsDelete);

    public static LookupTexts Sources(Localizer T) => new(
        T["Sources"], T["Sources say where contacts came from: your website, a trade fair, a referral. Every contact has one."], T["Name of a new source"],
        ContactFilterFields.SourceId, ContactFieldNames.SourceId, Permissions.SourcesWrite, Permissions.SourcesDelete);

    public static LookupTexts Statuses(Localizer T) => new(
        T["Statuses"], T["Statuses are the stages of your pipeline, in this order. Every contact has one."], T["Name of a new status"],
        ContactFilterFields.StatusId, ContactFieldNames.StatusId, Permissions.StatusesWrite, Permissions.StatusesDelete);
}
