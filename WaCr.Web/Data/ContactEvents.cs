namespace WaCr.Web.Data;

/// <summary>Webhook events of contacts; those written past the change tracker are noted here too, as part of the caller's write.</summary>
internal static class ContactEvents
{
    /// <summary>What a contact wants, in the changes of an audit entry.</summary>
    public const string Marketing = "consent_marketing";

    /// <inheritdoc cref="Marketing"/>
    public const string Service = "consent_service";

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

    /// <summary>
    /// A wish is an event of its own, for webhooks that want only those; with other changed fields there are two. Its type says what
    /// <c>is_opted_out</c> says: whoever denies marketing has not opted in by allowing service again. An agreement that is taken back is
    /// no wish, and so an update like others.
    /// </summary>
    public static void AddContactUpdate(this PendingEvents events, Contact contact, IReadOnlyList<long> groups, string? changes)
    {
        var attributes = EventJson.Of(contact, groups);
        var isWish = changes is not null && AuditTrail.ChangesConsent(changes)
            && (contact.IsOptedOut || contact.Consent.Marketing == MarketingConsent.Granted || AuditTrail.EndsDenial(changes));
        if (isWish)
        {
            events.Add(contact.IsOptedOut ? EventTypes.ContactOptedOut : EventTypes.ContactOptedIn, contact.Id, contact.Id, attributes);
        }

        if (changes is not null
            && !(isWish && AuditTrail.ChangesOnly(changes, AuditFields.Name(nameof(Contact.IsOptedOut)), Marketing, Service)))
        {
            events.Add(EventTypes.ContactUpdated, contact.Id, contact.Id, attributes, changes);
        }
    }

    private static string WithMerged(string attributes, long merged) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{attributes[..^1]},\"merged_id\":{merged}}}");
}
