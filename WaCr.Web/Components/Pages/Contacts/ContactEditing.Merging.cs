using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>How a form takes in what was saved elsewhere, and undoes what it saved itself.</summary>
public sealed partial class ContactEditing
{
    /// <summary>By field: the change that the user's own collides with.</summary>
    public IReadOnlyDictionary<string, HistoryEntry> Collisions { get; private set; } =
        new Dictionary<string, HistoryEntry>(StringComparer.Ordinal);

    /// <summary>What the last save changed; null for a new contact.</summary>
    public UndoableSave? LastSave { get; private set; }

    /// <summary>Undoes a save, unless somebody changed the contact since. The user's input since then stays.</summary>
    public async Task<Result<ContactDetails>> UndoAsync(UndoableSave change)
    {
        var undone = await Attempt.RunAsync(
            () => service.UpdateAsync(change.ContactId, change.Before, change.Version, CancellationToken.None), logger);
        if (undone.Succeeded && Contact?.Id == change.ContactId)
        {
            TakeOver(undone.Value);
        }

        return undone;
    }

    /// <summary>Takes in a version saved elsewhere; the input stays.</summary>
    public void TakeOver(ContactDetails contact)
    {
        Contact = contact;
        Model!.Rebase(contact);
        Refreshed?.Invoke();
    }

    /// <summary>Reloads the contact.</summary>
    public async Task RefreshAsync()
    {
        if (Contact is { } contact)
        {
            await TakeOverAsync(contact.Id);
        }
    }

    // What was typed while it was being saved stays, as a change of what is saved now.
    private ContactDetails Accept(ContactFormModel model, ContactFormModel sent, ContactDetails saved)
    {
        if (model == Model)
        {
            Contact = saved;
            model.Accept(sent, saved);
            _touched.IntersectWith(model.Changes);
            (Errors, Refusal, RestoredFrom, IsKept) = (Errors.Only(_touched), null, null, null);
        }
        else if (Contact is null || Contact.Id == saved.Id)
        {
            Start(saved); // discarded meanwhile
        }

        return saved;
    }

    /// <summary>Merges other users' changes; false if the contact can no longer be read.</summary>
    private async Task<bool> TakeOverAsync(long id)
    {
        var fresh = await Attempt.RunAsync(() => queries.GetAsync(id, ContactIncludes.None, CancellationToken.None), logger);
        if (fresh.Succeeded)
        {
            TakeOver(fresh.Value);
            await FindCollisionsAsync();
        }

        return fresh.Succeeded;
    }

    // The history says who changed a field last, and when.
    private async Task FindCollisionsAsync()
    {
        if (Contact is { } contact && Model!.Conflicts.Count > 0)
        {
            var found = await Attempt.RunAsync(() => history.ListAsync(contact.Id, null, CancellationToken.None), logger);
            Collisions = (found.Value?.Entries ?? [])
                .SelectMany(entry => entry.Changes.Select(change => (change.Field, Entry: entry)))
                .DistinctBy(pair => pair.Field)
                .ToDictionary(pair => pair.Field, pair => pair.Entry, StringComparer.Ordinal);
            Refreshed?.Invoke();
        }
    }
}

/// <summary>A save that can be undone.</summary>
/// <param name="Before">The fields as they were.</param>
/// <param name="Version">The contact's since the save.</param>
public sealed record UndoableSave(long ContactId, ContactPatch Before, long Version);
