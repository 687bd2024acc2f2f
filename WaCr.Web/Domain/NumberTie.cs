namespace WaCr.Web.Domain;

/// <summary>
/// A WhatsApp identity or conversation belongs to a contact only while the contact keeps the number it had when they were linked: after a
/// change of number, the old number may belong to somebody else. Changes by WhatsApp itself or by a merge link them anew.
/// </summary>
public static class NumberTie
{
    /// <param name="tiedKey">The contact's number at that time; null for rows from before it was stored.</param>
    /// <param name="contactKey">The contact's number now.</param>
    public static bool Holds(string? tiedKey, string contactKey, string? waId) =>
        tiedKey is null || tiedKey == contactKey || PhoneNumber.IsNone(tiedKey) || PhoneNumber.IsNone(contactKey)
        || PhoneNumber.FromWaId(waId)?.Key == contactKey;
}
