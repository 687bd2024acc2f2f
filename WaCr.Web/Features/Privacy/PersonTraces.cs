using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Privacy;

/// <summary>
/// Data that identifies contacts where no foreign key does: all their phones and e-mails, past and present, and their WhatsApp ids. Names
/// are excluded, because others share them.
/// </summary>
internal sealed class PersonTraces
{
    // Shorter than the shortest phone numbers; fewer digits would match anything.
    private const int FewestDigits = 6;

    private readonly HashSet<string> _digits = new(StringComparer.Ordinal);
    private readonly HashSet<string> _texts = new(StringComparer.OrdinalIgnoreCase);

    private PersonTraces(HashSet<long> contacts) => Contacts = contacts;

    /// <summary>Including contacts merged into them.</summary>
    public HashSet<long> Contacts { get; }

    /// <summary>Phone digits.</summary>
    public IReadOnlyCollection<string> Digits => _digits;

    /// <summary>E-mail addresses, and WhatsApp ids that are not phones.</summary>
    public IReadOnlyCollection<string> Texts => _texts;

    public static async Task<PersonTraces> LoadAsync(AppDbContext db, IReadOnlyCollection<long> contacts)
    {
        var traces = new PersonTraces(await WithMergedAsync(db, contacts));
        var ids = traces.Contacts;
        foreach (var contact in await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync())
        {
            traces.Add(contact);
        }

        foreach (var snapshot in await db.DeletedContacts.Where(c => ids.Contains(c.Id)).Select(c => c.Snapshot).ToListAsync())
        {
            traces.Add(ContactSnapshot.Read(snapshot, db));
        }

        foreach (var identity in await db.ChannelIdentities.Where(i => ids.Contains(i.ContactId))
            .Select(i => new { i.WaId, i.UserId, i.ParentUserId })
            .ToListAsync())
        {
            traces.Add(identity.WaId, identity.UserId);
            traces.AddText(identity.ParentUserId);
        }

        foreach (var conversation in await db.Conversations.Where(c => ids.Contains(c.ContactId)).Select(c => new { c.WaId, c.UserId })
            .ToListAsync())
        {
            traces.Add(conversation.WaId, conversation.UserId);
        }

        // Values before a change.
        await foreach (var changes in db.AuditEntries.Where(entry => entry.EntityType == AuditEntry.ContactType
            && ids.Contains(entry.EntityId))
            .Select(entry => entry.Changes).AsAsyncEnumerable())
        {
            foreach (var change in AuditChanges.Read(changes)
                .Where(change => change.Field is ContactFieldNames.Phone or ContactFieldNames.Email))
            {
                traces.AddEither(change.Before);
                traces.AddEither(change.After);
            }
        }

        return traces;
    }

    /// <summary>Whether the value is one of the traces; a phone matches in any format.</summary>
    public bool Fit(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return false;
        }

        return _texts.Contains(value.Trim()) || (LooksLikePhone(value) && _digits.Contains(TextKey.Digits(value)));
    }

    /// <summary>Whether a text written by a person contains a trace.</summary>
    public bool AreIn(string text) =>
        _texts.Any(trace => text.Contains(trace, StringComparison.OrdinalIgnoreCase))
            || (TextKey.Digits(text) is var digits && _digits.Any(digits.Contains));

    /// <summary>Whether any value in the JSON document is a trace or one of the contact ids.</summary>
    public bool AreIn(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var isContactId = false;
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        isContactId = reader.ValueTextEquals("contact_id"u8);
                        continue;
                    case JsonTokenType.String when Fit(reader.GetString()):
                    case JsonTokenType.Number when isContactId && reader.TryGetInt64(out var id) && Contacts.Contains(id):
                        return true;
                }

                isContactId = false;
            }

            return false;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Not JSON, or invalid text: searched as plain text.
            return AreIn(Encoding.UTF8.GetString(json));
        }
    }

    public static async Task<HashSet<long>> WithMergedAsync(AppDbContext db, IReadOnlyCollection<long> contacts)
    {
        var all = contacts.ToHashSet();
        var last = contacts;
        while (last.Count > 0)
        {
            // An undone merge no longer exists here; a contact restored on its own is a separate person.
            var merged = await db.ContactMerges
                .Where(merge => last.Contains(merge.SurvivorId) && !db.Contacts.Any(contact => contact.Id == merge.MergedId))
                .Select(merge => merge.MergedId).ToListAsync();
            last = merged.Where(all.Add).ToList();
        }

        return all;
    }

    // A phone is digits with separators; a message id contains letters.
    private static bool LooksLikePhone(string value) =>
        value.Length <= 40
            && value.All(letter => char.IsDigit(letter) || letter is '+' or '-' or '(' or ')' or '.' or '/' or ' ' or '\u00A0');

    private void Add(Contact contact)
    {
        AddPhone(contact.Phone);
        AddPhone(PhoneNumber.IsNone(contact.PhoneKey) ? null : contact.PhoneKey);
        AddText(contact.Email);
        AddText(contact.Username is { } username ? "@" + username : null);
    }

    private void Add(string? waId, string? userId)
    {
        AddPhone(waId);
        AddText(userId);
    }

    private void AddEither(string value)
    {
        if (LooksLikePhone(value))
        {
            AddPhone(value);
        }
        else
        {
            AddText(value);
        }
    }

    private void AddPhone(string? phone)
    {
        if (TextKey.Digits(phone) is { Length: >= FewestDigits } digits)
        {
            _digits.Add(digits);
        }
    }

    private void AddText(string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            _texts.Add(text.Trim());
        }
    }
}
