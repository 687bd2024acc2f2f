using WaCr.Web.Components.Language;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

public static class DuplicateLabels
{
    public static string Of(Localizer T, DuplicateReason reason) => reason switch
    {
        DuplicateReason.SimilarPhone => T["Similar phone number"],
        DuplicateReason.SimilarEmail => T["Same e-mail"],
        _ => T["Similar name"],
    };
}
