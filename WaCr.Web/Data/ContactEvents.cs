namespace WaCr.Web.Data;

/// <summary>Notes webhook events of contacts that are written past the change tracker, as part of the caller's write.</summary>
internal static class ContactEvents
{
    /// <param name="db">The write's context.</param>
    /// <param name="type">One of <see cref="EventTypes"/>; not an update.</param>
    /// <param name="contacts">As they are now, or last were, with their groups.</param>
    /// <param name="mergedId">After a merge: the contact that was merged into them.</param>
    public static async Task NoteContactsAsync(
        this AppDbContext db, string type, IReadOnlyCollection<Contact> contacts, long? mergedId = null)
    {
        if (contacts.Count == 0 || !await db.HasSubscriberAsync(type))
        {
            return;
        }

        foreach (var contact in contacts)
        {
            var attributes = EventJson.Of(contact, [.. contact.Groups.Select(member => member.GroupId).Order()]);
            db.NoteEvent(type, contact.Id, contact.Id, mergedId is { } merged ? WithMerged(attributes, merged) : attributes);
        }
    }

    /// <param name="db">The write's context.</param>
    /// <param name="updates">Each contact as it is now, with the changes from its audit entry.</param>
    public static async Task NoteUpdatesAsync(
        this AppDbContext db, IReadOnlyCollection<(Contact Contact, ContactImage After, string Changes)> updates)
    {
        if (!await db.HasSubscriberAsync(EventTypes.ContactUpdated)
            && !await db.HasSubscriberAsync(EventTypes.ContactOptedOut)
            && !await db.HasSubscriberAsync(EventTypes.ContactOptedIn))
        {
            return;
        }

        foreach (var (contact, after, changes) in updates)
        {
            db.Events.AddContactUpdate(contact, after.Groups, changes);
        }
    }

    private static string WithMerged(string attributes, long merged) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{attributes[..^1]},\"merged_id\":{merged}}}");
}
