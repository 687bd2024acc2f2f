using MudBlazor;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>Asks before a contact gets no messages any more.</summary>
internal static class OptOutQuestion
{
    /// <summary>What is saved if the answer is yes; null if it is no.</summary>
    public static async Task<ContactPatch?> AskOptOutAsync(this IDialogService dialogs, Localizer T, string name) =>
        await dialogs.ConfirmAsync(T["Opt {name} out?", ("name", name)], T["They get no messages any more, answers included, until they opt in again."],
            yes: T["Opt out"], no: T["Don't opt out"])
            ? new ContactPatch { Consent = new ConsentPatch { Service = "denied" } }
            : null;
}
