using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

public static class CardFields
{
    public const string Contacts = "contacts";
    public const string Name = "name";
    public const string FirstName = "first_name";
    public const string LastName = "last_name";
    public const string Company = "company";
    public const string Phones = "phones";
    public const string Phone = "phone";
    public const string WaId = "wa_id";
    public const string Type = "type";
    public const string Emails = "emails";
}

/// <summary>Contact cards, made of the tenant's contacts or brought along.</summary>
internal sealed class CardsDraft : MessageDraft
{
    public const int MaxCards = 20;
    public const int MaxLines = 20;
    public const int NameMaxLength = 255;
    public const int TypeMaxLength = 40;

    private readonly IReadOnlyList<CardInput> _given;
    private readonly List<ContactCard?> _cards = [];

    private CardsDraft(SendCards request, DraftFields fields) : base(request, fields)
    {
        _given = request.Cards ?? [];
        if (_given.Count is < 1 or > MaxCards)
        {
            if (!Errors.Has(CardFields.Contacts))
            {
                Errors.Add(CardFields.Contacts, MessageErrors.CardsCount);
            }

            return;
        }

        for (var index = 0; index < _given.Count; index++)
        {
            _cards.Add(_given[index].ContactId is null ? Read(_given[index], $"{CardFields.Contacts}.{index}.") : null);
        }
    }

    public override MessageType Type => MessageType.Contacts;

    public static CardsDraft Read(SendCards request, DraftFields fields) => new(request, fields) { To = fields.ReadDestination() };

    public override async Task<Result<Composed>> ComposeAsync(AppDbContext db, OpenChannel channel, Addressee to)
    {
        var ids = _given.Select(card => card.ContactId).OfType<long>().Distinct().ToList();
        var known = ids.Count == 0 ? [] : await ReadAsync(db, channel, ids);
        if (known.Count < ids.Count)
        {
            return new ValidationError(CardFields.Contacts, MessageErrors.CardUnknown);
        }

        return Composed.WithText(new ContactsContent([.. _cards.Select((card, index) => card ?? known[_given[index].ContactId!.Value])]));
    }

    private static async Task<Dictionary<long, ContactCard>> ReadAsync(AppDbContext db, OpenChannel channel, List<long> ids)
    {
        var contacts = await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id))
            .Select(c => new { c.Id, c.FirstName, c.LastName, c.Company, c.Phone, c.PhoneKey, c.Email }).ToListAsync();
        var keys = contacts.ConvertAll(c => c.PhoneKey);

        // A card with the WhatsApp id has a button to write to that person.
        var onWhatsApp = await db.ChannelIdentities
            .Where(identity => identity.ChannelId == channel.Id && identity.WaId != null && keys.Contains(identity.WaId))
            .Select(identity => identity.WaId!).ToListAsync();
        return contacts.ToDictionary(c => c.Id, c =>
        {
            var name = $"{c.FirstName} {c.LastName}".Trim();
            var waId = onWhatsApp.Contains(c.PhoneKey) ? c.PhoneKey : null;
            return new ContactCard(
                name, c.FirstName, c.LastName.Length > 0 ? c.LastName : null, c.Company,
                c.Phone.Length > 0 ? [new ContactCardPhone(c.Phone.StartsWith('+') ? c.Phone : "+" + c.PhoneKey, waId, null)] : [],
                c.Email is { } email ? [email] : []);
        });
    }

    private ContactCard Read(CardInput card, string path)
    {
        var (first, last) = (Fields.Text(path + CardFields.FirstName, card.FirstName, NameMaxLength), Fields.Text(path + CardFields.LastName, card.LastName, NameMaxLength));
        var whole = $"{first} {last}".Trim();
        var name = card.Name.Or(null) is null && whole.Length > 0
            ? whole
            : Fields.Required(path + CardFields.Name, card.Name, NameMaxLength, MessageErrors.CardNameRequired);
        Count(path + CardFields.Phones, card.Phones.Count);
        Count(path + CardFields.Emails, card.Emails.Count);
        return new ContactCard(
            name ?? "", first, last, Fields.Text(path + CardFields.Company, card.Company, Contact.CompanyMaxLength),
            [.. card.Phones.Select((phone, index) => Read(phone, $"{path}{CardFields.Phones}.{index}."))],
            [.. card.Emails.Select((email, index) => ReadEmail(email, $"{path}{CardFields.Emails}.{index}"))]);
    }

    private ContactCardPhone Read(CardPhoneInput phone, string path) => new(
        Fields.Required(path + CardFields.Phone, phone.Phone, Contact.PhoneMaxLength, MessageErrors.PhoneRequired) ?? "",
        Fields.Text(path + CardFields.WaId, phone.WaId, DraftFields.PhoneMaxLength),
        Fields.Text(path + CardFields.Type, phone.Type, TypeMaxLength));

    private string ReadEmail(string email, string path)
    {
        if (email.Length > Contact.EmailMaxLength || !TextRule.IsStorable(email) || !TextRule.IsEmail(email))
        {
            Errors.Add(path, MessageErrors.EmailInvalid);
        }

        return email;
    }

    private void Count(string field, int count)
    {
        if (count > MaxLines)
        {
            Errors.Add(field, MessageErrors.CardsCount);
        }
    }
}
