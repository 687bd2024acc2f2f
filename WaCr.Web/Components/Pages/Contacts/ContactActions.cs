using Microsoft.AspNetCore.Components;
using MudBlazor;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>What several pages do with a contact. What is refused is told by a toast.</summary>
public sealed class ContactActions(
    ContactService contacts, ContactConversations conversations, ContactTrash trash, IDialogService dialogs, NavigationManager navigation,
    Toasts toasts, Localizer T, ILogger<ContactActions> logger)
{
    /// <summary>Goes to the contact's conversation, which is started if there is none.</summary>
    public async Task OpenConversationAsync(long contactId)
    {
        var opened = await Attempt.RunAsync(() => conversations.OpenAsync(contactId, CancellationToken.None), logger);
        if (opened.Succeeded)
        {
            navigation.NavigateTo(Urls.Conversation(opened.Value));
        }
        else
        {
            toasts.Fail(opened.Error);
        }
    }

    /// <summary>Asks, and then lets the contact get no messages any more. Returns whether that is saved.</summary>
    public async Task<bool> OptOutAsync(long contactId, string name)
    {
        if (!await dialogs.ConfirmAsync(
            T["Opt {name} out?", ("name", name)], T["They get no messages any more, answers included, until they opt in again."],
            yes: T["Opt out"], no: T["Don't opt out"]))
        {
            return false;
        }

        var patch = new ContactPatch { Consent = new ConsentPatch { Service = "denied" } };
        var saved = await Attempt.RunAsync(() => contacts.UpdateAsync(contactId, patch, default, CancellationToken.None), logger);
        if (saved.Succeeded)
        {
            toasts.Show(T["Consent saved"]);
        }
        else
        {
            toasts.Fail(saved.Error);
        }

        return saved.Succeeded;
    }

    /// <summary>Takes the contact out of the trash and goes to it.</summary>
    public async Task RestoreAsync(long contactId)
    {
        var restored = await Attempt.RunAsync(() => trash.RestoreAsync([contactId], CancellationToken.None), logger);
        if (!restored.Succeeded)
        {
            toasts.Fail(restored.Error);
        }
        else
        {
            navigation.NavigateTo(restored.Value.Restored.Count > 0 ? Urls.Contact(contactId) : Urls.Trash); // the trash says why it stays
        }
    }
}
