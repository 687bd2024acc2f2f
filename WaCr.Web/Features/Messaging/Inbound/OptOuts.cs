using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Opt-outs and renewed consent given by contacts themselves, by a word or by WhatsApp's own switch.</summary>
public sealed class OptOuts
{
    public const string MarketingCategory = "marketing_messages";

    /// <summary>Meaning of WhatsApp's switch; null for unknown values.</summary>
    public static bool? Meaning(string preference) => preference switch
    {
        "stop" => true,
        "resume" or "signup" => false,
        _ => null,
    };

    /// <summary>
    /// What a stop word stops: marketing if it answers a broadcast or a marketing template, otherwise everything. A message that quotes
    /// none answers the last one that was sent.
    /// </summary>
    public static async Task<ConsentChange> MeaningOfStopAsync(AppDbContext db, Message said)
    {
        var sent = db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == said.ConversationId && m.Direction == MessageDirection.Outbound && m.State == OutboxState.Sent);
        var answered = said.ReplyToWamid is { } quoted ? await sent.FirstOrDefaultAsync(m => m.Wamid == quoted) : null;
        answered ??= await sent.Where(m => m.CreatedAt <= said.CreatedAt).OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id)
            .FirstOrDefaultAsync();
        if (answered?.CampaignId is not null)
        {
            return ConsentChange.StopsMarketing;
        }

        var (name, language) = (answered?.TemplateName, answered?.TemplateLanguage);
        var categories = name is null ? [] : await db.Templates.Where(t => t.Name == name && t.Language == language).Select(t => t.Category)
            .ToListAsync();
        return categories.Exists(SendConsent.IsMarketing) ? ConsentChange.StopsMarketing : ConsentChange.StopsAll;
    }

    /// <summary>A sign-up inside WhatsApp is an opt-in with its proof.</summary>
    public static ConsentStatement StatementOf(string signUpId) => new("WhatsApp", signUpId.Cut(ConsentRecord.ProofMaxLength));

    /// <summary>The number and the WhatsApp ids that consent is stored under.</summary>
    public static List<ConsentSubject> SubjectsOf(Person person) => ConsentSubject.Of(
        ConsentSubject.OfPhone(PhoneNumber.FromWaId(person.WaId)?.Key), ConsentSubject.OfUser(person.UserId),
        ConsentSubject.OfUser(person.ParentUserId));

    /// <summary>
    /// Records what a contact said, with a history entry by the current actor. It is also stored by number and id, so it survives deleting
    /// and recreating the contact; if there is no active contact, that is all it does.
    /// </summary>
    /// <param name="person">Who said it; null if WhatsApp reports it for a contact.</param>
    public async Task SetAsync(
        AppDbContext db, long? contactId, Person? person, ConsentChange change, ConsentStatement? statement = null)
    {
        var contact = contactId is { } id ? await LockAsync(db, id) : null;
        var subjects = ConsentSubject.Of([
            .. (person is null ? [] : SubjectsOf(person)).Select(own => (ConsentSubject?)own),
            .. (contact is null ? [] : (await db.ConsentSubjectsAsync([contact]))[contact.Id]).Select(own => (ConsentSubject?)own),
        ]);
        if (change == ConsentChange.ResumesAll && await db.FindConsentAsync(subjects) is null)
        {
            return; // "start" is an opt-in only from somebody who had opted out
        }

        await db.RecordConsentAsync(subjects, change, statement);
        await db.SaveChangesAsync();
        if (contact is not null)
        {
            var before = contact.Consent;
            contact.Consent = await db.FindConsentAsync(subjects) ?? default;
            if (contact.Consent == before)
            {
                contact.RepeatConsent(db.Now);
            }

            await db.SaveChangesAsync();
        }
    }

    private static async Task<Contact?> LockAsync(AppDbContext db, long contactId)
    {
        await db.LockContactsAsync([contactId]);
        if (await db.Contacts.SingleOrDefaultAsync(contact => contact.Id == contactId) is { } contact)
        {
            return contact;
        }

        // It may have been merged into another while the lock was waited for.
        return await PersonResolver.FollowAsync(db, contactId) is { } survivor ? await LockAsync(db, survivor) : null;
    }
}
