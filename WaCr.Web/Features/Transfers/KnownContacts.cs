using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Features.Transfers;

/// <summary>Existing contacts that rows may refer to.</summary>
internal sealed class KnownContacts
{
    private readonly Dictionary<string, long> _byPhone;
    private readonly Dictionary<string, long> _byEmail;

    private KnownContacts(Dictionary<string, long> byPhone, Dictionary<string, long> byEmail) => (_byPhone, _byEmail) = (byPhone, byEmail);

    public static async Task<KnownContacts> LoadAsync(AppDbContext db, IReadOnlyList<ImportRow> rows)
    {
        var phones = rows.Select(row => row.PhoneKey).OfType<string>().ToList();
        var emails = rows.Select(row => row.EmailKey).OfType<string>().ToList();
        return new KnownContacts(
            await PersonResolver.FindByPhonesAsync(db, phones),
            emails.Count == 0 ? [] : await db.Contacts.Where(contact => emails.Contains(contact.EmailKey!))
                .Select(contact => new { contact.EmailKey, contact.Id })
                .ToDictionaryAsync(contact => contact.EmailKey!, contact => contact.Id, StringComparer.Ordinal));
    }

    /// <summary>Finds by phone, or else by e-mail; null if the row is a new contact.</summary>
    public long? Find(ImportRow row) =>
        row.PhoneKey is { } phone && _byPhone.TryGetValue(phone, out var byPhone) ? byPhone
        : row.EmailKey is { } email && _byEmail.TryGetValue(email, out var byEmail) ? byEmail
        : null;

    /// <summary>Whether the row's number leads to the contact, even if it is an earlier number.</summary>
    public bool HasPhone(ImportRow row, long id) => row.PhoneKey is { } phone && _byPhone.TryGetValue(phone, out var owner) && owner == id;

    public bool HasEmail(string email, long otherThan) => _byEmail.TryGetValue(email, out var owner) && owner != otherThan;
}
