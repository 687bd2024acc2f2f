using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Messaging.Live;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>
/// The contact next to a conversation. Each choice is saved at once, on top of the contact's latest version, and published to every page
/// that shows the conversation.
/// </summary>
public sealed class ContactSidePanel(
    InboxQueries inbox, ContactQueries contacts, ContactService service, LookupService<Group> groups, ContactChoicesLoader choicesLoader,
    TenantContext tenant, ILogger<ContactSidePanel> logger)
{
    // Two users who change groups alternately would otherwise never finish.
    private const int MaxTries = 5;

    private long _conversationId;
    private readonly NewestRead _newest = new(logger);

    /// <summary>Null until loaded, and for a contact in the trash.</summary>
    public ContactDetails? Contact { get; private set; }

    public ContactChoices? Choices { get; private set; }

    /// <summary>Why it could not be loaded.</summary>
    public AppError? Failure { get; private set; }

    public bool MayWrite => tenant.Actor.May(Permissions.ContactsWrite);

    public bool MayCreateGroups => tenant.Actor.May(Permissions.GroupsWrite);

    public async Task LoadAsync(long conversationId, CancellationToken cancellationToken)
    {
        // Nothing of the person before is shown, and so nothing of theirs can be changed.
        if (_conversationId != conversationId)
        {
            (_conversationId, Contact, Failure) = (conversationId, null, null);
        }

        // What is shown stays if the database fails for a moment.
        if (await _newest.RunAsync(FindAsync, cancellationToken) is { } found && (found.Error is not OutageError || Contact is null))
        {
            (Failure, Contact, Choices) = (found.Error, found.Value.Contact, found.Value.Choices);
        }
    }

    private async Task<Result<(ContactDetails Contact, ContactChoices Choices)>> FindAsync(CancellationToken cancellationToken)
    {
        var conversation = await inbox.GetAsync(_conversationId, cancellationToken);
        if (!conversation.Succeeded)
        {
            return conversation.Error;
        }

        var choices = await choicesLoader.LoadAsync(cancellationToken);
        if (!choices.Succeeded)
        {
            return choices.Error;
        }

        var contact = await contacts.GetAsync(conversation.Value.ContactId, ContactIncludes.All, cancellationToken);
        return contact.Succeeded ? (contact.Value, choices.Value) : contact.Error;
    }

    /// <summary>Returns the error; null if saved.</summary>
    public Task<AppError?> ChooseStatusAsync(long id) => ChangeAsync(Contact, _ => new ContactPatch { StatusId = id });

    /// <inheritdoc cref="ChooseStatusAsync"/>
    public Task<AppError?> AssignAsync(long? userId) => ChangeAsync(Contact, _ => new ContactPatch { AssignedId = userId });

    /// <inheritdoc cref="ChooseStatusAsync"/>
    public Task<AppError?> EnterAsync(long groupId) => EnterAsync(Contact, groupId);

    /// <inheritdoc cref="ChooseStatusAsync"/>
    public Task<AppError?> LeaveAsync(long groupId) =>
        ChangeAsync(Contact, contact => new ContactPatch { Groups = contact.GroupIds.Where(id => id != groupId).ToList() });

    /// <summary>Creates a group and adds the contact to it.</summary>
    public async Task<AppError?> EnterNewAsync(string name)
    {
        var contact = Contact;
        var created = await Attempt.RunAsync(() => groups.CreateAsync(new LookupPatch { Name = name }, CancellationToken.None), logger);
        if (!created.Succeeded)
        {
            return created.Error;
        }

        Choices = Choices?.WithGroup(created.Value.Id, created.Value.Name);
        return await EnterAsync(contact, created.Value.Id);
    }

    /// <summary>Reloads the contact after it was saved elsewhere on the page.</summary>
    public Task TakeOverAsync() => LoadAsync(_conversationId, CancellationToken.None);

    private Task<AppError?> EnterAsync(ContactDetails? entering, long groupId) =>
        ChangeAsync(entering, contact => new ContactPatch { Groups = contact.GroupIds.Append(groupId).Distinct().ToList() });

    // The panel may show somebody else by the second try: the change stays with the person that it was made for.
    private async Task<AppError?> ChangeAsync(ContactDetails? contact, Func<ContactDetails, ContactPatch> change)
    {
        if (contact is null)
        {
            return Failure;
        }

        for (var attempt = 1; ; attempt++)
        {
            var updated = await Attempt.RunAsync(
                () => service.UpdateAsync(contact.Id, change(contact), contact.Version, CancellationToken.None), logger);
            if (updated.Error is not StaleVersionError || attempt == MaxTries)
            {
                await TakeOverAsync();
                return updated.Error;
            }

            var latest = await Attempt.RunAsync(() => contacts.GetAsync(contact.Id, ContactIncludes.All, CancellationToken.None), logger);
            if (!latest.Succeeded)
            {
                return latest.Error;
            }

            contact = latest.Value;
        }
    }
}
