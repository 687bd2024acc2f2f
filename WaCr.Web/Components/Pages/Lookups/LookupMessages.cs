using WaCr.Web.Common;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;

namespace WaCr.Web.Components.Pages.Lookups;

internal static class LookupMessages
{
    public static string Of(Localizer T, FieldErrors errors) => FieldMessages.Of(T, errors.SelectMany(field => field.Value), message => message switch
    {
        "Group name is required" or "Source name is required" or "Status name is required" => T["Type a name first"],
        "A group with this name already exists" => T["A group with this name already exists"],
        "A source with this name already exists" => T["A source with this name already exists"],
        "A status with this name already exists" => T["A status with this name already exists"],
        _ => null,
    });
}
