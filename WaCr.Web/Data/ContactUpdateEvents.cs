namespace WaCr.Web.Data;

/// <summary>Which webhook events a contact's update makes.</summary>
internal static class ContactUpdateEvents
{
    /// <summary>
    /// A wish is an event of its own, for webhooks that want only those; with other changed fields there are two. Its type says what
    /// <c>is_opted_out</c> says: whoever denies marketing has not opted in by allowing service again. An agreement that is taken back is
    /// no wish, and so an update like others.
    /// </summary>
    /// <param name="contact">As it is now.</param>
    /// <param name="changes">Of its audit entry; null if there are none.</param>
    public static IEnumerable<(string Type, string? Changes)> Of(Contact contact, string? changes)
    {
        if (changes is null)
        {
            yield break;
        }

        var isWish = AuditTrail.ChangesConsent(changes)
            && (contact.IsOptedOut || contact.Consent.Marketing == MarketingConsent.Granted || AuditTrail.EndsDenial(changes));
        if (isWish)
        {
            yield return (contact.IsOptedOut ? EventTypes.ContactOptedOut : EventTypes.ContactOptedIn, null);
        }

        if (!isWish || !AuditTrail.ChangesOnly(
            changes, AuditFields.Name(nameof(Contact.IsOptedOut)), AuditFields.ConsentMarketing, AuditFields.ConsentService))
        {
            yield return (EventTypes.ContactUpdated, changes);
        }
    }
}
